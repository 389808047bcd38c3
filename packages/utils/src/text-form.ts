// What a value looks like where text is wanted: in a template, in a filter, in a message.

import { decimalText, isDecimal } from "./decimal.ts";
import { isSafe } from "./safestring.ts";

/**
 * The text form of any value. Django: `str(value)`.
 *
 * Null and undefined are nothing, booleans `true` and `false`, numbers as JavaScript writes them (1 for 1.0), lists and
 * plain objects JSON in which objects of other kinds stand by their own text. What a `toString` throws goes through.
 *
 * @example
 * textForm([1, "a", null]); // '[1,"a",null]'
 */
export function textForm(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return primitiveText(value);
  return isJsonLike(value) ? JSON.stringify(toPlain(value, new Set())) : ownText(value);
}

// A function stands by its name: its source is nobody's business.
function primitiveText(value: {}): string {
  // oxlint-disable-next-line typescript/no-base-to-string -- objects never come here
  return typeof value === "function" ? value.name : value.toString();
}

function isJsonLike(value: object): boolean {
  return Array.isArray(value) || value instanceof Map || value instanceof Set || isPlainObject(value);
}

/** Whether a value is an object literal, or one without a prototype: data rather than an instance of something. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function ownText(value: object): string {
  if (isDecimal(value)) return decimalText(value);
  // The text of a Date follows the machine it is made on; this one does not.
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : value.toISOString();
  // Object.create(null) inside a class hierarchy has no toString; say what it is instead of failing.
  if (!("toString" in value) || typeof value.toString !== "function") return "";
  // oxlint-disable-next-line typescript/no-base-to-string -- the object's own text form is what is asked for
  const text: unknown = value.toString();
  return typeof text === "string" ? text : "";
}

// JSON.stringify would use `toJSON`, which models and dates have for machines; here the form for people is wanted.
function toPlain(value: unknown, path: Set<object>): unknown {
  if (typeof value === "bigint" || typeof value === "symbol" || typeof value === "function")
    return primitiveText(value);
  if (typeof value !== "object" || value === null) return value;
  if (isSafe(value)) return value.value;
  if (!isJsonLike(value)) return ownText(value);
  if (path.has(value)) return "[circular]";
  path.add(value);
  const plain = plainContainer(value, path);
  path.delete(value);
  return plain;
}

function plainContainer(value: object, path: Set<object>): unknown {
  if (Array.isArray(value)) return value.map((item) => toPlain(item, path));
  if (value instanceof Set) return Array.from(value, (item) => toPlain(item, path));
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  // Without a prototype, so that a key named __proto__ stays a key.
  const plain = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of entries) plain[textForm(key)] = toPlain(item, path);
  return plain;
}
