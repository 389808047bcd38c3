// What every cache can do. Nothing but the contract.

/** How an entry is addressed. */
export interface KeyOptions {
  /** The version of the key: 1, or what the setting says, unless given. Each version is an entry of its own. */
  readonly version?: number;
}

/** How an entry is kept. */
export interface SetOptions extends KeyOptions {
  /** Seconds to keep it; null for ever, 0 not at all. What the setting says (300) unless given. */
  readonly timeout?: number | null;
}

/**
 * A store of values under keys, for a while. Any entry may be gone at any time. Django: `BaseCache`.
 *
 * Values are copied on their way in and out: whatever `structuredClone` can copy. A missing entry is undefined, so that
 * null can be kept.
 */
export interface Cache {
  /** The value of a key; `fallback` where there is none. */
  get<T = unknown>(key: string, fallback?: T, options?: KeyOptions): Promise<T | undefined>;
  /** Keeps a value. */
  set(key: string, value: unknown, options?: SetOptions): Promise<void>;
  /** Keeps a value unless there is one; whether it did. */
  add(key: string, value: unknown, options?: SetOptions): Promise<boolean>;
  /** The value of a key, or `value` (what it gives, if it is a function), which is then kept. */
  getOrSet<T>(key: string, value: T | (() => T | Promise<T>), options?: SetOptions): Promise<T>;
  /** Keeps an entry for another while; false where there is none. */
  touch(key: string, options?: SetOptions): Promise<boolean>;
  /** Drops an entry; false where there is none. */
  delete(key: string, options?: KeyOptions): Promise<boolean>;
  /** Whether there is an entry. */
  has(key: string, options?: KeyOptions): Promise<boolean>;
  /**
   * Adds to a number and gives the sum. The time that the entry is kept does not change.
   *
   * @throws CacheKeyNotFound where there is no entry.
   */
  incr(key: string, delta?: number, options?: KeyOptions): Promise<number>;
  /** Subtracts from a number. See `incr`. */
  decr(key: string, delta?: number, options?: KeyOptions): Promise<number>;
  /** The values of those keys that have one. */
  getMany<T = unknown>(keys: Iterable<string>, options?: KeyOptions): Promise<Map<string, T>>;
  /** Keeps several values; the keys that could not be kept. */
  setMany(
    values: ReadonlyMap<string, unknown> | Readonly<Record<string, unknown>>,
    options?: SetOptions,
  ): Promise<string[]>;
  deleteMany(keys: Iterable<string>, options?: KeyOptions): Promise<void>;
  /** Moves an entry to a later version of its key and gives the version. Throws CacheKeyNotFound where there is none. */
  incrVersion(key: string, delta?: number, options?: KeyOptions): Promise<number>;
  /** Moves an entry to an earlier version of its key. */
  decrVersion(key: string, delta?: number, options?: KeyOptions): Promise<number>;
  /** Drops everything, of other programs in the same place too. */
  clear(): Promise<void>;
  /** Lets go of connections. */
  close(): Promise<void>;
}
