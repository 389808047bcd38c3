// Values in the few classes that every format knows how to write.

import type { Field } from "../fields/field.ts";
import { JSONField } from "../fields/json.ts";
import { isDecimal } from "../fields/numbers.ts";
import type { ModelBase } from "../models/model.ts";
import { isPlainDate, isPlainTime } from "../values/temporal.ts";

/** A field's value as a number, boolean, text, date, time, decimal, or what JSON can hold; null for none. */
export function plainValue(object: ModelBase, field: Field): unknown {
  const value = field.valueFromObject(object) ?? null;
  const holder = valueField(field);
  // By way of the text, so that nothing is left but what JSON knows.
  if (holder instanceof JSONField) return value === null ? null : (JSON.parse(holder.encode(value)) as unknown);
  return isPlain(value) ? value : field.valueToString(object);
}

/** The field whose kind of value a field has: the target of a foreign key, what a generated column comes out as. */
export function valueField(field: Field): Field {
  return field.generated ? field.outputField : field.targetValueField;
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
