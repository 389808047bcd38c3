// Decorators of the CSRF check. Answers to `django.views.decorators.csrf`.

export * from "@tsgo/views/decorators/csrf";
