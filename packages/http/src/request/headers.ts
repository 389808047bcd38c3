// The headers of a request.

import type { RequestSource } from "../source.ts";

/**
 * The headers that came with a request; names are compared without case. Several lines of one name are one value, joined
 * as HTTP says. Headers whose names hold an underscore are not there: a proxy that guards `X-User` lets `X_User` through.
 * Django: `HttpHeaders`.
 *
 * @example
 * request.headers.get("user-agent") ?? "unknown";
 */
export class HttpHeaders implements Iterable<[string, string]> {
  readonly #source: RequestSource;

  constructor(source: RequestSource) {
    this.#source = source;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  get(name: string): string | undefined {
    return name.includes("_") ? undefined : this.#source.header(name.toLowerCase());
  }

  *keys(): IterableIterator<string> {
    const seen = new Set<string>();
    const { rawHeaders } = this.#source;
    for (let i = 0; i < rawHeaders.length; i += 2) {
      const name = rawHeaders[i] ?? "";
      const lower = name.toLowerCase();
      if (!seen.has(lower) && !lower.includes("_")) yield name;
      seen.add(lower);
    }
  }

  /** Each name as it was first sent, with its value. */
  *entries(): IterableIterator<[string, string]> {
    for (const name of this.keys()) yield [name, this.get(name) ?? ""];
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries();
  }

  /** What JSON shows of it. */
  toJSON(): Record<string, string> {
    return Object.fromEntries(this.entries());
  }
}
