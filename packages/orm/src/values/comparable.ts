// Values that are compared by what they say, not by which object they are.

/**
 * What two equal keys have in common, for maps and sets: primitives themselves, moments and decimals by their text, the lists of
 * composite keys by their parts.
 */
export function comparableKey(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return `date:${value.getTime()}`;
  if (Array.isArray(value)) return JSON.stringify(value.map((part) => [typeof part, String(comparableKey(part))]));
  // oxlint-disable-next-line typescript/no-base-to-string -- keys that are objects are decimals and dates, which have a text
  return String(value);
}

/** A map whose keys may be lists, dates or decimals: equal ones are the same key. */
export class KeyMap<K, V> extends Map<K, V> {
  readonly #known = new Map<unknown, K>();

  constructor(entries: Iterable<readonly [K, V]> = []) {
    super();
    for (const [key, value] of entries) this.set(key, value);
  }

  #canonical(key: K): K {
    return typeof key === "object" && key !== null ? (this.#known.get(comparableKey(key)) ?? key) : key;
  }

  override get(key: K): V | undefined {
    return super.get(this.#canonical(key));
  }

  override has(key: K): boolean {
    return super.has(this.#canonical(key));
  }

  override set(key: K, value: V): this {
    const known = this.#canonical(key);
    if (known === key && typeof key === "object" && key !== null) this.#known.set(comparableKey(key), key);
    return super.set(known, value);
  }

  override delete(key: K): boolean {
    const known = this.#canonical(key);
    if (typeof known === "object" && known !== null) this.#known.delete(comparableKey(known));
    return super.delete(known);
  }

  override clear(): void {
    this.#known.clear();
    super.clear();
  }
}
