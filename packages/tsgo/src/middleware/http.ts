// `ConditionalGetMiddleware`. Answers to `django.middleware.http`.

export * from "@tsgo/middleware/http";
