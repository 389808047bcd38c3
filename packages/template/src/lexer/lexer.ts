// Cuts the source of a template into tokens, in one pass over the text.

import { Token, type TokenType } from "./token.ts";

const CLOSING: Readonly<Record<string, string>> = { "%": "%}", "{": "}}", "#": "#}" };
const TYPES: Readonly<Record<string, TokenType>> = { "%": "block", "{": "variable", "#": "comment" };

/**
 * Cuts a source into tokens. Tags do not reach over the end of a line; what is no tag is text.
 * Django: `Lexer(source).tokenize()`.
 */
export function tokenize(source: string): Token[] {
  return new Lexer(source).tokenize();
}

class Lexer {
  readonly #source: string;
  readonly #tokens: Token[] = [];
  // The next place of each closing mark at or behind the last place asked for, so that a line full of opening marks
  // is not searched again for each of them.
  readonly #nextClosing: Record<string, number> = { "%": -1, "{": -1, "#": -1 };
  #lineEnd = -1;
  #line = 1;
  /** The tag that ends the verbatim block being read, or an empty string outside of one. */
  #verbatimEnd = "";

  constructor(source: string) {
    this.#source = source;
  }

  tokenize(): Token[] {
    const source = this.#source;
    let textStart = 0;
    for (let at = source.indexOf("{"); at !== -1;) {
      const end = this.#endOfTag(at);
      const token = end === -1 ? undefined : this.#tag(at, end, textStart);
      if (token === undefined) {
        at = source.indexOf("{", end === -1 ? at + 1 : end);
        continue;
      }
      this.#tokens.push(token);
      textStart = token.end;
      at = source.indexOf("{", textStart);
    }
    this.#pushText(textStart, source.length);
    return this.#tokens;
  }

  /** Where the tag that begins at `start` ends, or -1 where none begins. */
  #endOfTag(start: number): number {
    const kind = this.#source.charAt(start + 1);
    const closing = CLOSING[kind];
    if (closing === undefined) return -1;
    let close = this.#nextClosing[kind] ?? -1;
    if (close < start + 2) {
      close = this.#source.indexOf(closing, start + 2);
      if (close === -1) close = Infinity;
      this.#nextClosing[kind] = close;
    }
    if (close === Infinity) return -1;
    if (this.#lineEnd < start) {
      const lineEnd = this.#source.indexOf("\n", start);
      this.#lineEnd = lineEnd === -1 ? Infinity : lineEnd;
    }
    return this.#lineEnd < close ? -1 : close + 2;
  }

  /** The tag between two places, with the text in front of it put down first; undefined where it is text itself. */
  #tag(start: number, end: number, textStart: number): Token | undefined {
    const kind = this.#source.charAt(start + 1);
    const contents = this.#source.slice(start + 2, end - 2).trim();
    if (this.#verbatimEnd !== "" && (kind !== "%" || contents !== this.#verbatimEnd)) return undefined;
    this.#verbatimEnd = "";
    this.#pushText(textStart, start);
    if (kind === "%" && (contents === "verbatim" || contents.startsWith("verbatim "))) {
      this.#verbatimEnd = `end${contents}`;
    }
    return new Token(TYPES[kind] ?? "text", contents, start, end, this.#line);
  }

  #pushText(start: number, end: number): void {
    if (start >= end) return;
    const text = this.#source.slice(start, end);
    this.#tokens.push(new Token("text", text, start, end, this.#line));
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) this.#line += 1;
  }
}
