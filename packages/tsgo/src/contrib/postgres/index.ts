// The extras of PostgreSQL. Answers to `django.contrib.postgres`.

export * from "@tsgo/contrib/postgres";
