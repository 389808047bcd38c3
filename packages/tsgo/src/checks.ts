// System checks. Answers to `django.core.checks`.

export * from "@tsgo/core/checks";
