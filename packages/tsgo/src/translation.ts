// Translations. Answers to `django.utils.translation`.

export * from "@tsgo/i18n/translation";
