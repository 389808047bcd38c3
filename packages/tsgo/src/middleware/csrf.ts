// `CsrfViewMiddleware`. Answers to `django.middleware.csrf`.

export * from "@tsgo/middleware/csrf";
