/** A regular expression that Python would not compile, or that uses what cannot be expressed here. */
export class RegexError extends SyntaxError {
  readonly pattern: string;
  /** Where in `pattern`, in UTF-16 units from 0. */
  readonly position: number;

  constructor(message: string, pattern: string, position: number) {
    super(`"${pattern}" is not a valid regular expression: ${message} at position ${position}`);
    this.name = "RegexError";
    this.pattern = pattern;
    this.position = position;
  }
}

/** A regular expression that matches well but from which no text can be made: it holds `(?i)`, a comment, ... */
export class NonReversibleRegexError extends RangeError {
  readonly pattern: string;

  constructor(pattern: string, part: string) {
    super(`No text can be made from the regular expression "${pattern}": ${part} stands for no single text`);
    this.name = "NonReversibleRegexError";
    this.pattern = pattern;
  }
}
