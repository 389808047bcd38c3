// Settings: `defineSettings`, `env`, `settings`. Answers to `django.conf`.

export * from "@tsgo/core/conf";
