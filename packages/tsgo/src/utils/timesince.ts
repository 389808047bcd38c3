// Answers to `django.utils.timesince`.

export * from "@tsgo/utils/timesince";
