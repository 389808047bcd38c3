import { isSafe } from "@tsgo/utils/safestring";
import { textForm } from "@tsgo/utils/text-form";

import { toInteger } from "../runtime/number.ts";

/** A part of a list or text, as Python's slices are written: `"1:3"`, `":-1"`, `"::2"`. */
export function slice(value: unknown, range: unknown): unknown {
  const isText = typeof value === "string" || isSafe(value);
  if (!isText && !Array.isArray(value)) return value;
  const bounds = parseRange(textForm(range));
  if (bounds === undefined) return value;
  if (!isText) return take(value as readonly unknown[], bounds);
  return take(Array.from(textForm(value)), bounds).join("");
}

type Bounds = readonly [start: number | undefined, stop: number | undefined, step: number];

function parseRange(text: string): Bounds | undefined {
  const parts = text.split(":").map((part) => (part === "" ? undefined : (toInteger(part) ?? NaN)));
  if (parts.length > 3 || parts.some((part) => Number.isNaN(part))) return undefined;
  // A single number is where the slice ends.
  const [start, stop, step = 1] = parts.length === 1 ? [undefined, parts[0]] : parts;
  return step === 0 ? undefined : [start, stop, step];
}

function take<T>(items: readonly T[], [start, stop, step]: Bounds): T[] {
  const { length } = items;
  const at = (index: number, low: number, high: number): number =>
    Math.min(Math.max(index < 0 ? index + length : index, low), high);
  if (step > 0) {
    const from = start === undefined ? 0 : at(start, 0, length);
    const to = stop === undefined ? length : at(stop, 0, length);
    return step === 1 ? items.slice(from, to) : pickEvery(items, from, to, step);
  }
  const from = start === undefined ? length - 1 : at(start, -1, length - 1);
  const to = stop === undefined ? -1 : at(stop, -1, length - 1);
  return pickEvery(items, from, to, step);
}

function pickEvery<T>(items: readonly T[], from: number, to: number, step: number): T[] {
  const picked: T[] = [];
  for (let index = from; step > 0 ? index < to : index > to; index += step) picked.push(items[index] as T);
  return picked;
}
