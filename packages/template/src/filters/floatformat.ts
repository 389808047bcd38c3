import { numberFormat } from "@tsgo/i18n/formats";
import { isDecimal, scaledDecimal } from "@tsgo/utils/decimal";
import { markSafe } from "@tsgo/utils/safestring";
import { textForm } from "@tsgo/utils/text-form";

import { toInteger, toNumber } from "../runtime/number.ts";

const HALF_UP = 4;
// A number of more digits would fill the memory when it is written out.
const MOST_DIGITS = 200;
const DECIMAL = /^\s*[-+]?(\d*)(?:\.(\d*))?(?:e([-+]?\d+))?\s*$/i;

interface Wanted {
  /** What remains of the argument without its letters. */
  readonly places: unknown;
  readonly useL10n: boolean;
  readonly forceGrouping: boolean;
}

/**
 * A number with so many places behind the point. A negative number of places leaves them off where there is nothing
 * behind the point; `g` behind it puts digits into groups, `u` takes no notice of the language.
 */
export function floatformat(value: unknown, argument?: unknown): unknown {
  const { places, useL10n, forceGrouping } = parseArgument(argument);
  const text = typeof value === "boolean" ? String(Number(value)) : textForm(value);
  const digits = readable(text);
  if (digits === undefined) return "";
  const count = toInteger(places);
  if (!Number.isFinite(Number(digits)) && !/\d/.test(digits)) return infinite(Number(digits));
  if (count === undefined || isTooLong(digits) || Math.abs(count) > MOST_DIGITS * 5) return text;
  const decimal = isDecimal(value) ? value : scaledDecimal(digits);
  const isWhole = decimal.isInteger();
  const shown = isWhole && count <= 0 ? 0 : Math.abs(count);
  const rounded = decimal.toFixed(shown, HALF_UP);
  const number = /[1-9]/.test(rounded) ? rounded : rounded.replace("-", "");
  return markSafe(textForm(numberFormat(number, { decimalPos: shown, useL10n, forceGrouping })));
}

function parseArgument(argument: unknown): Wanted {
  const text = argument === undefined ? "-1" : textForm(argument);
  const letters = /[gu]{0,2}$/.exec(text)?.[0] ?? "";
  const isKnown = letters === "g" || letters === "u" || letters === "gu" || letters === "ug";
  const places = isKnown ? text.slice(0, -letters.length) : text;
  return {
    places: places === "" && isKnown ? "-1" : places,
    useL10n: !(isKnown && letters.includes("u")),
    forceGrouping: isKnown && letters.includes("g"),
  };
}

/** The number in a text as decimal digits; undefined where there is none. */
function readable(text: string): string | undefined {
  const trimmed = text.trim().replaceAll("_", "");
  const match = DECIMAL.exec(trimmed);
  if (match !== null && (match[1] !== "" || (match[2] ?? "") !== "")) return trimmed;
  if (/^[-+]?nan$/i.test(trimmed)) return "NaN";
  const number = toNumber(text);
  return Number.isNaN(number) ? undefined : String(number);
}

// As Django writes them.
function infinite(number: number): string {
  if (Number.isNaN(number)) return "nan";
  return number < 0 ? "-inf" : "inf";
}

function isTooLong(digits: string): boolean {
  const match = DECIMAL.exec(digits);
  if (match === null) return false;
  const [, whole = "", fraction = "", exponent = "0"] = match;
  const significant = (whole + fraction).replace(/^0+/, "").length || 1;
  return significant + Math.abs(Number(exponent) - fraction.length) > MOST_DIGITS;
}
