// The cache that keeps nothing.

export * from "@tsgo/cache/backends/dummy";
