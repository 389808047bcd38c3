// Answers to `django.utils.http`.

export * from "@tsgo/utils/http";
