// The chain of middleware, and how to write one. Answers to `django.utils.deprecation` and `django.utils.decorators`.

export * from "@tsgo/middleware";
