// Loggers.

export * from "@tsgo/core/logging";
