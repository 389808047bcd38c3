// `SecurityMiddleware`. Answers to `django.middleware.security`.

export * from "@tsgo/middleware/security";
