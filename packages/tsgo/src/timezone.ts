// Time zones. Answers to `django.utils.timezone`.

export * from "@tsgo/i18n/timezone";
