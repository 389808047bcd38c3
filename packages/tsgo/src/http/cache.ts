// Headers that govern caches. Answers to `django.utils.cache`.

export * from "@tsgo/http/cache";
