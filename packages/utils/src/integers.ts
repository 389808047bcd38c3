// Integers read from values of any kind.

import { isDecimal } from "./decimal.ts";
import { SafeString } from "./safestring.ts";
import { asciiDigits } from "./text/digits.ts";
import { strip } from "./text/whitespace.ts";

/** The longest text that is read as an integer. */
const MOST_DIGITS = 4300;
const INTEGER = /^[+-]?\d+(?:_\d+)*$/;

/**
 * The integer that a value is or says, cut off at its point; undefined where it is none. Python: `int(value)`.
 *
 * @example
 * parseInteger(" 12 "); // 12n
 * parseInteger("1.5"); // undefined
 */
export function parseInteger(value: unknown): bigint | undefined {
  if (typeof value === "bigint") return value;
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (typeof value === "number") return Number.isFinite(value) ? BigInt(Math.trunc(value)) : undefined;
  if (isDecimal(value)) return value.isFinite() && value.e < MOST_DIGITS ? BigInt(value.trunc().toFixed()) : undefined;
  return typeof value === "string" || value instanceof SafeString ? integerIn(String(value)) : undefined;
}

function integerIn(text: string): bigint | undefined {
  if (text.length > MOST_DIGITS) return undefined;
  const digits = asciiDigits(strip(text));
  return INTEGER.test(digits) ? BigInt(digits.replaceAll("_", "").replace("+", "")) : undefined;
}
