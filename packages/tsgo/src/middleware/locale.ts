// `LocaleMiddleware`. Answers to `django.middleware.locale`.

export * from "@tsgo/middleware/locale";
