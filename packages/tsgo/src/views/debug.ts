// The pages for errors under DEBUG. Answers to `django.views.debug`.

export * from "@tsgo/views/debug";
