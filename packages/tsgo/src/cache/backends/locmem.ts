// The cache in the memory of the process.

export * from "@tsgo/cache/backends/locmem";
