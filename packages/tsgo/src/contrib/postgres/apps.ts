// The configuration of the application `tsgo/contrib/postgres`.

export * from "@tsgo/contrib/postgres/apps";
