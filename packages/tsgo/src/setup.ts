// Loads settings and applications in a script of your own. Answers to `django.setup`.

export * from "@tsgo/core/setup";
