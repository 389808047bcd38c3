// Values in the few classes that every format knows how to write.

import type { Field } from "../fields/field.ts";
import { JSONField } from "../fields/json.ts";
import { isDecimal } from "../fields/numbers.ts";
import type { ModelBase } from "../models/model.ts";
import { isPlainDate, isPlainTime } from "../values/temporal.ts";

/** A field's value as a number, boolean, text, date, time, decimal, or what JSON can hold; null for none. */
export function plainValue(object: ModelBase, field: Field): unknown {
  const value = field.valueFromObject(object) ?? null;
  const { targetValueField } = field;
  // By way of the text, so that nothing is left but what JSON knows.
  if (targetValueField instanceof JSONField)
    return value === null ? null : (JSON.parse(targetValueField.encode(value)) as unknown);
  return isPlain(value) ? value : field.valueToString(object);
}

/** A part of a natural key in the same few classes. */
export function plainPart(value: unknown): unknown {
  return isPlain(value) ? value : String(value);
}

function isPlain(value: unknown): boolean {
  return (
    value === null ||
    typeof value === "number" ||
    typeof value === "boolean" ||
    typeof value === "bigint" ||
    value instanceof Date ||
    isDecimal(value) ||
    isPlainDate(value) ||
    isPlainTime(value)
  );
}
