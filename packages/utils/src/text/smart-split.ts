// Text split at spaces, with quoted parts kept whole.

import { isSpace } from "./whitespace.ts";

/**
 * The parts of a text between white space; white space inside quotes does not split. Quotes and backslashes stay.
 * Django: `smart_split`.
 *
 * @example
 * smartSplit(`a "b c" d`); // ["a", '"b c"', "d"]
 */
export function smartSplit(text: string): string[] {
  const splitter = new Splitter(text);
  const parts: string[] = [];
  for (let at = splitter.skipSpace(0); at < text.length; at = splitter.skipSpace(at)) {
    const end = splitter.partEnd(at);
    parts.push(text.slice(at, end));
    at = end;
  }
  return parts;
}

class Splitter {
  readonly #text: string;
  /** Places in quotes from which no end was found, by quote: they need not be looked at again. */
  readonly #hopeless = new Map<string, Set<number>>();

  constructor(text: string) {
    this.#text = text;
  }

  skipSpace(from: number): number {
    let at = from;
    while (at < this.#text.length && isSpace(this.#text.charCodeAt(at))) at += 1;
    return at;
  }

  /** The end of the part that starts here: behind its quoted pieces, or without any at the next white space. */
  partEnd(from: number): number {
    let end = this.#skipBare(from);
    let quoted = this.#quoteEnd(end);
    if (quoted === undefined) return this.#wordEnd(from);
    while (quoted !== undefined) {
      end = this.#skipBare(quoted);
      quoted = this.#quoteEnd(end);
    }
    return end;
  }

  #skipBare(from: number): number {
    let at = from;
    while (at < this.#text.length && !this.#isQuote(at) && !isSpace(this.#text.charCodeAt(at))) at += 1;
    return at;
  }

  #wordEnd(from: number): number {
    let at = from;
    while (at < this.#text.length && !isSpace(this.#text.charCodeAt(at))) at += 1;
    return at;
  }

  #isQuote(at: number): boolean {
    return this.#text[at] === '"' || this.#text[at] === "'";
  }

  /** The place behind the quote that closes the one here; undefined where none opens, or none closes. */
  #quoteEnd(open: number): number | undefined {
    if (!this.#isQuote(open)) return undefined;
    const quote = this.#text.charAt(open);
    const hopeless = this.#hopeless.get(quote) ?? new Set<number>();
    const visited: number[] = [];
    for (let at = open + 1; at < this.#text.length && !hopeless.has(at); at += 1) {
      if (this.#text[at] === quote) return at + 1;
      visited.push(at);
      if (this.#text[at] !== "\\") continue;
      // A backslash escapes anything but the end of a line, at which the quote breaks off.
      if (this.#text[at + 1] === "\n") break;
      at += 1;
    }
    for (const at of visited) hopeless.add(at);
    this.#hopeless.set(quote, hopeless);
    return undefined;
  }
}

const QUOTES = new Set(['"', "'"]);

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
