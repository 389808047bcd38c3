// `CommonMiddleware`. Answers to `django.middleware.common`.

export * from "@tsgo/middleware/common";
