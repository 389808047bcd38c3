// Values that each request has for itself.

export * from "@tsgo/core/context";
