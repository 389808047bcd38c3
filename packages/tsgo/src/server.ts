// The development server. Answers to `django.core.servers.basehttp`.

export * from "@tsgo/server/basehttp";
