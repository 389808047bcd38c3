// What stands after a backslash in Python's syntax.

import type { Category } from "./nodes.ts";
import type { Scanner } from "./scanner.ts";

/** A character by its code or letter. */
export interface EscapedChar {
  readonly char: string;
  /** As written, without the backslash. */
  readonly source: string;
}

const CATEGORIES = "dDwWsS";
const CONTROL: Readonly<Record<string, string>> = {
  a: "\u0007",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};
const HEX_DIGITS: Readonly<Record<string, RegExp>> = {
  x: /[0-9a-fA-F]{2}/y,
  u: /[0-9a-fA-F]{4}/y,
  U: /[0-9a-fA-F]{8}/y,
};
const LAST_CODE_POINT = 0x10_ff_ff;

export function isCategory(letter: string): letter is Category {
  return letter !== "" && CATEGORIES.includes(letter);
}

/** Reads a character escape; the backslash has been taken, and what is ahead is neither a category nor a group's number. */
export function readEscapedChar(scanner: Scanner): EscapedChar {
  const start = scanner.position;
  if (scanner.atEnd) scanner.fail("bad escape (end of pattern)", start - 1);
  const char = readChar(scanner, start);
  return { char, source: scanner.pattern.slice(start, scanner.position) };
}

function readChar(scanner: Scanner, start: number): string {
  const octal = scanner.match(/0[0-7]{0,2}|[1-3][0-7]{2}/y);
  if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal[0], 8));
  const letter = scanner.next();
  const control = CONTROL[letter];
  if (control !== undefined) return control;
  const digits = HEX_DIGITS[letter];
  if (digits !== undefined) return readHex(scanner, letter, digits, start);
  if (/[a-zA-Z0-9]/.test(letter)) scanner.fail(`bad escape \\${letter}`, start - 1);
  return letter;
}

function readHex(scanner: Scanner, letter: string, digits: RegExp, start: number): string {
  const found = scanner.match(digits);
  if (found === undefined) return scanner.fail(`incomplete escape \\${letter}`, start - 1);
  const code = Number.parseInt(found[0], 16);
  if (code > LAST_CODE_POINT) scanner.fail(`bad escape \\${letter}${found[0]}`, start - 1);
  return String.fromCodePoint(code);
}
