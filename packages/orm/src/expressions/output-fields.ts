// Which field goes with a literal, and with the result of arithmetic. Answers to Django's table of connector combinations.

import type { Field } from "../fields/field.ts";
import { BinaryField } from "../fields/binary.ts";
import { BooleanField } from "../fields/boolean.ts";
import { DateField, DateTimeField, DurationField, TimeField } from "../fields/dates.ts";
import { BigIntegerField, DecimalField, FloatField, IntegerField, isDecimal } from "../fields/numbers.ts";
import { CharField } from "../fields/text.ts";
import { isDuration, isPlainDate, isPlainTime } from "../values/temporal.ts";

/** The operators between two expressions. */
export type Operator = "+" | "-" | "*" | "/" | "%" | "^" | "&" | "|" | "#" | "<<" | ">>";

/** The field of a literal by its class, or undefined where it tells nothing. */
export function fieldOfValue(value: unknown): Field | undefined {
  switch (typeof value) {
    case "string":
      return new CharField();
    case "boolean":
      return new BooleanField();
    case "number":
      return Number.isInteger(value) ? new IntegerField() : new FloatField();
    case "bigint":
      return new BigIntegerField();
    case "object":
      return fieldOfObject(value);
    case "undefined":
    case "function":
    case "symbol":
  }
  return undefined;
}

function fieldOfObject(value: object | null): Field | undefined {
  if (value instanceof Date) return new DateTimeField();
  if (isPlainDate(value)) return new DateField();
  if (isPlainTime(value)) return new TimeField();
  if (isDuration(value)) return new DurationField();
  if (isDecimal(value)) return new DecimalField();
  if (value instanceof Uint8Array) return new BinaryField();
  return undefined;
}

const INTEGERS: ReadonlySet<string> = new Set([
  "IntegerField",
  "BigIntegerField",
  "SmallIntegerField",
  "PositiveIntegerField",
  "PositiveSmallIntegerField",
  "PositiveBigIntegerField",
  "AutoField",
  "BigAutoField",
  "SmallAutoField",
]);

/** The class that a field counts as in arithmetic: all integers are one. */
export function familyOf(field: Field): string {
  const type = field.targetValueField.internalType;
  return INTEGERS.has(type) ? "IntegerField" : type;
}

const ARITHMETIC: ReadonlySet<Operator> = new Set(["+", "-", "*", "/", "%", "^"]);

/** The field of `left operator right`, or undefined where the two do not go together without one being named. */
export function combinedField(
  operator: Operator,
  left: Field | undefined,
  right: Field | undefined,
): Field | undefined {
  if (left === undefined || right === undefined) return nullOperand(left ?? right);
  const a = familyOf(left);
  const b = familyOf(right);
  if (a === "IntegerField" && b === "IntegerField") return new IntegerField();
  if (ARITHMETIC.has(operator)) return numericField(a, b) ?? temporalField(operator, a, b);
  return undefined;
}

// The other operand is a literal null, which has the type of whatever stands beside it.
function nullOperand(field: Field | undefined): Field | undefined {
  return field;
}

function numericField(a: string, b: string): Field | undefined {
  const pair = new Set([a, b]);
  if (![...pair].every((type) => type === "IntegerField" || type === "FloatField" || type === "DecimalField"))
    return undefined;
  if (pair.has("FloatField") && pair.has("DecimalField")) return undefined;
  return pair.has("FloatField") ? new FloatField() : new DecimalField();
}

function temporalField(operator: Operator, a: string, b: string): Field | undefined {
  if (operator !== "+" && operator !== "-") return undefined;
  if (a === "DurationField" && b === "DurationField") return new DurationField();
  if (operator === "-" && a === b && (a === "DateField" || a === "TimeField" || a === "DateTimeField"))
    return new DurationField();
  if (b === "DurationField") return plusDuration(a);
  return a === "DurationField" && operator === "+" ? plusDuration(b) : undefined;
}

function plusDuration(type: string): Field | undefined {
  if (type === "DateField" || type === "DateTimeField") return new DateTimeField();
  return type === "TimeField" ? new TimeField() : undefined;
}
