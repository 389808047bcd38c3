// Signed values. Answers to `django.core.signing`.

export * from "@tsgo/core/signing";
