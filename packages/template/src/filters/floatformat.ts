import { fromSettings, isConfigured } from "@tsgo/core/conf";
import { getFormat, numberFormat } from "@tsgo/i18n/formats";
import { isDecimal, scaledDecimal } from "@tsgo/utils/decimal";
import { markSafe } from "@tsgo/utils/safestring";
import { textForm } from "@tsgo/utils/text-form";

import { toInteger, toNumber } from "../runtime/number.ts";

const HALF_UP = 4;
const POWERS: readonly number[] = [1, 10, 100, 1e3, 1e4, 1e5, 1e6];
const FIVE = "5".charCodeAt(0);
// A number of more digits would fill the memory when it is written out.
const MOST_DIGITS = 200;
const MOST_PLACES = 1000;
const DECIMAL = /^\s*[-+]?(\d*)(?:\.(\d*))?(?:e([-+]?\d+))?\s*$/i;

interface Wanted {
  /** What remains of the argument without its letters, as a number; undefined where it is none. */
  readonly places: number | undefined;
  readonly useL10n: boolean;
  readonly forceGrouping: boolean;
}

/**
 * A number with so many places behind the point. A negative number of places leaves them off where there is nothing
 * behind the point; `g` behind it puts digits into groups, `u` takes no notice of the language.
 */
export function floatformat(value: unknown, argument?: unknown): unknown {
  const format = wanted(argument);
  if (typeof value === "number" && roundsAsBinary(value, format.places)) {
    return markSafe(inLanguage(withoutZeroSign(value.toFixed(format.places)), format));
  }
  const text = typeof value === "boolean" ? String(Number(value)) : textForm(value);
  if (format.places !== undefined && Math.abs(format.places) <= MOST_PLACES && isPlain(value, text)) {
    return markSafe(inLanguage(withoutZeroSign(roundPlain(text, format.places)), format));
  }
  const digits = readable(text);
  if (digits === undefined) return "";
  if (!/\d/.test(digits)) return infinite(Number(digits));
  const { places } = format;
  if (places === undefined || Math.abs(places) > MOST_PLACES || isTooLong(digits)) return text;
  const rounded = roundDecimal(isDecimal(value) ? value : scaledDecimal(digits), places);
  return markSafe(inLanguage(withoutZeroSign(rounded), format));
}

// JavaScript rounds the binary value of a number, Django the decimal that it is written as. They differ only where that
// ends in a 5 right behind the last place; elsewhere JavaScript does it in half of the time.
function roundsAsBinary(value: number, places: number | undefined): places is number {
  if (places === undefined || places < 1 || places > 6) return false;
  const scaled = Math.abs(value) * (POWERS[places] ?? 1);
  return scaled < 1e10 && Math.abs(scaled - Math.floor(scaled) - 0.5) > 1e-4;
}

function withoutZeroSign(number: string): string {
  return number.startsWith("-") && !/[1-9]/.test(number) ? number.slice(1) : number;
}

const groupsDigits = fromSettings(({ USE_THOUSAND_SEPARATOR }) => USE_THOUSAND_SEPARATOR);

// Without settings there is no language, and without groups of digits only the point differs between languages.
function inLanguage(number: string, { useL10n, forceGrouping }: Wanted): string {
  if (!isConfigured()) return number;
  if (forceGrouping || (useL10n && groupsDigits())) {
    return textForm(numberFormat(number, { decimalPos: decimalsOf(number), useL10n, forceGrouping }));
  }
  const separator = getFormat("DECIMAL_SEPARATOR", { useL10n });
  return separator === "." ? number : number.replace(".", separator);
}

const PLAIN = /^-?\d{1,15}(?:\.\d{1,20})?$/;

// Most numbers are short, and are rounded digit by digit, many times faster than by decimal.js.
function roundPlain(digits: string, count: number): string {
  const point = digits.indexOf(".");
  const whole = point === -1 ? digits : digits.slice(0, point);
  const fraction = point === -1 ? "" : digits.slice(point + 1);
  const places = count <= 0 && (fraction === "" || !/[1-9]/.test(fraction)) ? 0 : Math.abs(count);
  if (fraction.length <= places) return places === 0 ? whole : `${whole}.${fraction.padEnd(places, "0")}`;
  const isUp = fraction.charCodeAt(places) >= FIVE;
  if (!isUp) return places === 0 ? whole : `${whole}.${fraction.slice(0, places)}`;
  const sign = whole.startsWith("-") ? "-" : "";
  const rounded = increment(whole.slice(sign.length) + fraction.slice(0, places));
  return places === 0 ? sign + rounded : `${sign}${rounded.slice(0, -places)}.${rounded.slice(-places)}`;
}

function isPlain(value: unknown, text: string): boolean {
  // A number that is written without an exponent is plain by its type.
  return typeof value === "number" ? Math.abs(value) < 1e15 && !text.includes("e") : PLAIN.test(text);
}

function increment(digits: string): string {
  let at = digits.length - 1;
  while (at >= 0 && digits.charCodeAt(at) === 57) at -= 1;
  const nines = "0".repeat(digits.length - 1 - at);
  return at < 0 ? `1${nines}` : `${digits.slice(0, at)}${Number(digits.charAt(at)) + 1}${nines}`;
}

function roundDecimal(decimal: ReturnType<typeof scaledDecimal>, count: number): string {
  const places = decimal.isInteger() && count <= 0 ? 0 : Math.abs(count);
  return decimal.toFixed(places, HALF_UP);
}

function decimalsOf(digits: string): number {
  const point = digits.indexOf(".");
  return point === -1 ? 0 : digits.length - point - 1;
}

const parsed = new Map<unknown, Wanted>();

// The argument is nearly always one of a few literals.
function wanted(argument: unknown): Wanted {
  const key = typeof argument === "object" ? undefined : argument;
  const known = argument === undefined || key !== undefined ? parsed.get(key) : undefined;
  if (known !== undefined) return known;
  const read = parseArgument(argument);
  if (parsed.size < 100 && typeof argument !== "object") parsed.set(argument, read);
  return read;
}

function parseArgument(argument: unknown): Wanted {
  const text = argument === undefined ? "-1" : textForm(argument);
  const letters = /[gu]{0,2}$/.exec(text)?.[0] ?? "";
  const isKnown = letters === "g" || letters === "u" || letters === "gu" || letters === "ug";
  const places = isKnown ? text.slice(0, -letters.length) : text;
  return {
    places: toInteger(places === "" && isKnown ? "-1" : places),
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
  if (digits.length < 50 && !/e/i.test(digits)) return false;
  const match = DECIMAL.exec(digits);
  if (match === null) return false;
  const [, whole = "", fraction = "", exponent = "0"] = match;
  const significant = (whole + fraction).replace(/^0+/, "").length || 1;
  return significant + Math.abs(Number(exponent) - fraction.length) > MOST_DIGITS;
}
