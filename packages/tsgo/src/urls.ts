// URL patterns, `resolve` and `reverse`. Answers to `django.urls`.

export * from "@tsgo/urls";
