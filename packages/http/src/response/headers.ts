// The headers of a response, held as they go out.

import { checkHeaderName, headerValue } from "./header-text.ts";

/**
 * Header names and values; names are compared without case and written as they were given. Each is checked when it is
 * set. Django: `ResponseHeaders`.
 *
 * @example
 * response.headers.set("Cache-Control", "no-store");
 * response.headers.get("cache-control"); // "no-store"
 */
export class ResponseHeaders implements Iterable<[string, string]> {
  // Names and values in turn: what the socket wants, and for the few headers of a response quicker than a Map.
  readonly #flat: string[];

  /** @param checked names and values in turn, known to be right; the list belongs to this object from now on. */
  constructor(checked: string[] = []) {
    this.#flat = checked;
  }

  get size(): number {
    return this.#flat.length / 2;
  }

  has(name: string): boolean {
    return this.#indexOf(name) >= 0;
  }

  get(name: string): string | undefined {
    const index = this.#indexOf(name);
    return index < 0 ? undefined : this.#flat[index + 1];
  }

  /**
   * Sets a header, in the place of one of the same name.
   *
   * @throws BadHeaderError where name or value would break the response apart.
   */
  set(name: string, value: string | number): this {
    const text = headerValue(value);
    const index = this.#indexOf(name);
    if (index < 0) this.#flat.push(checkHeaderName(name), text);
    else {
      this.#flat[index] = name;
      this.#flat[index + 1] = text;
    }
    return this;
  }

  /** Sets a header unless it is there already. */
  setDefault(name: string, value: string | number): this {
    return this.has(name) ? this : this.set(name, value);
  }

  /** Takes a header out; false where it was missing. */
  delete(name: string): boolean {
    const index = this.#indexOf(name);
    if (index < 0) return false;
    this.#flat.splice(index, 2);
    return true;
  }

  *keys(): IterableIterator<string> {
    for (const [name] of this) yield name;
  }

  *values(): IterableIterator<string> {
    for (const [, value] of this) yield value;
  }

  *entries(): IterableIterator<[string, string]> {
    for (let i = 0; i < this.#flat.length; i += 2) yield [this.#flat[i] ?? "", this.#flat[i + 1] ?? ""];
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries();
  }

  /** A copy as one list, names and values in turn: what `http.ServerResponse.writeHead` takes. */
  toFlatList(): string[] {
    return this.#flat.slice();
  }

  #indexOf(name: string): number {
    const flat = this.#flat;
    for (let i = 0; i < flat.length; i += 2) {
      const other = flat[i];
      if (other === name) return i;
      if (other?.length === name.length && other.toLowerCase() === name.toLowerCase()) return i;
    }
    return -1;
  }
}
