// Rows as text and back. Answers to `django.core.serializers`.

export * from "@tsgo/orm/serializers";
