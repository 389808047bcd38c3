// A mapping of names to several values each, as forms and query strings have them.

/** Raised by a lookup of a name that a MultiValueDict does not have. Django: `MultiValueDictKeyError`. */
export class MultiValueDictKeyError extends Error {
  readonly code = "multi_value_dict_key";

  constructor(key: unknown) {
    super(`There is no ${JSON.stringify(key)} here. Ask with has() first, or use get() with a default.`);
    this.name = "MultiValueDictKeyError";
  }
}

/** What a MultiValueDict can be made from: pairs of a name and all of its values. */
export type MultiValueEntries<V> = Iterable<readonly [string, Iterable<V>]>;

/**
 * Keeps a list of values for each name and answers with the last one unless the list is asked for.
 * Django: `MultiValueDict`.
 *
 * @example
 * const data = new MultiValueDict([["position", ["Developer", "Manager"]]]);
 * data.get("position"); // "Manager"
 * data.getList("position"); // ["Developer", "Manager"]
 */
export class MultiValueDict<V = unknown> implements Iterable<[string, V | undefined]> {
  readonly #lists = new Map<string, V[]>();

  constructor(entries: MultiValueEntries<V> = []) {
    for (const [key, values] of entries) this.#lists.set(key, [...values]);
  }

  /** How many names there are. */
  get size(): number {
    return this.#lists.size;
  }

  /** Whether the name is there, be it with an empty list. */
  has(key: string): boolean {
    return this.#lists.has(key);
  }

  /** The last value of a name; `fallback` where the name is missing or its list is empty. */
  get(key: string): V | undefined;
  get<D>(key: string, fallback: D): V | D;
  get(key: string, fallback?: unknown): unknown {
    const list = this.#lists.get(key);
    return list === undefined || list.length === 0 ? fallback : list[list.length - 1];
  }

  /**
   * The last value of a name that must be there, undefined for an empty list. Django: `d[key]`.
   *
   * @throws MultiValueDictKeyError where the name is missing.
   */
  getItem(key: string): V | undefined {
    const list = this.#lists.get(key);
    if (list === undefined) throw new MultiValueDictKeyError(key);
    return list.at(-1);
  }

  /** A copy of all values of a name; an empty list where the name is missing. */
  getList(key: string): V[] {
    return [...(this.#lists.get(key) ?? [])];
  }

  /** Makes `value` the only value of a name. */
  set(key: string, value: V): this {
    this.#lists.set(key, [value]);
    return this;
  }

  /** Replaces all values of a name. */
  setList(key: string, values: Iterable<V>): void {
    this.#lists.set(key, [...values]);
  }

  /** Adds a value behind those that a name has. */
  appendList(key: string, value: V): void {
    const list = this.#lists.get(key);
    if (list === undefined) this.#lists.set(key, [value]);
    else list.push(value);
  }

  /** The last value of a name, after putting `value` there if the name was missing. */
  setDefault(key: string, value: V): V | undefined {
    if (!this.#lists.has(key)) this.set(key, value);
    return this.getItem(key);
  }

  /** All values of a name, after putting `values` there if the name was missing. */
  setListDefault(key: string, values: Iterable<V> = []): V[] {
    if (!this.#lists.has(key)) this.setList(key, values);
    return this.getList(key);
  }

  /** Adds the values of another mapping behind those that are here. */
  update(other: MultiValueDict<V> | Readonly<Record<string, V>>): void {
    const lists =
      other instanceof MultiValueDict
        ? other.lists()
        : Object.entries(other).map(([key, value]): [string, V[]] => [key, [value]]);
    for (const [key, values] of lists) for (const value of values) this.appendList(key, value);
  }

  /** Takes a name out; false where it was missing. */
  delete(key: string): boolean {
    return this.#lists.delete(key);
  }

  /** Takes a name out and gives its whole list, or `fallback` where it was missing. */
  pop(key: string): V[] | undefined;
  pop<D>(key: string, fallback: D): V[] | D;
  pop(key: string, fallback?: unknown): unknown {
    const list = this.#lists.get(key);
    if (list === undefined) return fallback;
    this.delete(key);
    return list;
  }

  /** Takes out the name that was added last and gives it with its list; undefined where nothing is left. */
  popItem(): [string, V[]] | undefined {
    const last = [...this.#lists].at(-1);
    if (last !== undefined) this.delete(last[0]);
    return last;
  }

  /** Takes everything out. */
  clear(): void {
    this.#lists.clear();
  }

  keys(): IterableIterator<string> {
    return this.#lists.keys();
  }

  /** The last value of each name. */
  *values(): IterableIterator<V | undefined> {
    for (const list of this.#lists.values()) yield list.at(-1);
  }

  /** Each name with its last value. */
  *items(): IterableIterator<[string, V | undefined]> {
    for (const [key, list] of this.#lists) yield [key, list.at(-1)];
  }

  /** Each name with all of its values. */
  *lists(): IterableIterator<[string, V[]]> {
    for (const [key, list] of this.#lists) yield [key, [...list]];
  }

  [Symbol.iterator](): IterableIterator<[string, V | undefined]> {
    return this.items();
  }

  /** A mapping of its own with the same values in lists of their own. */
  copy(): MultiValueDict<V> {
    return new MultiValueDict(this.lists());
  }

  /** The last value of each name as a plain object (without a prototype: no name is special). Django: `dict()`. */
  dict(): Record<string, V | undefined> {
    const dict = Object.create(null) as Record<string, V | undefined>;
    for (const [key, value] of this.items()) dict[key] = value;
    return dict;
  }

  /** What JSON shows of it: every name with its last value. */
  toJSON(): Record<string, V | undefined> {
    return this.dict();
  }

  toString(): string {
    return JSON.stringify(Object.fromEntries(this.lists()));
  }
}
