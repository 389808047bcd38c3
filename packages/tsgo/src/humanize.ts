// Numbers and dates for people. Answers to `django.contrib.humanize`.

export * from "@tsgo/i18n/humanize";
