// Answers to `django.utils.encoding`.

export * from "@tsgo/utils/encoding";
