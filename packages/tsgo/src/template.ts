// Templates: engines, loaders, and the library of tags and filters. Answers to `django.template`.

export * from "@tsgo/template";
