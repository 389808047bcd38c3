// Conditional requests.

export * from "@tsgo/http/conditional";
