// What a template is cut into: text, variables, tags and comments, each with its place.

import { smartSplit } from "@tsgo/utils/text";

/** The kinds of tokens. Django: `TokenType`. */
export type TokenType = "text" | "variable" | "block" | "comment";

/** A piece of a template. Django: `Token`. */
export class Token {
  readonly type: TokenType;
  /** The text of a text token; of the others what stands between the braces, without white space around it. */
  readonly contents: string;
  /** Where the token begins in the source, in UTF-16 units. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
  /** The line that it begins on, from 1. */
  readonly line: number;

  constructor(type: TokenType, contents: string, start: number, end: number, line: number) {
    this.type = type;
    this.contents = contents;
    this.start = start;
    this.end = end;
    this.line = line;
  }

  /**
   * The words of a tag; strings in quotes, and `_("...")`, stay whole. Django: `split_contents`.
   *
   * @example
   * // {% url "detail" question.id as target %}
   * token.splitContents(); // ["url", '"detail"', "question.id", "as", "target"]
   */
  splitContents(): string[] {
    const words: string[] = [];
    const bits = smartSplit(this.contents)[Symbol.iterator]();
    for (let next = bits.next(); next.done !== true; next = bits.next()) {
      let word = next.value;
      if (word.startsWith('_("') || word.startsWith("_('")) {
        const closing = `${word.charAt(2)})`;
        for (let rest = word; !rest.endsWith(closing);) {
          const following = bits.next();
          if (following.done === true) break;
          rest = following.value;
          word += ` ${rest}`;
        }
      }
      words.push(word);
    }
    return words;
  }
}
