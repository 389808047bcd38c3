// Text split at spaces, with quoted parts kept whole.

import { SPACE } from "./whitespace.ts";

const QUOTED = String.raw`"[^"\\]*(?:\\[^][^"\\]*)*"|'[^'\\]*(?:\\[^][^'\\]*)*'`;
const PART = new RegExp(`(?:[^${SPACE}'"]*(?:(?:${QUOTED})[^${SPACE}'"]*)+)|[^${SPACE}]+`, "gu");
const QUOTES = new Set(['"', "'"]);

/**
 * The parts of a text between white space; white space inside quotes does not split. Quotes and backslashes stay.
 * Django: `smart_split`.
 *
 * @example
 * smartSplit(`a "b c" d`); // ["a", '"b c"', "d"]
 */
export function smartSplit(text: string): string[] {
  return Array.from(text.matchAll(PART), ([part]) => part);
}

/**
 * The text inside a quoted literal, its escaped quotes and backslashes resolved. Django: `unescape_string_literal`.
 *
 * @throws RangeError where the text is not in quotes.
 */
export function unescapeStringLiteral(literal: string): string {
  const quote = literal.charAt(0);
  if (!QUOTES.has(quote) || literal.length < 2 || !literal.endsWith(quote)) {
    throw new RangeError(`${literal} is no string literal: it must stand in a pair of quotes.`);
  }
  return literal
    .slice(1, -1)
    .replaceAll(`\\${quote}`, quote)
    .replaceAll(String.raw`\\`, "\\");
}
