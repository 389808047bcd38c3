// Safe strings. Answers to `django.utils.safestring`.

export * from "@tsgo/utils/safestring";
