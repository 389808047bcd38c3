// HTML cut into tags and text, forgiving as browsers are. What is no tag is text: nothing is ever refused.
//
// Truncating and stripping see untrusted text, so the work grows with the length of the text and no faster: every
// search that failed once is not tried again.

import { isSpace } from "../text/whitespace.ts";

/** A piece of HTML. Text and the sources of tags are as written, character references included. */
export type HtmlToken =
  /** Raw is what stands in a script or style; broken is markup that never ends, and so is text. */
  | { readonly kind: "text"; readonly text: string; readonly raw: boolean; readonly broken: boolean }
  | { readonly kind: "start"; readonly name: string; readonly source: string; readonly selfClosing: boolean }
  | { readonly kind: "end"; readonly name: string }
  /** A comment, a declaration or a processing instruction. */
  | { readonly kind: "other" };

type Step = readonly [end: number, token: HtmlToken | undefined];

const SLASH = 47;
const EXCLAMATION = 33;
const QUESTION = 63;
const OTHER: HtmlToken = { kind: "other" };
const RAW_TEXT = new Set(["script", "style"]);
const END_TAG = /<\/\s*([a-z][-.\w:]*)\s*>/iuy;
const END_TAG_NAME = /[a-z][^\t\n\f\r />\0]*/iuy;
const SECTION = /<!\[([a-z][-\w.]*)\s*/iuy;

/** Cuts a text into tokens, in order, as they are asked for. */
export function* htmlTokens(html: string): IterableIterator<HtmlToken> {
  yield* new Tokenizer(html).tokens();
}

class Tokenizer {
  readonly #html: string;
  readonly #lastClose: number;
  readonly #startTags: StartTags;
  readonly #exhausted = new Map<string, number>();
  /** The element whose content is not HTML, while inside it. */
  #rawElement: string | undefined;

  constructor(html: string) {
    this.#html = html;
    this.#lastClose = html.lastIndexOf(">");
    this.#startTags = new StartTags(html);
  }

  *tokens(): IterableIterator<HtmlToken> {
    let at = 0;
    while (at < this.#html.length) {
      const next = this.#nextMarkup(at);
      // A script or style that never ends is dropped, whatever it holds.
      if (next === undefined) return;
      if (next > at) yield this.#text(at, next, false);
      if (next === this.#html.length) return;
      const [end, token] = this.#markup(next);
      if (token !== undefined) yield token;
      at = end;
    }
  }

  #text(start: number, end: number, broken: boolean): HtmlToken {
    return { kind: "text", text: this.#html.slice(start, end), raw: this.#rawElement !== undefined, broken };
  }

  #nextMarkup(at: number): number | undefined {
    if (this.#rawElement === undefined) {
      const found = this.#html.indexOf("<", at);
      return found === -1 ? this.#html.length : found;
    }
    const close = new RegExp(String.raw`</\s*${this.#rawElement}\s*>`, "giu");
    close.lastIndex = at;
    return close.exec(this.#html)?.index;
  }

  #markup(at: number): Step {
    return this.#tag(at) ?? this.#brokenMarkup(at);
  }

  #tag(at: number): Step | undefined {
    const code = this.#html.charCodeAt(at + 1);
    if (isLetter(code)) return this.#startTag(at);
    if (code !== SLASH && code !== EXCLAMATION && code !== QUESTION) return [at + 1, this.#text(at, at + 1, false)];
    // Behind the last ">" nothing ends any more.
    if (at >= this.#lastClose) return undefined;
    if (code === SLASH) return this.#endTag(at);
    if (this.#html.startsWith("<!--", at)) return this.#until(/--\s*>/gu, at + 4);
    return this.#html.startsWith("<![", at) ? this.#section(at) : this.#until(/>/gu, at + 2);
  }

  // Markup that never ends is text up to the next ">", or else up to the next "<".
  #brokenMarkup(at: number): Step {
    const close = at < this.#lastClose ? this.#html.indexOf(">", at + 1) + 1 : 0;
    const open = close > 0 ? close : this.#html.indexOf("<", at + 1);
    const end = open > 0 ? open : at + 1;
    return [end, this.#text(at, end, true)];
  }

  #startTag(at: number): Step | undefined {
    const tag = this.#startTags.read(at);
    if (tag === undefined) return undefined;
    const source = this.#html.slice(at, tag.end);
    if (!tag.complete) return [tag.end, { kind: "text", text: source, raw: true, broken: true }];
    const name = source.slice(1, tag.nameEnd - at).toLowerCase();
    if (RAW_TEXT.has(name) && !tag.selfClosing) this.#rawElement = name;
    return [tag.end, { kind: "start", name, source, selfClosing: tag.selfClosing }];
  }

  #endTag(at: number): Step {
    const exact = matchAt(END_TAG, this.#html, at);
    if (exact?.[1] !== undefined) {
      this.#rawElement = undefined;
      return [END_TAG.lastIndex, { kind: "end", name: exact[1].toLowerCase() }];
    }
    const close = this.#html.indexOf(">", at + 2) + 1;
    const name = matchAt(END_TAG_NAME, this.#html, at + 2)?.[0];
    if (name !== undefined) return [close, { kind: "end", name: name.toLowerCase() }];
    return [close, this.#html[at + 2] === ">" ? undefined : OTHER];
  }

  #section(at: number): Step | undefined {
    const name = matchAt(SECTION, this.#html, at)?.[1]?.toLowerCase() ?? "";
    if (["temp", "cdata", "ignore", "include", "rcdata"].includes(name)) return this.#until(/\]\s*\]\s*>/gu, at + 3);
    if (["if", "else", "endif"].includes(name)) return this.#until(/\]\s*>/gu, at + 3);
    return this.#until(/>/gu, at + 2);
  }

  #until(pattern: RegExp, from: number): Step | undefined {
    if (from >= (this.#exhausted.get(pattern.source) ?? Infinity)) return undefined;
    pattern.lastIndex = from;
    if (pattern.exec(this.#html) !== null) return [pattern.lastIndex, OTHER];
    this.#exhausted.set(pattern.source, from);
    return undefined;
  }
}

interface StartTag {
  readonly end: number;
  readonly nameEnd: number;
  readonly selfClosing: boolean;
  /** False where the tag breaks off at a character that no tag can have. */
  readonly complete: boolean;
}

/** Finds the ends of start tags in one text. */
class StartTags {
  readonly #html: string;
  /** Places between attributes from which no end was found. */
  readonly #hopeless = new Set<number>();
  readonly #exhaustedQuotes = new Set<string>();
  /** From here on no name of a tag ends. */
  #endlessNames = Infinity;

  constructor(html: string) {
    this.#html = html;
  }

  /** The tag that starts at `at`, or undefined where it has no end. */
  read(at: number): StartTag | undefined {
    if (at >= this.#endlessNames) return undefined;
    const nameEnd = this.#skipName(at + 1);
    if (nameEnd === this.#html.length) {
      this.#endlessNames = at;
      return undefined;
    }
    const visited: number[] = [];
    let place = this.#skipSpaceAndSlashes(nameEnd);
    let lastValueEnd = 0;
    while (this.#startsAttribute(place)) {
      if (this.#hopeless.has(place)) return this.#giveUp(visited);
      visited.push(place);
      const named = this.#skipAttributeName(place);
      const valued = this.#skipValue(named);
      lastValueEnd = valued ?? lastValueEnd;
      place = this.#skipSpaceAndSlashes(valued ?? named);
    }
    const next = this.#html[place];
    if (next === ">") {
      const selfClosing = this.#html[place - 1] === "/" && lastValueEnd < place;
      return { end: place + 1, nameEnd, selfClosing, complete: true };
    }
    if (next === undefined || next === "=" || isLetter(next.charCodeAt(0))) return this.#giveUp(visited);
    return { end: place, nameEnd, selfClosing: false, complete: false };
  }

  #giveUp(visited: readonly number[]): undefined {
    for (const place of visited) this.#hopeless.add(place);
  }

  #skipName(from: number): number {
    let at = from;
    while (at < this.#html.length && !endsName(this.#html.charCodeAt(at))) at += 1;
    return at;
  }

  #skipSpaceAndSlashes(from: number): number {
    let at = from;
    while (at < this.#html.length && (this.#html[at] === "/" || isSpace(this.#html.charCodeAt(at)))) at += 1;
    return at;
  }

  #skipSpace(from: number): number {
    let at = from;
    while (at < this.#html.length && isSpace(this.#html.charCodeAt(at))) at += 1;
    return at;
  }

  // An attribute follows white space, a slash or the closing quote of the one before.
  #startsAttribute(at: number): boolean {
    const before = this.#html.charCodeAt(at - 1);
    if (before !== 34 && before !== 39 && before !== 47 && !isSpace(before)) return false;
    const code = this.#html.charCodeAt(at);
    return at < this.#html.length && code !== 47 && code !== 62 && !isSpace(code);
  }

  // The first character may be anything, "=" too.
  #skipAttributeName(from: number): number {
    let at = from + 1;
    while (at < this.#html.length && !/[\s/=>]/.test(this.#html.charAt(at))) at += 1;
    return at;
  }

  /** The end of `= value` behind a name, or undefined where there is none. */
  #skipValue(nameEnd: number): number | undefined {
    const equals = this.#skipSpace(nameEnd);
    let at = equals;
    while (this.#html[at] === "=") at += 1;
    if (at === equals) return undefined;
    const start = this.#skipSpace(at);
    const quote = this.#html[start];
    if (quote !== '"' && quote !== "'") return this.#skipBareValue(start);
    const close = this.#findQuote(quote, start + 1);
    if (close !== -1) return close + 1;
    // A quote that never closes does not open a value: the value ends before it, if anything stands between.
    if (start > at) return start;
    return at - equals > 1 ? this.#skipBareValue(at - 1) : undefined;
  }

  #skipBareValue(from: number): number {
    let at = from;
    while (at < this.#html.length && this.#html[at] !== ">" && !isSpace(this.#html.charCodeAt(at))) at += 1;
    return at;
  }

  #findQuote(quote: string, from: number): number {
    if (this.#exhaustedQuotes.has(quote)) return -1;
    const close = this.#html.indexOf(quote, from);
    if (close === -1) this.#exhaustedQuotes.add(quote);
    return close;
  }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function endsName(code: number): boolean {
  return (
    code === 32 || code === 47 || code === 62 || code === 0 || code === 9 || code === 10 || code === 12 || code === 13
  );
}
