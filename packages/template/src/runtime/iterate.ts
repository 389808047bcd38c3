// What `{% for %}` goes over.

import { isSafe } from "@tsgo/utils/safestring";
import { isPlainObject } from "@tsgo/utils/text-form";

/**
 * The items of a value as an array: of a mapping its keys, of a string its characters, of null none.
 *
 * @throws TypeError where the value has no items.
 */
export function toItems(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value === null || value === undefined) return [];
  if (typeof value === "string" || isSafe(value)) return Array.from(String(value));
  const keys = mappingKeys(value);
  if (keys !== undefined) return keys;
  if (typeof value === "object" && Symbol.iterator in value) return Array.from(value as Iterable<unknown>);
  throw new TypeError(`A ${typeof value} has no items to go over.`);
}

/** The keys of a value that is a mapping, else undefined. */
export function mappingKeys(value: unknown): readonly unknown[] | undefined {
  if (value instanceof Map) return [...value.keys()];
  if (isPlainObject(value)) return Object.keys(value);
  if (typeof value !== "object" || value === null) return undefined;
  const { get, has, keys } = value as { get?: unknown; has?: unknown; keys?: unknown };
  if (typeof get !== "function" || typeof has !== "function" || typeof keys !== "function") return undefined;
  return Array.from((value as { keys(): Iterable<unknown> }).keys());
}

/**
 * The parts of an item that a loop names one by one: `{% for key, value in items %}`.
 *
 * @throws RangeError where there are more or fewer.
 */
export function unpack(item: unknown, count: number): readonly unknown[] {
  const isSequence = typeof item === "string" || (typeof item === "object" && item !== null && Symbol.iterator in item);
  const parts = isSequence ? toItems(item) : [item];
  if (parts.length === count) return parts;
  throw new RangeError(`Need ${count} values to unpack in for loop; got ${parts.length}.`);
}
