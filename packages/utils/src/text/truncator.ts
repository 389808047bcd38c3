// Texts cut to a length.

import { textForm } from "../text-form.ts";
import { isCombining, nextIndex } from "./characters.ts";
import { truncateHtmlChars, truncateHtmlWords } from "./truncate-html.ts";
import {
  addTruncationText,
  frameText,
  lengthWithoutFrame,
  lengthWithoutMark,
  truncationFrame,
} from "./truncation-text.ts";
import { splitWords } from "./whitespace.ts";

/** How a text is cut off. */
export interface TruncateOptions {
  /** What marks the cut: `…` unless given; `%(truncated_text)s` in it stands for the text. */
  readonly truncate?: string | undefined;
  /** Whether the text is HTML, whose tags do not count and are closed behind the cut. */
  readonly html?: boolean | undefined;
}

/**
 * Cuts a text to a number of characters or words. Django: `Truncator`.
 *
 * @example
 * new Truncator("The quick brown fox").words(2); // "The quick…"
 */
export class Truncator {
  readonly #text: string;

  constructor(text: unknown) {
    this.#text = textForm(text);
  }

  /** The text cut to `length` characters, the mark included; combining characters do not count. */
  chars(length: number, { truncate, html = false }: TruncateOptions = {}): string {
    if (!(length > 0)) return "";
    if (!html && SIMPLE.test(this.#text)) return truncateSimple(this.#text, length, truncate);
    const text = this.#text.normalize("NFC");
    return html ? truncateHtmlChars(text, length, truncate) : truncateChars(text, length, truncate);
  }

  /** The text cut to `length` words. White space between words becomes a single space. */
  words(length: number, { truncate, html = false }: TruncateOptions = {}): string {
    if (!(length > 0)) return "";
    if (html) return truncateHtmlWords(this.#text, length, truncate);
    // One more tells that there is something to cut.
    const words = splitWords(this.#text, length + 1);
    return words.length > length ? addTruncationText(words.slice(0, length).join(" "), truncate) : words.join(" ");
  }
}

// Below the first combining character a character is one unit, and nothing is composed.
const SIMPLE = /^[\0-\u02ff]*$/;

function truncateSimple(text: string, length: number, mark: string | undefined): string {
  if (text.length <= length) return text;
  const frame = truncationFrame(mark);
  return frameText(text.slice(0, lengthWithoutFrame(length, frame)), frame);
}

function truncateChars(text: string, length: number, mark: string | undefined): string {
  const room = lengthWithoutMark(length, mark);
  let seen = 0;
  let end: number | undefined;
  for (let index = 0; index < text.length; index = nextIndex(text, index)) {
    if (isCombining(text.slice(index, nextIndex(text, index)))) continue;
    seen += 1;
    if (end === undefined && seen > room) end = index;
    if (seen > length) return addTruncationText(text.slice(0, end ?? 0), mark);
  }
  return text;
}
