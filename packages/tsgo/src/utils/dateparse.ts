// Answers to `django.utils.dateparse`.

export * from "@tsgo/utils/dateparse";
