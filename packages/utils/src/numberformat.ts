// Numbers as text: with a decimal separator, a number of decimals, and groups of digits.

import { Decimal } from "decimal.js";

import { decimalFixed, isDecimal } from "./decimal.ts";
import { SafeString } from "./safestring.ts";

/** What numbers can be formatted: a string is taken as written. */
export type NumberLike = number | bigint | Decimal | string;

/** Digits in a group: one length for all, or the lengths from the right, of which the last stays (0 repeats the one before). */
export type Grouping = number | readonly number[];

/** How a number is written. */
export interface NumberFormatOptions {
  /** Digits behind the decimal separator. More are cut off, not rounded; fewer are filled with zeros. */
  readonly decimalPos?: number | null | undefined;
  readonly grouping?: Grouping;
  readonly thousandSep?: string;
  /** Whether to group the digits at all. */
  readonly useGrouping?: boolean;
}

/** A number of more digits, zeros included, is written with an exponent: it would fill the memory. */
const MOST_DIGITS = 200;

/**
 * Writes a number as text. An integer that needs no change is safe for HTML at once. Django: `numberformat.format`.
 *
 * @example
 * format(1234567.891, ".", { decimalPos: 2, grouping: 3, thousandSep: ",", useGrouping: true }); // "1,234,567.89"
 */
export function format(number: NumberLike, decimalSep: string, options: NumberFormatOptions = {}): string | SafeString {
  const { decimalPos, grouping = 0, useGrouping = false } = options;
  if (number === "") return new SafeString("");
  if (isInteger(number) && !(useGrouping && grouping !== 0) && !decimalPos) return new SafeString(String(number));
  const decimal = exactDecimal(number);
  return decimal === undefined
    ? layOut(String(number), decimalSep, options)
    : formatDecimal(decimal, decimalSep, options);
}

// Beyond 2^53 a number stands for a range of integers, and counts as a fraction.
function isInteger(number: NumberLike): boolean {
  return typeof number === "bigint" || Number.isSafeInteger(number);
}

// Numbers that JavaScript would write with an exponent, too.
function exactDecimal(number: NumberLike): Decimal | undefined {
  if (isDecimal(number)) return number;
  const isExponential = typeof number === "number" && Number.isFinite(number) && String(number).includes("e");
  return isExponential ? new Decimal(number) : undefined;
}

function formatDecimal(number: Decimal, decimalSep: string, options: NumberFormatOptions): string {
  if (!number.isFinite()) return String(number);
  const { decimalPos } = options;
  const visible = isTooSmall(number, decimalPos) ? new Decimal(0) : number;
  const exponent = visible.e - visible.precision() + 1;
  if (Math.abs(exponent) + visible.precision() <= MOST_DIGITS)
    return layOut(decimalFixed(visible), decimalSep, options);
  const [coefficient = "", power = ""] = visible.toExponential().split("e");
  return `${layOut(coefficient, decimalSep, options)}e${power}`;
}

// Too small to show in the decimals that were asked for.
function isTooSmall(number: Decimal, decimalPos: number | null | undefined): boolean {
  if (decimalPos === null || decimalPos === undefined) return false;
  return number.abs().lessThan(new Decimal(`1e-${Math.max(1, decimalPos)}`));
}

function layOut(text: string, decimalSep: string, options: NumberFormatOptions): string {
  const { decimalPos, grouping = 0, thousandSep = "", useGrouping = false } = options;
  const sign = text.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = text.slice(sign.length).split(".");
  const decimals =
    decimalPos === null || decimalPos === undefined ? fraction : fraction.slice(0, decimalPos).padEnd(decimalPos, "0");
  const digits = useGrouping && grouping !== 0 ? group(whole, grouping, thousandSep) : whole;
  return sign + digits + (decimals === "" ? "" : decimalSep + decimals);
}

function group(digits: string, grouping: Grouping, separator: string): string {
  const lengths = typeof grouping === "number" ? [grouping] : [...grouping];
  let length = lengths.shift() ?? 0;
  if (length <= 0) return digits;
  const groups: string[] = [];
  let end = digits.length;
  for (; end > length; length = lengths.shift() || length) {
    groups.push(digits.slice(end - length, end));
    end -= length;
  }
  groups.push(digits.slice(0, end));
  return groups.toReversed().join(separator);
}
