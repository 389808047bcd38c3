// Validators. Answers to `django.core.validators`.

export * from "@tsgo/core/validators";
