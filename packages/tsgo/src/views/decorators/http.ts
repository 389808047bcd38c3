// Decorators by method. Answers to `django.views.decorators.http`.

export * from "@tsgo/views/decorators/http";
