// Answers to `django.utils.datastructures`.

export * from "@tsgo/utils/datastructures";
