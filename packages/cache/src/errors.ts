import { TsgoError } from "@tsgo/core/exceptions";

/** There is no such cache, or no such backend. Django: `InvalidCacheBackendError`. */
export class InvalidCacheBackendError extends TsgoError {
  constructor(message: string) {
    super(message, { code: "invalid_cache_backend" });
  }
}

/** A key that no cache can keep. Django: `InvalidCacheKey`. */
export class InvalidCacheKey extends TsgoError {
  constructor(message: string) {
    super(message, { code: "invalid_cache_key" });
  }
}

/** A number was to be changed that is not there. Django raises ValueError. */
export class CacheKeyNotFound extends TsgoError {
  constructor(key: string) {
    super(`There is no entry '${key}'. Set it first: incr(), decr() and the versions change what is there.`, {
      code: "cache_key_not_found",
    });
  }
}
