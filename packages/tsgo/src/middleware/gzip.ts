// `GZipMiddleware`. Answers to `django.middleware.gzip`.

export * from "@tsgo/middleware/gzip";
