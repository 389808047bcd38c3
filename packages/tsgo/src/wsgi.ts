// `getWsgiApplication`. Answers to `django.core.wsgi`.

export * from "@tsgo/server/wsgi";
