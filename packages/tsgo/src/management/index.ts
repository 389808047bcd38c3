export * from "@tsgo/core/management";
