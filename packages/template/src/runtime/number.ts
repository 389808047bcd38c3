import { isDecimal } from "@tsgo/utils/decimal";
import { isSafe } from "@tsgo/utils/safestring";

const NUMBER = /^\s*[-+]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[-+]?\d+)?\s*$/i;

/** A value as Python's `float()` reads it; NaN where it is no number. */
export function toNumber(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean" || typeof value === "bigint") return Number(value);
  if (isDecimal(value)) return value.toNumber();
  const text = isSafe(value) ? value.value : value;
  if (typeof text !== "string") return NaN;
  if (/^\s*[-+]?inf(?:inity)?\s*$/i.test(text)) return text.includes("-") ? -Infinity : Infinity;
  return NUMBER.test(text) ? Number(text.replaceAll("_", "")) : NaN;
}

/** A value as Python's `int()` reads it: digits in text, a number cut at its point; undefined where it is none. */
export function toInteger(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? Math.trunc(value) : undefined;
  if (typeof value === "boolean" || typeof value === "bigint") return Number(value);
  if (isDecimal(value)) return value.isFinite() ? value.trunc().toNumber() : undefined;
  const text = isSafe(value) ? value.value : value;
  if (typeof text !== "string" || !/^\s*[-+]?\d+(?:_\d+)*\s*$/.test(text)) return undefined;
  return Number(text.replaceAll("_", ""));
}
