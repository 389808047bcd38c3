// When a result counts as the recorded one.

import { TsgoError } from "@tsgo/core/exceptions";
import { Decimal } from "decimal.js";

/** Stands for a moment taken from the clock while a case ran. */
export const NOW = Symbol("now");

// A case takes no time to speak of, so any moment of this hour is one of the case's.
function isNow(value: unknown): boolean {
  return value instanceof Date && Math.abs(Date.now() - value.getTime()) < 3_600_000;
}

/** Whether two values are the same: decimals by value, computed numbers to 12 digits, moments by instant. */
export function same(actual: unknown, expected: unknown): boolean {
  if (actual === expected) return true;
  if (expected === NOW) return isNow(actual);
  if (actual === undefined || actual === null) return expected === null || expected === undefined;
  if (expected === null || expected === undefined) return false;
  // Django gives a condition that no row can meet as the number 0 on PostgreSQL, which Python finds equal to False.
  if (typeof actual === "boolean" && typeof expected === "number") return Number(actual) === expected;
  if (isNumeric(actual) && isNumeric(expected)) return sameNumber(actual, expected);
  if (typeof actual !== "object" || typeof expected !== "object") return false;
  if (actual instanceof Date || expected instanceof Date)
    return actual instanceof Date && expected instanceof Date && actual.getTime() === expected.getTime();
  if (actual instanceof Uint8Array) return expected instanceof Uint8Array && Buffer.compare(actual, expected) === 0;
  if (Symbol.toStringTag in actual || Symbol.toStringTag in expected) return sameMoment(actual, expected);
  if (Array.isArray(actual) !== Array.isArray(expected)) return false;
  const keys = Object.keys(expected);
  return (
    keys.length === Object.keys(actual).length &&
    keys.every(
      (key) =>
        Object.hasOwn(actual, key) &&
        same((actual as Record<string, unknown>)[key], (expected as Record<string, unknown>)[key]),
    )
  );
}

function isNumeric(value: unknown): boolean {
  return typeof value === "number" || typeof value === "bigint" || Decimal.isDecimal(value);
}

function sameNumber(actual: unknown, expected: unknown): boolean {
  const a = new Decimal(String(actual));
  const b = new Decimal(String(expected));
  return a.eq(b) || a.toSignificantDigits(12).eq(b.toSignificantDigits(12));
}

function tag(value: object): unknown {
  return (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
}

function textOf(value: object): string {
  return (value as { toString(): string }).toString();
}

function sameMoment(actual: object, expected: object): boolean {
  if (tag(actual) !== tag(expected)) return false;
  if (tag(actual) === "Temporal.Duration") return total(actual) === total(expected);
  return textOf(actual) === textOf(expected);
}

function total(duration: object): number {
  return (duration as { total(unit: object): number }).total({ unit: "microseconds", relativeTo: "2000-01-01" });
}

/** Compares as bags: the order does not count. */
export function sameBag(actual: readonly unknown[], expected: readonly unknown[]): boolean {
  if (actual.length !== expected.length) return false;
  const left = [...expected];
  return actual.every((item) => {
    const at = left.findIndex((other) => same(item, other));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

// Python's own classes: any error that tsgo raises on purpose counts.
const OF_PYTHON: ReadonlySet<string> = new Set(["TypeError", "ValueError", "AttributeError", "IndexError", "KeyError"]);
const DATABASE: ReadonlySet<string> = new Set([
  "DatabaseError",
  "IntegrityError",
  "OperationalError",
  "DataError",
  "ProgrammingError",
  "NotSupportedError",
  "InterfaceError",
  "TransactionManagementError",
  "NotUpdated",
]);

/** Whether an error is the recorded one. */
export function sameError(error: unknown, expected: string): boolean {
  if (!(error instanceof Error)) return false;
  const deliberate =
    error instanceof TsgoError ||
    error instanceof RangeError ||
    (error instanceof TypeError && !/is not a function|Cannot read|not iterable|undefined/.test(error.message));
  if (OF_PYTHON.has(expected)) return deliberate;
  if (expected === "DatabaseError" || expected === "NotUpdated" || expected === "ObjectNotUpdated")
    return DATABASE.has(error.name);
  if (expected === "Planned") return error.name === "Planned";
  return error.name === expected;
}

/** Two results as people read them. */
export function shown(value: unknown): unknown {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "object" || value === null) return value;
  if (Decimal.isDecimal(value)) return `decimal ${value.toString()}`;
  if (value instanceof Date) return value.toISOString();
  if (Symbol.toStringTag in value) return textOf(value);
  if (Array.isArray(value)) return value.map(shown);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shown(item)]));
}
