// `render`, `redirect`, `getObjectOr404`. Answers to `django.shortcuts`.

export * from "@tsgo/views/shortcuts";
