// Template loaders. Answers to `django.template.loaders`.

export * from "@tsgo/template/loaders";
