// Localised formats. Answers to `django.utils.formats`.

export * from "@tsgo/i18n/formats";
