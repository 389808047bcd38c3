// How PostgreSQL writes values that are made of others: arrays, ranges, stores of keys.

import { parse } from "postgres-array";

import { Range, type RangeBounds } from "./range.ts";

/** An array as text. `write` gives an item as the driver takes it; lists within the list become dimensions. */
export function arrayText(items: readonly unknown[], write: (item: unknown) => unknown): string {
  return `{${items.map((item) => (Array.isArray(item) ? arrayText(item, write) : quoted(write(item), "NULL"))).join(",")}}`;
}

/** Reads what {@link arrayText} writes; null stays null. */
export function parseArray(text: string, read: (item: string) => unknown): unknown[] {
  return parse(text, read);
}

/** A range as text: `["2024-01-01","2024-02-01")`. */
export function rangeText(
  { lower, upper, bounds, isEmpty }: Range<unknown>,
  write: (bound: unknown) => unknown,
): string {
  if (isEmpty) return "empty";
  const bound = (value: unknown): string => (value === null ? "" : quoted(write(value), ""));
  return `${bounds[0]}${bound(lower)},${bound(upper)}${bounds[1]}`;
}

const BOUND = String.raw`"(?:[^"\\]|\\.|"")*"|[^,"\[\]()]*`;
const RANGE = new RegExp(String.raw`^([\[(])(${BOUND}),(${BOUND})([\])])$`, "s");

/** Reads what {@link rangeText} writes. Undefined for what is no range. */
export function parseRange(text: string, read: (bound: string) => unknown): Range<unknown> | undefined {
  if (text === "empty") return Range.empty();
  const [, open, lower, upper, close] = RANGE.exec(text) ?? [];
  if (open === undefined || lower === undefined || upper === undefined || close === undefined) return undefined;
  const bound = (value: string): unknown => (value === "" ? null : read(unquoted(value)));
  return new Range(bound(lower), bound(upper), `${open}${close}` as RangeBounds);
}

/** A store of keys as text: `"a"=>"1","b"=>NULL`. */
export function hstoreText(pairs: Readonly<Record<string, string | null>>): string {
  return Object.entries(pairs)
    .map(([key, value]) => `${quoted(key, "")}=>${quoted(value, "NULL")}`)
    .join(",");
}

const PAIR = /"((?:[^"\\]|\\.)*)"=>(?:"((?:[^"\\]|\\.)*)"|NULL)/gs;

/** Reads what {@link hstoreText} writes. */
export function parseHstore(text: string): Record<string, string | null> {
  // A key such as __proto__ becomes a property like any other.
  return Object.fromEntries(
    [...text.matchAll(PAIR)].map(([, key = "", value]) => [plain(key), value === undefined ? null : plain(value)]),
  );
}

function plain(text: string): string {
  return text.replaceAll(/\\(.)/gs, "$1");
}

function quoted(value: unknown, whenNull: string): string {
  if (value === null || value === undefined) return whenNull;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "boolean") return value ? "t" : "f";
  const text =
    value instanceof Uint8Array
      ? `\\x${Buffer.from(value).toString("hex")}`
      : (value as { toString(): string }).toString();
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

function unquoted(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replaceAll(/\\(.)|"(")/gs, "$1$2") : text;
}
