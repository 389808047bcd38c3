// Formatting of dates. Answers to `django.utils.dateformat`.

export * from "@tsgo/utils/dateformat";
