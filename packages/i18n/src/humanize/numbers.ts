// Numbers as people say them.

import { isDecimal } from "@tsgo/utils/decimal";
import { parseInteger } from "@tsgo/utils/integers";
import type { NumberLike } from "@tsgo/utils/numberformat";
import { SafeString } from "@tsgo/utils/safestring";
import { textForm } from "@tsgo/utils/text-form";
import { Decimal } from "decimal.js";

import { numberFormat } from "../formats/numbers.ts";
import { gettext, ngettext, pgettext } from "../translation/gettext.ts";

const ENDINGS = ["th", "st", "nd", "rd", "th", "th", "th", "th", "th", "th"];
const WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/**
 * A number with its ending: `1st`, `2nd`. What is no integer comes back as it is. Django: `ordinal`.
 */
export function ordinal(value: unknown): unknown {
  const number = parseInteger(value);
  if (number === undefined) return value;
  if (number < 0n) return String(number);
  const [hundredth, tenth] = [Number(number % 100n), Number(number % 10n)];
  const template =
    hundredth >= 11 && hundredth <= 13
      ? pgettext("ordinal 11, 12, 13", "{}th")
      : pgettext(`ordinal ${tenth}`, `{}${ENDINGS[tenth] ?? "th"}`);
  return new SafeString(template.replace("{}", String(number)));
}

/**
 * A number with its digits in groups of three. Text is taken for a number where it is one. Django: `intcomma`.
 *
 * @param useL10n Whether to group in the way of the language in force, or with commas.
 */
export function intcomma(value: unknown, { useL10n = true }: { useL10n?: boolean } = {}): string | SafeString {
  const number = useL10n ? toNumber(value) : undefined;
  return number === undefined
    ? withCommas(textForm(value))
    : numberFormat(number, { useL10n: true, forceGrouping: true });
}

function toNumber(value: unknown): NumberLike | undefined {
  if (isDecimal(value) || (typeof value === "number" && !Number.isInteger(value))) return value;
  return parseInteger(value);
}

function withCommas(text: string): string {
  const [, sign = "", digits = ""] = /^(-?)(\d+)/.exec(text) ?? [];
  if (digits === "") return text;
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.push(digits.slice(Math.max(0, end - 3), end));
  return sign + groups.toReversed().join(",") + text.slice(sign.length + digits.length);
}

/** 10 to the power, and the word for so many. */
const LARGE_NUMBERS: readonly (readonly [power: number, singular: string, plural: string])[] = [
  [6, "%(value)s million", "%(value)s million"],
  [9, "%(value)s billion", "%(value)s billion"],
  [12, "%(value)s trillion", "%(value)s trillion"],
  [15, "%(value)s quadrillion", "%(value)s quadrillion"],
  [18, "%(value)s quintillion", "%(value)s quintillion"],
  [21, "%(value)s sextillion", "%(value)s sextillion"],
  [24, "%(value)s septillion", "%(value)s septillion"],
  [27, "%(value)s octillion", "%(value)s octillion"],
  [30, "%(value)s nonillion", "%(value)s nonillion"],
  [33, "%(value)s decillion", "%(value)s decillion"],
  [100, "%(value)s googol", "%(value)s googol"],
];

/** A large number in words: `1.2 million`. Below a million, and beyond words, the number itself. Django: `intword`. */
export function intword(value: unknown): unknown {
  const number = parseInteger(value);
  if (number === undefined) return value;
  const size = number < 0n ? -number : number;
  const large = size < 1_000_000n ? undefined : LARGE_NUMBERS.find(([power]) => size < 10n ** BigInt(power) * 1000n);
  if (large === undefined) return toPlainNumber(number);
  const [power, singular, plural] = large;
  const quotient = new Decimal(number.toString()).div(new Decimal(10).pow(power));
  const count = Number(quotient.abs().minus(1).toDecimalPlaces(0, Decimal.ROUND_UP).plus(1).toFixed(0));
  const shown = numberFormat(quotient.toFixed(1, Decimal.ROUND_HALF_UP), { decimalPos: 1 });
  return ngettext(singular, plural, count).replace("%(value)s", () => String(shown));
}

/** The words of one to nine; any other number as it is. Django: `apnumber`. */
export function apnumber(value: unknown): unknown {
  const number = parseInteger(value);
  if (number === undefined) return value;
  const word = number > 0n && number < 10n ? WORDS[Number(number) - 1] : undefined;
  return word === undefined ? toPlainNumber(number) : gettext(word);
}

function toPlainNumber(number: bigint): number | bigint {
  return Number.isSafeInteger(Number(number)) ? Number(number) : number;
}
