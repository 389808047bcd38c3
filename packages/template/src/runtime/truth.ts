// What counts as true in a template: Python's idea of it, in which empty lists and mappings are false.

import { isDecimal } from "@tsgo/utils/decimal";
import { saysEmpty } from "@tsgo/utils/emptiness";
import { LazyText } from "@tsgo/utils/functional";
import { isPlainObject } from "@tsgo/utils/text-form";

/** Whether a value counts as true. */
export function isTruthy(value: unknown): boolean {
  if (typeof value === "number") return value !== 0;
  if (typeof value !== "object" || value === null) return Boolean(value);
  if (Array.isArray(value)) return value.length > 0;
  if (isPlainObject(value)) return hasKeys(value);
  if (isDecimal(value)) return !value.isZero();
  if (value instanceof LazyText) return String(value) !== "";
  return !isEmpty(value);
}

function hasKeys(value: object): boolean {
  for (const _ in value) return true;
  return false;
}

function isEmpty(value: object): boolean {
  if (saysEmpty(value)) return true;
  const { size, length, blank } = value as { size?: unknown; length?: unknown; blank?: unknown };
  // A Temporal.Duration of no length says so itself.
  return size === 0 || length === 0 || blank === true;
}
