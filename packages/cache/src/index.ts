export { BaseCache, type CacheParameters } from "./base-cache.ts";
export type { Cache, KeyOptions, SetOptions } from "./cache.ts";
export { cache, caches } from "./caches.ts";
export { CacheKeyNotFound, InvalidCacheBackendError, InvalidCacheKey } from "./errors.ts";
export { type KeyFunction, MAX_KEY_LENGTH, defaultKeyFunction, validateKey } from "./keys.ts";
