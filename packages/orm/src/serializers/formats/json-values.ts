// JSON as Django writes it, which is Python's with moments, decimals and UUIDs as texts.

import type { Field } from "../../fields/field.ts";
import { DecimalField, FloatField, isDecimal } from "../../fields/numbers.ts";
import { isPlainDate, isPlainTime } from "../../values/temporal.ts";
import { isWellFormed } from "../../values/well-formed.ts";
import { SerializationError } from "../errors.ts";
import { decimalText, floatText, instantIso, timeIso } from "../python-text.ts";

/** A number whose digits are settled. */
class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A value in the classes that `writeJson` knows. */
export function encodeForJson(value: unknown, field: Field | undefined): unknown {
  if (typeof value === "number" && field instanceof FloatField) {
    assertFinite(value);
    return new NumberText(floatText(value));
  }
  return textOfValue(value, field) ?? value;
}

/** A moment or decimal as text; undefined for anything else. */
export function textOfValue(value: unknown, field: Field | undefined): string | undefined {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw new SerializationError("An invalid Date is no point in time.");
    return instantIso(value);
  }
  if (isDecimal(value)) return decimalText(value, field instanceof DecimalField ? field.decimalPlaces : undefined);
  if (isPlainDate(value)) return value.toString();
  return isPlainTime(value) ? timeIso(value) : undefined;
}

/** How JSON is laid out. */
export interface JsonLayout {
  readonly indent: number | undefined;
  /** What stands between items on one line. */
  readonly separator: "," | ", ";
}

/** A value as JSON text. */
export function writeJson(value: unknown, layout: JsonLayout, level = 0): string {
  if (value instanceof NumberText) return value.text;
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number") assertFinite(value);
  if (typeof value === "string" && !isWellFormed(value))
    throw new SerializationError("The text has half of a surrogate pair, which no file can hold.");
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = (item: unknown): string => writeJson(item, layout, level + 1);
  if (Array.isArray(value)) return bracketed("[", value.map(inner), "]", layout, level);
  const entries = Object.entries(value).map(([key, item]) => `${writeJson(key, layout)}: ${inner(item)}`);
  return bracketed("{", entries, "}", layout, level);
}

function bracketed(open: string, items: readonly string[], close: string, layout: JsonLayout, level: number): string {
  const { indent, separator } = layout;
  if (items.length === 0) return open + close;
  if (indent === undefined) return open + items.join(separator) + close;
  const line = (depth: number): string => `\n${" ".repeat(indent * depth)}`;
  return open + items.map((item) => line(level + 1) + item).join(",") + line(level) + close;
}

function assertFinite(value: number): void {
  if (!Number.isFinite(value)) throw new SerializationError(`JSON has no number ${value}.`);
}

/**
 * Reads JSON. Whole numbers that a JavaScript number cannot hold become texts, which integer fields read as they are.
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  // Any text with that many digits in a row is looked at once more.
  if (!/\d{16}/.test(text)) return JSON.parse(text) as unknown;
  const exact = text.replaceAll(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs, (token) =>
    /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
  );
  return JSON.parse(exact) as unknown;
}
