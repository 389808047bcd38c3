// The pages for errors. Answers to `django.views.defaults`.

export * from "@tsgo/views/defaults";
