// Signals, and those of the way of a request. Answers to `django.dispatch` and `django.core.signals`.

export * from "@tsgo/core/signals";
export * from "@tsgo/core/server-signals";
