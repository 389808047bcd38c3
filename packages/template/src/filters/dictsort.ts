import { isSafe } from "@tsgo/utils/safestring";
import { textForm } from "@tsgo/utils/text-form";

import { compareValues } from "../runtime/compare.ts";
import { toItems } from "../runtime/iterate.ts";
import { readData } from "../runtime/lookup.ts";
import { toNumber } from "../runtime/number.ts";

/**
 * The items of a list sorted by a key, or by a position where the key is a number; an empty text where that cannot be.
 *
 * The key may come from a user: nothing is called on its way, and no text is taken apart.
 */
export function dictsort(value: unknown, key: unknown, reversed = false): unknown {
  const read = keyReader(key);
  if (read === undefined || !isIterable(value)) return "";
  const keyed = toItems(value).map((item) => ({ item, key: read(item) }));
  if (keyed.some((entry) => entry.key === undefined)) return "";
  let canBeSorted = true;
  const sorted = keyed.toSorted((a, b) => {
    const order = compareValues(reversed ? b.key : a.key, reversed ? a.key : b.key);
    if (Number.isNaN(order) && !isNotANumber(a.key, b.key)) canBeSorted = false;
    return order || 0;
  });
  return canBeSorted ? sorted.map(({ item }) => item) : "";
}

function isIterable(value: unknown): boolean {
  return typeof value === "string" || (typeof value === "object" && value !== null);
}

function isNotANumber(...values: readonly unknown[]): boolean {
  return values.some((value) => Number.isNaN(value));
}

function keyReader(key: unknown): ((item: unknown) => unknown) | undefined {
  if (typeof key === "number") return (item) => itemAt(item, key);
  const path = textForm(key);
  // A number in text is a key, and no position.
  if (!Number.isNaN(toNumber(path))) return (item) => readPart(item, path);
  if (path === "" || path.startsWith("_") || path.includes("._")) return undefined;
  const parts = path.split(".");
  return (item) => parts.reduce<unknown>((owner, part) => readPart(owner, part), item);
}

function itemAt(item: unknown, index: number): unknown {
  if (item instanceof Map) return item.get(index) ?? item.get(String(index));
  if (Array.isArray(item)) return item.at(index);
  if (typeof item === "string" || isSafe(item)) return Array.from(textForm(item)).at(index);
  return typeof item === "object" && item !== null ? readPart(item, String(index)) : undefined;
}

function readPart(owner: unknown, part: string): unknown {
  const isData = typeof owner === "object" && owner !== null && !Array.isArray(owner) && !isSafe(owner);
  const value = isData ? readData(owner, part) : undefined;
  return typeof value === "function" || value === null ? undefined : value;
}
