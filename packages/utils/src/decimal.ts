// Decimals that print the digits they were written with, as Python's do: 1.50 stays 1.50.

import { Decimal } from "decimal.js";

/**
 * A Decimal that remembers how many digits stood behind its point. Its text form has as many; results of arithmetic
 * are plain Decimals.
 */
class ScaledDecimal extends Decimal {
  readonly #scale: number;

  constructor(value: Decimal.Value, scale: number) {
    super(value);
    this.#scale = scale;
  }

  /** Below zero for a number that was written with an exponent: 1E+3 has -3. */
  get scale(): number {
    return this.#scale;
  }

  override toString(): string {
    return decimalText(this);
  }

  override valueOf(): string {
    return decimalText(this);
  }

  override toJSON(): string {
    return decimalText(this);
  }
}

/**
 * Reads a decimal so that its text form keeps the zeros at its end, and the exponent it was written with. Python:
 * `Decimal("1.50")`, `quantize`.
 *
 * @param scale How many digits stand behind the point; as many as are written where it is left out.
 * @throws Error of decimal.js where the text is no number.
 *
 * @example
 * String(scaledDecimal("1.50")); // "1.50"
 * String(scaledDecimal("1.5", 2)); // "1.50"
 */
export function scaledDecimal(value: Decimal.Value, scale?: number): Decimal {
  const decimal = new Decimal(value);
  const wanted = scale ?? (typeof value === "string" ? writtenScale(value) : decimal.decimalPlaces());
  const isKept = decimal.isFinite() && (wanted < 0 || wanted > decimal.decimalPlaces());
  return isKept ? new ScaledDecimal(decimal, wanted) : decimal;
}

function writtenScale(text: string): number {
  const [, fraction = "", exponent = "0"] = /^[+-]?\d*(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  return fraction.length - Number(exponent);
}

/** Whether a value is a Decimal, of this copy of decimal.js or of another one. */
export function isDecimal(value: unknown): value is Decimal {
  return Decimal.isDecimal(value);
}

/**
 * The text of a decimal: an exponent only for what is very small or was written with one. Python: `str(decimal)`.
 *
 * @example
 * decimalText(new Decimal("0.00000001")); // "1E-8"
 */
export function decimalText(decimal: Decimal): string {
  if (!decimal.isFinite()) return decimal.isNaN() ? "NaN" : decimal.isNegative() ? "-Infinity" : "Infinity";
  const scale = scaleOf(decimal);
  // Digits before the point when the number is written with a single exponent behind all of its digits.
  const exponent = decimal.isZero() ? -scale : decimal.e;
  if (scale >= 0 && exponent >= -6) return decimalFixed(decimal);
  const digits = decimal.isZero() ? 0 : Math.max(0, decimal.e + scale);
  const [coefficient = ""] = decimal.abs().toExponential(digits).split("e");
  return `${decimal.isNegative() ? "-" : ""}${coefficient}E${exponent < 0 ? "" : "+"}${exponent}`;
}

/** The text of a decimal without an exponent, however long. Python: `f"{decimal:f}"`. */
export function decimalFixed(decimal: Decimal): string {
  const text = decimal.abs().toFixed(Math.max(0, scaleOf(decimal)));
  return decimal.isNegative() ? `-${text}` : text;
}

/**
 * How many digits a decimal has in all and behind its point, as a column would have to hold it: 0.01 has two of both,
 * 1E+3 has four in all.
 */
export function decimalDigits(decimal: Decimal): { readonly digits: number; readonly decimals: number } {
  const scale = scaleOf(decimal);
  const written = decimal.isZero() ? 1 : Math.max(1, decimal.e + scale + 1);
  if (scale <= 0) return { digits: decimal.isZero() ? 1 : written - scale, decimals: 0 };
  return { digits: Math.max(scale, written), decimals: scale };
}

function scaleOf(decimal: Decimal): number {
  return decimal instanceof ScaledDecimal ? decimal.scale : decimal.decimalPlaces();
}
