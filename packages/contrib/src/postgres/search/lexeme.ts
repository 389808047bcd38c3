import { FieldError } from "@tsgo/core/exceptions";

import type { SearchWeight } from "./vector.ts";

/** What a lexeme takes beside its word. */
export interface LexemeOptions {
  /** Finds words that begin with it. */
  readonly prefix?: boolean;
  /** Finds it only among words of this weight. */
  readonly weight?: SearchWeight;
  /** Finds what does not have it. */
  readonly invert?: boolean;
}

/**
 * A word of a search, safe whatever characters it has. Answers to `Lexeme` (Django 6.0).
 *
 * @example new SearchQuery(new Lexeme("fat").both(new Lexeme("ca", { prefix: true })))
 */
export class Lexeme {
  // As `to_tsquery` reads it.
  protected readonly sql: string;

  constructor(word: string, { prefix = false, weight, invert = false }: LexemeOptions = {}) {
    if (typeof word !== "string" || word === "") throw new FieldError("A Lexeme is a text that is not empty.");
    if (word.includes("\0")) throw new FieldError("A Lexeme cannot have null characters.");
    if (weight !== undefined && !["A", "B", "C", "D"].includes(weight))
      throw new FieldError(`The weight of a Lexeme is A, B, C or D, not ${JSON.stringify(weight)}.`);
    const marks = `${prefix ? "*" : ""}${weight ?? ""}`;
    const quoted = `'${word.replaceAll(/['\\]/g, "$&$&")}'`;
    this.sql = `${invert ? "!" : ""}${quoted}${marks === "" ? "" : `:${marks}`}`;
  }

  static #of(sql: string): Lexeme {
    return Object.assign(Object.create(Lexeme.prototype) as Lexeme, { sql });
  }

  /** Has both. */
  both(other: Lexeme): Lexeme {
    return Lexeme.#of(`(${String(this)} & ${String(other)})`);
  }

  /** Has at least one of the two. */
  either(other: Lexeme): Lexeme {
    return Lexeme.#of(`(${String(this)} | ${String(other)})`);
  }

  /** Does not have it. */
  not(): Lexeme {
    return Lexeme.#of(`!(${String(this)})`);
  }

  /** As `to_tsquery` reads it. */
  toString(): string {
    return this.sql;
  }
}

/** Whether a value is a lexeme. */
export function isLexeme(value: unknown): value is Lexeme {
  return value instanceof Lexeme;
}
