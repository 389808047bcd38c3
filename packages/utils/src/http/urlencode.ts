// Query strings from plain data.

import { MultiValueDict } from "../datastructures/multi-value-dict.ts";
import { textForm } from "../text-form.ts";
import { quotePlus } from "../urls/percent.ts";

/** What can be written as a query string: names with a value, or with several, each. */
export type UrlencodeInput = MultiValueDict | Iterable<readonly [string, unknown]> | Readonly<Record<string, unknown>>;

/**
 * Writes names and values as a query string. With `doseq` a list gives one pair for each of its members; without, its text.
 * Django: `urlencode`.
 *
 * @throws TypeError for null and undefined, which have no text that a form could send.
 *
 * @example
 * urlencode({ q: "a b", page: 2 }); // "q=a+b&page=2"
 * urlencode({ tag: ["a", "b"] }, { doseq: true }); // "tag=a&tag=b"
 */
export function urlencode(query: UrlencodeInput, { doseq = false }: { readonly doseq?: boolean } = {}): string {
  const pairs: string[] = [];
  for (const [key, value] of pairsOf(query)) {
    const values = doseq ? membersOf(value) : [value];
    for (const member of values) pairs.push(`${quotePlus(key)}=${quotePlus(textOf(key, member))}`);
  }
  return pairs.join("&");
}

function pairsOf(query: UrlencodeInput): Iterable<readonly [string, unknown]> {
  if (query instanceof MultiValueDict) return query.lists();
  return Symbol.iterator in query ? (query as Iterable<readonly [string, unknown]>) : Object.entries(query);
}

function membersOf(value: unknown): Iterable<unknown> {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return [value];
  if (Symbol.iterator in value) return value as Iterable<unknown>;
  // Iterating over a mapping gives its names.
  return Object.getPrototypeOf(value) === Object.prototype ? Object.keys(value) : [value];
}

function textOf(key: string, value: unknown): string | Uint8Array {
  if (value === null || value === undefined)
    throw new TypeError(
      `Cannot encode ${String(value)} for key ${JSON.stringify(key)} in a query string: give an empty string, or leave it out.`,
    );
  return value instanceof Uint8Array ? value : textForm(value);
}
