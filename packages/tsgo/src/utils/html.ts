// HTML. Answers to `django.utils.html`.

export * from "@tsgo/utils/html";
