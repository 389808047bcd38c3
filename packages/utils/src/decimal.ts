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

  override toString(): string {
    const digits = this.toFixed(this.#scale);
    return this.isZero() && this.isNegative() ? `-${digits}` : digits;
  }

  override valueOf(): string {
    return this.toString();
  }

  override toJSON(): string {
    return this.toString();
  }
}

/**
 * Reads a decimal so that its text form keeps the zeros at its end. Python: `Decimal("1.50")`, `quantize`.
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
  const digits = scale ?? (typeof value === "string" ? writtenScale(value) : 0);
  return decimal.isFinite() && digits > decimal.decimalPlaces() ? new ScaledDecimal(decimal, digits) : decimal;
}

// Only zeros that are written out are kept: "1.50e3" has no digit behind its point.
function writtenScale(text: string): number {
  const point = text.indexOf(".");
  return point === -1 || /[^\d.+-]/.test(text) ? 0 : text.length - point - 1;
}

/** Whether a value is a Decimal, of this copy of decimal.js or of another one. */
export function isDecimal(value: unknown): value is Decimal {
  return Decimal.isDecimal(value);
}
