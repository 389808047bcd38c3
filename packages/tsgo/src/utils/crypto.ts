// Answers to `django.utils.crypto`.

export * from "@tsgo/utils/crypto";
