// Text. Answers to `django.utils.text`.

export * from "@tsgo/utils/text";
