import type { Cache, KeyOptions, SetOptions } from "./cache.ts";
import { CacheKeyNotFound } from "./errors.ts";
import { type KeyFunction, defaultKeyFunction, validateKey } from "./keys.ts";

/** What the setting CACHES says of one cache. */
export interface CacheParameters {
  /** Where the entries are: what it means depends on the backend. */
  readonly location?: string;
  readonly keyPrefix?: string;
  readonly version?: number;
  readonly keyFunction?: KeyFunction;
  /** Seconds to keep an entry; null for ever. 300 unless given. */
  readonly timeout?: number | null;
  /** How many entries to keep at most: 300 unless given. */
  readonly maxEntries?: number;
  /** Of so many entries one is dropped when there are too many: 3 unless given, 0 for all of them. */
  readonly cullFrequency?: number;
  /** What only this backend understands. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/**
 * The ground of backends: keys, versions and times are worked out here, and everything that can be is made of a few
 * operations that a backend brings. Those get the key as it is stored.
 */
export abstract class BaseCache implements Cache {
  protected readonly maxEntries: number;
  protected readonly cullFrequency: number;
  readonly #prefix: string;
  readonly #version: number;
  readonly #timeout: number | null;
  readonly #keyFunction: KeyFunction;

  constructor(parameters: CacheParameters = {}) {
    this.#prefix = parameters.keyPrefix ?? "";
    this.#version = parameters.version ?? 1;
    this.#timeout = parameters.timeout === undefined ? 300 : parameters.timeout;
    this.#keyFunction = parameters.keyFunction ?? defaultKeyFunction;
    this.maxEntries = parameters.maxEntries ?? 300;
    this.cullFrequency = parameters.cullFrequency ?? 3;
  }

  /** The value of a stored key, undefined where there is none. */
  protected abstract read(stored: string): Promise<unknown>;
  /** Keeps a value until an instant, in milliseconds since 1970; null for ever. */
  protected abstract write(stored: string, value: unknown, expires: number | null): Promise<void>;
  /** Keeps a value unless there is one, in one step. */
  protected abstract writeNew(stored: string, value: unknown, expires: number | null): Promise<boolean>;
  /** Changes the instant until which an entry is kept; false where there is none. */
  protected abstract prolong(stored: string, expires: number | null): Promise<boolean>;
  /** Adds to a number in one step; undefined where there is none. */
  protected abstract increase(stored: string, delta: number): Promise<number | undefined>;
  /** Drops an entry; false where there is none. */
  protected abstract remove(stored: string): Promise<boolean>;
  abstract clear(): Promise<void>;

  async close(): Promise<void> {}

  async get<T = unknown>(key: string, fallback?: T, options?: KeyOptions): Promise<T | undefined> {
    const value = await this.read(this.#stored(key, options));
    return value === undefined ? fallback : (value as T);
  }

  async set(key: string, value: unknown, options?: SetOptions): Promise<void> {
    const stored = this.#stored(key, options);
    if (value === undefined || this.#isOver(options)) await this.remove(stored);
    else await this.write(stored, value, this.#expires(options));
  }

  async add(key: string, value: unknown, options?: SetOptions): Promise<boolean> {
    const stored = this.#stored(key, options);
    if (this.#isOver(options)) return (await this.read(stored)) === undefined;
    return this.writeNew(stored, value, this.#expires(options));
  }

  async getOrSet<T>(key: string, value: T | (() => T | Promise<T>), options?: SetOptions): Promise<T> {
    const found = await this.get<T>(key, undefined, options);
    if (found !== undefined) return found;
    const made = typeof value === "function" ? await (value as () => T | Promise<T>)() : value;
    if (made !== undefined) await this.add(key, made, options);
    // Someone else may have been faster; then all use the same value.
    return (await this.get<T>(key, made, options)) as T;
  }

  async touch(key: string, options?: SetOptions): Promise<boolean> {
    const stored = this.#stored(key, options);
    return this.#isOver(options) ? this.remove(stored) : this.prolong(stored, this.#expires(options));
  }

  async delete(key: string, options?: KeyOptions): Promise<boolean> {
    return this.remove(this.#stored(key, options));
  }

  async has(key: string, options?: KeyOptions): Promise<boolean> {
    return (await this.read(this.#stored(key, options))) !== undefined;
  }

  async incr(key: string, delta = 1, options?: KeyOptions): Promise<number> {
    const sum = await this.increase(this.#stored(key, options), delta);
    if (sum === undefined) throw new CacheKeyNotFound(key);
    return sum;
  }

  async decr(key: string, delta = 1, options?: KeyOptions): Promise<number> {
    return this.incr(key, -delta, options);
  }

  async getMany<T = unknown>(keys: Iterable<string>, options?: KeyOptions): Promise<Map<string, T>> {
    const found = new Map<string, T>();
    for (const key of keys) {
      const value = await this.get<T>(key, undefined, options);
      if (value !== undefined) found.set(key, value);
    }
    return found;
  }

  async setMany(
    values: ReadonlyMap<string, unknown> | Readonly<Record<string, unknown>>,
    options?: SetOptions,
  ): Promise<string[]> {
    const entries = values instanceof Map ? [...(values as ReadonlyMap<string, unknown>)] : Object.entries(values);
    for (const [key, value] of entries) await this.set(key, value, options);
    return [];
  }

  async deleteMany(keys: Iterable<string>, options?: KeyOptions): Promise<void> {
    for (const key of keys) await this.delete(key, options);
  }

  async incrVersion(key: string, delta = 1, options: KeyOptions = {}): Promise<number> {
    const version = options.version ?? this.#version;
    const value = await this.get(key, undefined, { version });
    if (value === undefined) throw new CacheKeyNotFound(key);
    await this.set(key, value, { version: version + delta });
    await this.delete(key, { version });
    return version + delta;
  }

  async decrVersion(key: string, delta = 1, options?: KeyOptions): Promise<number> {
    return this.incrVersion(key, -delta, options);
  }

  #stored(key: string, options: KeyOptions | undefined): string {
    const stored = this.#keyFunction(key, this.#prefix, options?.version ?? this.#version);
    validateKey(stored);
    return stored;
  }

  #seconds(options: SetOptions | undefined): number | null {
    return options?.timeout === undefined ? this.#timeout : options.timeout;
  }

  #isOver(options: SetOptions | undefined): boolean {
    const seconds = this.#seconds(options);
    return seconds !== null && seconds <= 0;
  }

  #expires(options: SetOptions | undefined): number | null {
    const seconds = this.#seconds(options);
    return seconds === null ? null : Date.now() + seconds * 1000;
  }
}
