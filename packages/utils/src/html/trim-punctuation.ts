// Where the address ends and the sentence goes on.

import { unescape } from "./unescape.ts";

/** A word cut into what belongs to an address and what stands around it. */
export interface TrimmedWord {
  readonly lead: string;
  readonly middle: string;
  readonly trail: string;
}

const BRACKETS: readonly (readonly [string, string])[] = [
  ["(", ")"],
  ["[", "]"],
];
const PUNCTUATION = ".,:;!";
const PUNCTUATION_BUT_SEMICOLON = ".,:!";
const REFERENCE = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z\d]{1,32});?/iy;

/**
 * Takes opening brackets from the front of a word, and from its end punctuation and the closing brackets that have no
 * partner inside. A semicolon that ends a character reference stays.
 */
export function trimPunctuation(word: string): TrimmedWord {
  let start = 0;
  while (word[start] === "(" || word[start] === "[") start += 1;
  const middle = new Middle(word.slice(start));
  while (middle.trim());
  return { lead: word.slice(0, start), middle: middle.text, trail: middle.trail };
}

class Middle {
  readonly #word: string;
  /** How many more closing than opening brackets there are, by the closing one. */
  readonly #surplus: Map<string, number>;
  /** The place of the last ampersand: trimming never takes one away. */
  readonly #ampersand: number;
  #end: number;
  trail = "";

  constructor(word: string) {
    this.#word = word;
    this.#end = word.length;
    this.#ampersand = word.lastIndexOf("&");
    this.#surplus = new Map(BRACKETS.map(([open, close]) => [close, count(word, close) - count(word, open)]));
  }

  get text(): string {
    return this.#word.slice(0, this.#end);
  }

  /** One round; false when there was nothing to take away. */
  trim(): boolean {
    const before = this.#end;
    for (const [, close] of BRACKETS) this.#trimBrackets(close);
    this.#moveTo(this.#endWithout(this.#hasReference() ? PUNCTUATION_BUT_SEMICOLON : PUNCTUATION));
    if (this.#last() === ";") this.#trimSemicolons();
    return this.#end < before && this.#end > 0;
  }

  #trimBrackets(close: string): void {
    const surplus = this.#surplus.get(close) ?? 0;
    if (surplus <= 0 || this.#last() !== close) return;
    const end = Math.max(0, this.#end - surplus);
    // What was trimmed before goes: the recorded answers have it so, `http://x.example).` loses its dot.
    this.trail = this.#word.slice(end, this.#end);
    this.#end = end;
    this.#surplus.set(close, 0);
  }

  #trimSemicolons(): void {
    if (this.#hasReference() && this.#endsWithReference()) return;
    const end = this.#endWithout(";");
    // One of several may be the end of a reference after all; the next round looks again.
    this.#moveTo(this.#hasReference() && this.#end - end > 1 ? end + 1 : end);
  }

  #hasReference(): boolean {
    return this.#ampersand !== -1 && this.#ampersand < this.#end;
  }

  #endsWithReference(): boolean {
    REFERENCE.lastIndex = this.#ampersand;
    const reference = REFERENCE.exec(this.#word)?.[0] ?? "";
    const ends = this.#ampersand + reference.length === this.#end;
    return ends && unescape(reference) !== reference && !unescape(reference).endsWith(";");
  }

  #last(): string | undefined {
    return this.#word[this.#end - 1];
  }

  #endWithout(characters: string): number {
    let end = this.#end;
    while (end > 0 && characters.includes(this.#word.charAt(end - 1))) end -= 1;
    return end;
  }

  #moveTo(end: number): void {
    this.trail = this.#word.slice(end, this.#end) + this.trail;
    this.#end = end;
  }
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) found += 1;
  return found;
}
