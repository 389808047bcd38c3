// Filters for numbers.

import { numberFormat } from "@tsgo/i18n/formats";
import { ngettext } from "@tsgo/i18n/translation";
import { isDecimal } from "@tsgo/utils/decimal";
import { avoidWrapping } from "@tsgo/utils/html";
import { isSafe, markSafe } from "@tsgo/utils/safestring";
import { textForm } from "@tsgo/utils/text-form";

import type { Library } from "../library/library.ts";
import { toInteger, toNumber } from "../runtime/number.ts";
import { FilterArgumentError } from "./argument.ts";
import { floatformat } from "./floatformat.ts";

/** Registers the filters for numbers. */
export function registerNumberFilters(register: Library): void {
  register.filter("add", add);
  register.filter("divisibleby", divisibleby);
  register.filter("filesizeformat", filesizeformat, { isSafe: true });
  register.filter("floatformat", floatformat, { isSafe: true, argument: "optional" });
  register.filter("get_digit", getDigit);
}

function add(value: unknown, argument: unknown): unknown {
  const [a, b] = [toInteger(value), toInteger(argument)];
  if (a !== undefined && b !== undefined) return sum(a, b, value, argument);
  if (Array.isArray(value) && Array.isArray(argument)) return [...(value as unknown[]), ...(argument as unknown[])];
  if (isText(value) && isText(argument)) {
    const text = textForm(value) + textForm(argument);
    return isSafe(value) && isSafe(argument) ? markSafe(text) : text;
  }
  return addByMethod(value, argument);
}

function isText(value: unknown): boolean {
  return typeof value === "string" || isSafe(value);
}

function sum(a: number, b: number, value: unknown, argument: unknown): number | bigint {
  if (Number.isSafeInteger(a + b)) return a + b;
  const exact = wholeOf(value) + wholeOf(argument);
  return typeof value === "bigint" || typeof argument === "bigint" || BigInt(Number(exact)) !== exact
    ? exact
    : Number(exact);
}

function wholeOf(value: unknown): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return BigInt(Math.trunc(value));
  return BigInt(isDecimal(value) ? value.trunc().toFixed() : textForm(value).trim());
}

// Dates and decimals have an `add` or `plus` of their own.
function addByMethod(value: unknown, argument: unknown): unknown {
  if (typeof value !== "object" || value === null || typeof argument !== "object") return "";
  const { add: own } = value as { add?: unknown };
  if (typeof own !== "function" || value instanceof Set) return "";
  try {
    return (own as (argument: unknown) => unknown).call(value, argument);
  } catch {
    return "";
  }
}

function divisibleby(value: unknown, argument: unknown): boolean {
  const [a, b] = [wholeNumber(value), wholeNumber(argument)];
  if (b === 0n) throw new FilterArgumentError("divisibleby cannot divide by zero.");
  return a % b === 0n;
}

function wholeNumber(value: unknown): bigint {
  if (toInteger(value) === undefined) throw new FilterArgumentError(`'${textForm(value)}' is no whole number.`);
  return typeof value === "boolean" ? BigInt(value) : wholeOf(value);
}

function getDigit(value: unknown, argument: unknown): unknown {
  const [number, position] = [toInteger(value), toInteger(argument)];
  if (number === undefined || position === undefined) return value;
  if (position < 1) return typeof value === "bigint" ? value : number;
  const digit = String(wholeNumber(value)).at(-position);
  if (digit === "-")
    throw new FilterArgumentError(`'${textForm(value)}' has a sign at place ${position}, not a digit.`);
  return digit === undefined ? 0 : Number(digit);
}

const UNITS = ["KB", "MB", "GB", "TB", "PB"];

function filesizeformat(value: unknown): unknown {
  const read = toNumber(value);
  if (Number.isNaN(read) || !Number.isFinite(read))
    return avoidWrapping(ngettext("%(size)d byte", "%(size)d bytes", 0).replace("%(size)d", "0"));
  const bytes = Math.trunc(read);
  const size = Math.abs(bytes);
  const sign = bytes < 0 ? "-" : "";
  if (size < 1024) {
    return avoidWrapping(sign + ngettext("%(size)d byte", "%(size)d bytes", size).replace("%(size)d", String(size)));
  }
  const power = Math.min(UNITS.length, Math.floor(Math.log2(size) / 10));
  const amount = numberFormat((size / 1024 ** power).toFixed(1), { decimalPos: 1 });
  return avoidWrapping(`${sign}${textForm(amount)} ${UNITS[power - 1] ?? ""}`);
}
