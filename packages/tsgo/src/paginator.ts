// Pages of a list. Answers to `django.core.paginator`.

export * from "@tsgo/core/paginator";
