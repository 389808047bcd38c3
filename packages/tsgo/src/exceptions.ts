// The errors that every part raises. Answers to `django.core.exceptions`.

export * from "@tsgo/core/exceptions";
