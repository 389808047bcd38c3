// A read-only mapping whose names are compared without case, and shown as they were given.

/**
 * Looks names up whatever their case, and keeps the case for iteration. Django: `CaseInsensitiveMapping`.
 *
 * @example
 * const headers = new CaseInsensitiveMapping([["Accept", "text/html"]]);
 * headers.get("ACCEPT"); // "text/html"
 * [...headers.keys()]; // ["Accept"]
 */
export class CaseInsensitiveMapping<V> implements Iterable<[string, V]> {
  readonly #entries = new Map<string, [string, V]>();

  constructor(entries: Iterable<readonly [string, V]> | Readonly<Record<string, V>> = []) {
    const pairs = Symbol.iterator in entries ? entries : Object.entries(entries);
    for (const [key, value] of pairs) this.#entries.set(key.toLowerCase(), [key, value]);
  }

  get size(): number {
    return this.#entries.size;
  }

  has(key: string): boolean {
    return this.#entries.has(key.toLowerCase());
  }

  get(key: string): V | undefined {
    return this.#entries.get(key.toLowerCase())?.[1];
  }

  *keys(): IterableIterator<string> {
    for (const [key] of this.#entries.values()) yield key;
  }

  *values(): IterableIterator<V> {
    for (const [, value] of this.#entries.values()) yield value;
  }

  *entries(): IterableIterator<[string, V]> {
    for (const [key, value] of this.#entries.values()) yield [key, value];
  }

  [Symbol.iterator](): IterableIterator<[string, V]> {
    return this.entries();
  }
}
