// Context processors. Answers to `django.template.context_processors`.

export * from "@tsgo/template/context-processors";
