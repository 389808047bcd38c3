// `XFrameOptionsMiddleware`. Answers to `django.middleware.clickjacking`.

export * from "@tsgo/middleware/clickjacking";
