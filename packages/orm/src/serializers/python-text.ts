// Numbers and moments as Django writes them into fixtures.

import type { Decimal } from "decimal.js";

import type { PlainTime } from "../values/temporal.ts";
import { timeText } from "../values/text.ts";

/** A floating-point number as Python writes it: `4.0`, `1e+16`, `1.5e-05`. */
export function floatText(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  const [digits = "0", exponentText = "0"] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) return `${digits}e${exponent < 0 ? "-" : "+"}${pad(Math.abs(exponent), 2)}`;
  // In this range JavaScript writes no exponent either.
  const plain = String(value);
  return plain.includes(".") ? plain : `${plain}.0`;
}

/** A decimal as Python writes one with so many places: `12.50`, and `0E-8` for a zero with many. */
export function decimalText(value: Decimal, places: number | undefined): string {
  if (places === undefined) return value.toFixed();
  const fixed = value.toFixed(places);
  const digits = fixed.replaceAll(/[-.]/g, "").replace(/^0+(?=\d)/, "");
  const exponent = digits.length - 1 - places;
  if (places === 0 || exponent >= -6) return fixed;
  const sign = fixed.startsWith("-") ? "-" : "";
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
  return `${sign}${digits.slice(0, 1)}${fraction}E${exponent}`;
}

/** An instant: `2024-05-01T12:30:00Z`, with milliseconds where there are some. */
export function instantIso(value: Date): string {
  return value.toISOString().replace(".000Z", "Z");
}

/** A time of day, with three digits behind the seconds where these are enough, as Django has, and six where more would be lost. */
export function timeIso(value: PlainTime): string {
  const text = timeText(value);
  return /\.\d{3}000$/.test(text) ? text.slice(0, -3) : text;
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, "0");
}
