// The page for a failed CSRF check. Answers to `django.views.csrf`.

export * from "@tsgo/views/csrf";
