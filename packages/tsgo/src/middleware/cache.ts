// The page cache. Answers to `django.middleware.cache`.

export * from "@tsgo/middleware/cache";
