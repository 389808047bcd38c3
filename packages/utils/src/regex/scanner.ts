import { RegexError } from "./errors.ts";

/** Walks over a pattern by code points, and fails with the place. */
export class Scanner {
  readonly pattern: string;
  position = 0;

  constructor(pattern: string) {
    this.pattern = pattern;
  }

  /** The character ahead, or an empty string at the end. */
  get ahead(): string {
    const code = this.pattern.codePointAt(this.position);
    return code === undefined ? "" : String.fromCodePoint(code);
  }

  get atEnd(): boolean {
    return this.position >= this.pattern.length;
  }

  /** Takes the character ahead. */
  next(): string {
    const char = this.ahead;
    if (char === "") this.fail("unexpected end of pattern");
    this.position += char.length;
    return char;
  }

  /** Takes `text` if it is ahead. */
  take(text: string): boolean {
    if (!this.pattern.startsWith(text, this.position)) return false;
    this.position += text.length;
    return true;
  }

  /** Takes what `pattern`, a sticky expression, matches here; undefined where it does not. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.pattern);
    if (found === null) return undefined;
    this.position += found[0].length;
    return found;
  }

  /** Takes everything up to `end`, and `end` itself. */
  until(end: string, what: string): string {
    const start = this.position;
    const stop = this.pattern.indexOf(end, start);
    if (stop === -1) this.fail(`missing ${end}, unterminated ${what}`, start);
    this.position = stop + end.length;
    return this.pattern.slice(start, stop);
  }

  fail(message: string, position = this.position): never {
    throw new RegexError(message, this.pattern, position);
  }
}
