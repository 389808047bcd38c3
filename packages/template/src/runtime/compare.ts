// The comparisons of `{% if %}`: Python's, in which lists are equal by their items and some things cannot be ordered.

import { isDecimal } from "@tsgo/utils/decimal";
import { LazyText } from "@tsgo/utils/functional";
import { isSafe } from "@tsgo/utils/safestring";
import { isPlainObject, textForm } from "@tsgo/utils/text-form";

import { mappingKeys } from "./iterate.ts";

type Ordered = number | bigint | string;

/** Whether two values are equal. */
export function equals(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  const x = simplify(a);
  const y = simplify(b);
  if (typeof x !== "object" || typeof y !== "object" || x === null || y === null) return equalPrimitives(x, y);
  if (Array.isArray(x)) return Array.isArray(y) && x.length === y.length && x.every((item, i) => equals(item, y[i]));
  if (x instanceof Set) return y instanceof Set && x.size === y.size && [...x].every((item) => y.has(item));
  if (isPlainObject(x) || x instanceof Map) return equalMappings(toMap(x), y);
  return equalByMethod(x, y);
}

// 1, 1n and true are the same to Python; a string is nothing but itself.
function equalPrimitives(x: unknown, y: unknown): boolean {
  if (typeof x === "string" || typeof y === "string") return x === y;
  if (x === null || y === null || typeof x === "object" || typeof y === "object") return false;
  const [first, second] = [toNumber(x), toNumber(y)];
  // oxlint-disable-next-line eqeqeq -- a number and a bigint are never strictly equal
  return first !== undefined && second !== undefined && first == second;
}

function toNumber(value: unknown): number | bigint | undefined {
  if (typeof value === "boolean") return Number(value);
  return typeof value === "number" || typeof value === "bigint" ? value : undefined;
}

// Dates and decimals as numbers, texts of all kinds as strings.
function simplify(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value !== "object" || value === null) return value;
  if (isSafe(value) || value instanceof LazyText) return String(value);
  if (isDecimal(value)) return value.toNumber();
  return value instanceof Date ? value.getTime() : value;
}

function toMap(value: object): ReadonlyMap<unknown, unknown> {
  return value instanceof Map ? value : new Map(Object.entries(value));
}

function equalMappings(x: ReadonlyMap<unknown, unknown>, other: object): boolean {
  if (!isPlainObject(other) && !(other instanceof Map)) return false;
  const y = toMap(other);
  return x.size === y.size && [...x].every(([key, value]) => y.has(key) && equals(value, y.get(key)));
}

// Models and Temporal's values say themselves what they equal.
function equalByMethod(x: object, y: object): boolean {
  const { equals: own } = x as { equals?: unknown };
  if (typeof own !== "function") return false;
  try {
    return own.call(x, y) === true;
  } catch {
    return false;
  }
}

/**
 * How `a` stands to `b`: a negative number, zero or a positive one, and NaN where they cannot be ordered, so that
 * every comparison of it with zero is false.
 */
export function compareValues(a: unknown, b: unknown): number {
  if (Array.isArray(a) && Array.isArray(b)) return compareLists(a, b);
  const x = orderable(a);
  const y = orderable(b);
  if (x === undefined || y === undefined || (typeof x === "string") !== (typeof y === "string")) return NaN;
  if (x < y) return -1;
  if (x > y) return 1;
  // oxlint-disable-next-line eqeqeq -- a number and a bigint are never strictly equal
  return x == y ? 0 : NaN;
}

function compareLists(a: readonly unknown[], b: readonly unknown[]): number {
  for (const [index, item] of a.entries()) {
    if (index >= b.length) return 1;
    if (!equals(item, b[index])) return compareValues(item, b[index]);
  }
  return a.length - b.length;
}

function orderable(value: unknown): Ordered | undefined {
  const simple = simplify(value);
  if (typeof simple === "string") return simple;
  if (typeof simple !== "object" || simple === null) return toNumber(simple);
  const { epochNanoseconds } = simple as { epochNanoseconds?: unknown };
  if (typeof epochNanoseconds === "bigint") return epochNanoseconds;
  // Plain dates and times are ordered as their text is.
  return Object.prototype.toString.call(simple).startsWith("[object Temporal.Plain") ? textForm(simple) : undefined;
}

/** Whether a value is among the items of a list, the keys of a mapping, or in a text. False where neither can be asked. */
export function contains(container: unknown, item: unknown): boolean {
  const whole = simplify(container);
  const part = simplify(item);
  if (typeof whole === "string") return typeof part === "string" && whole.includes(part);
  const keys = mappingKeys(whole);
  if (keys !== undefined) return keys.some((key) => equals(key, part));
  if (typeof whole !== "object" || whole === null || !(Symbol.iterator in whole)) return false;
  for (const other of whole as Iterable<unknown>) if (equals(other, part)) return true;
  return false;
}

/** Whether two values are one and the same: Python's `is`, for which small numbers and strings are. */
export function isIdentical(a: unknown, b: unknown): boolean {
  return a === b || ((a ?? null) === null && (b ?? null) === null) || (isSafe(a) && isSafe(b) && a.value === b.value);
}
