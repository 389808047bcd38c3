// Caches. Answers to `django.core.cache`.

export * from "@tsgo/cache";
