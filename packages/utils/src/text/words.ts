// Small changes to words and lists of words.

import type { SafeString } from "../safestring.ts";
import { textForm } from "../text-form.ts";
import { translator } from "../translation.ts";
import { nextIndex } from "./characters.ts";
import { strip } from "./whitespace.ts";

/** The text with its first character in upper case. Django: `capfirst`. */
export function capfirst(text: string | SafeString): string {
  const whole = String(text);
  const second = nextIndex(whole, 0);
  return whole.slice(0, second).toUpperCase() + whole.slice(second);
}

/**
 * Joins texts with commas, and the last one with a word. Django: `get_text_list`.
 *
 * @param lastWord `or` in the language in force, unless given.
 *
 * @example
 * getTextList(["a", "b", "c"], "and"); // "a, b and c"
 */
export function getTextList(list: readonly unknown[], lastWord?: string): string {
  const texts = list.map(textForm);
  const last = texts.pop();
  if (last === undefined) return "";
  if (texts.length === 0) return last;
  const translate = translator();
  const comma = translate.gettext(", ");
  return `${texts.join(comma)} ${lastWord ?? translate.gettext("or")} ${last}`;
}

const CAPITAL = /(?<=[a-z])[A-Z]|[A-Z](?![A-Z]|\n?$)/g;

/** `getHTTPCode` as `get http code`. Django: `camel_case_to_spaces`. */
export function camelCaseToSpaces(name: string | SafeString): string {
  return strip(String(name).replaceAll(CAPITAL, " $&")).toLowerCase();
}

const KEYPAD: Readonly<Record<string, string>> = {
  2: "abc",
  3: "def",
  4: "ghi",
  5: "jkl",
  6: "mno",
  7: "pqrs",
  8: "tuv",
  9: "wxyz",
};
const DIGIT_OF = new Map(
  Object.entries(KEYPAD).flatMap(([digit, letters]) => Array.from(letters, (letter) => [letter, digit])),
);

/** A telephone number with its letters turned into digits; all else in lower case. Django: `phone2numeric`. */
export function phone2numeric(phone: string | SafeString): string {
  return String(phone)
    .toLowerCase()
    .replaceAll(/[a-z]/g, (letter) => DIGIT_OF.get(letter) ?? letter);
}
