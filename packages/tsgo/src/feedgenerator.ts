// Feeds. Answers to `django.utils.feedgenerator`.

export * from "@tsgo/utils/feedgenerator";
