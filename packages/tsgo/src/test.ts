// The test client. Answers to `django.test`.

export * from "@tsgo/testing";
