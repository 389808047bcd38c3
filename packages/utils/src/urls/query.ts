// Query strings as lists of pairs.

import { quotePlus, unquote } from "./percent.ts";

/**
 * The pairs of a query string, decoded, those with an empty value included. Python:
 * `parse_qsl(query, keep_blank_values=True)`.
 */
export function parseQuery(query: string): [string, string][] {
  return query
    .split("&")
    .filter((part) => part !== "")
    .map((part) => {
      const at = part.indexOf("=");
      const [name, value] = at === -1 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
      return [decode(name), decode(value)];
    });
}

function decode(text: string): string {
  return unquote(text.replaceAll("+", " "));
}

/** Encodes pairs as a query string. Python: `urllib.parse.urlencode`. */
export function formatQuery(pairs: Iterable<readonly [string, string]>): string {
  return Array.from(pairs, ([name, value]) => `${quotePlus(name)}=${quotePlus(value)}`).join("&");
}
