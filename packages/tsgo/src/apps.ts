// The application registry. Answers to `django.apps`.

export * from "@tsgo/core/apps";
