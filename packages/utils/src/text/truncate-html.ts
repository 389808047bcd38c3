// HTML cut off after so many characters or words of its text, with every tag closed that was open there.

import { escapeText } from "../html/escape.ts";
import { type HtmlToken, htmlTokens } from "../html/tokens.ts";
import { unescape } from "../html/unescape.ts";
import { VOID_ELEMENTS } from "../html/void-elements.ts";
import { codePointLength, firstCodePoints } from "./characters.ts";
import { addTruncationText, lengthWithoutMark } from "./truncation-text.ts";
import { SPACE } from "./whitespace.ts";

/** What lies beyond is dropped: no page holds more, and an attacker's text may. */
const MAX_LENGTH = 5_000_000;
const WORD_GAP = new RegExp(`(?<=[^${SPACE}])[${SPACE}]+(?=[^${SPACE}])`, "u");

/** Cuts HTML to `length` characters of text, the mark included. */
export function truncateHtmlChars(html: string, length: number, mark: string | undefined): string {
  return truncate(html, lengthWithoutMark(length, mark), mark, new CharCounter(html, length));
}

/** Cuts HTML to `length` words of text. */
export function truncateHtmlWords(html: string, length: number, mark: string | undefined): string {
  return truncate(html, length, mark, new WordCounter());
}

/** How a piece of text counts, and how it is cut. */
interface Counter {
  /** The size of a text, and its first `room` units as HTML. */
  cut(text: string, room: number): { readonly size: number; readonly html: string };
  /** Whether this text is the last and just fits, so that it stays as it was written. */
  fitsExactly(text: string, written: number): boolean;
}

function truncate(html: string, room: number, mark: string | undefined, counter: Counter): string {
  const output = new Output();
  let left = room;
  for (const token of htmlTokens(html.slice(0, MAX_LENGTH))) {
    if (token.kind !== "text") {
      output.tag(token);
      continue;
    }
    const text = token.raw ? token.text : unescape(token.text);
    if (counter.fitsExactly(text, output.length)) return output.finish(text);
    const { size, html: kept } = counter.cut(text, left);
    if (left < size) return output.finish(addTruncationText(kept, mark));
    left -= size;
    output.text(kept);
  }
  return output.toString();
}

class CharCounter implements Counter {
  readonly #total: number;
  readonly #limit: number;
  #seen = 0;

  constructor(html: string, limit: number) {
    this.#total = codePointLength(html);
    this.#limit = limit;
  }

  cut(text: string, room: number): { size: number; html: string } {
    return { size: codePointLength(text), html: escapeText(firstCodePoints(text, room)) };
  }

  fitsExactly(text: string, written: number): boolean {
    const size = codePointLength(text);
    this.#seen += size;
    return this.#seen === this.#limit && written + size === this.#total;
  }
}

class WordCounter implements Counter {
  cut(text: string, room: number): { size: number; html: string } {
    const words = text.split(WORD_GAP);
    return { size: words.length, html: escapeText(words.slice(0, room).join(" ")) };
  }

  fitsExactly(): boolean {
    return false;
  }
}

/** The HTML written so far, and the tags still open in it. */
class Output {
  readonly #pieces: string[] = [];
  readonly #open = new OpenTags();
  /** The length written, in code points. */
  length = 0;

  tag(token: Exclude<HtmlToken, { kind: "text" }>): void {
    if (token.kind === "start") this.#start(token.name, token.source, token.selfClosing);
    else if (token.kind === "end") this.#end(token.name);
  }

  text(html: string): void {
    this.#pieces.push(html);
    this.length += codePointLength(html);
  }

  /** Everything written, with `last` behind it and the open tags closed. */
  finish(last: string): string {
    return this.toString() + last + this.#open.closing();
  }

  toString(): string {
    return this.#pieces.join("");
  }

  #start(name: string, source: string, selfClosing: boolean): void {
    this.text(source);
    if (VOID_ELEMENTS.has(name)) return;
    this.#open.push(name);
    if (selfClosing) this.#end(name);
  }

  #end(name: string): void {
    if (VOID_ELEMENTS.has(name)) return;
    this.text(`</${name}>`);
    this.#open.remove(name);
  }
}

/** The names of open tags, from which the innermost of a name is taken out without searching. */
class OpenTags {
  readonly #names: (string | undefined)[] = [];
  readonly #places = new Map<string, number[]>();

  push(name: string): void {
    const places = this.#places.get(name);
    if (places === undefined) this.#places.set(name, [this.#names.length]);
    else places.push(this.#names.length);
    this.#names.push(name);
  }

  remove(name: string): void {
    const place = this.#places.get(name)?.pop();
    if (place !== undefined) this.#names[place] = undefined;
  }

  closing(): string {
    return this.#names
      .filter((name) => name !== undefined)
      .toReversed()
      .map((name) => `</${name}>`)
      .join("");
  }
}
