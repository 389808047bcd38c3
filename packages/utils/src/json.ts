// JSON of the values that programs here have, with an error that says where, in place of wrong data.

import { isSafe } from "./safestring.ts";

// Far beyond what data needs, and far from where code that calls itself for each level runs out of stack.
const MAX_DEPTH = 500;

/** Raised for a value that JSON cannot hold. `path` leads to it from the top. */
export class JsonEncodeError extends TypeError {
  override readonly name = "JsonEncodeError";
  readonly code = "json_encode";
  readonly path: readonly (string | number)[];

  constructor(problem: string, path: readonly (string | number)[], options?: { cause: unknown }) {
    super(`${problem} at ${describePath(path)}.`, options);
    this.path = path;
  }
}

/**
 * Writes a value as JSON. Django: `DjangoJSONEncoder`.
 *
 * Moments become ISO 8601 with at most milliseconds, durations ISO 8601, Decimals and bigints beyond 2^53 strings, a Map
 * an object and a Set an array; -0 is 0, members that are undefined are left out, and in a list they are null.
 *
 * @throws JsonEncodeError for what JSON cannot say without becoming something else: NaN and infinity, an invalid Date,
 * functions and symbols, bytes, an instance of a class without `toJSON` (whose fields nobody chose to show), a circle, a
 * getter or `toJSON` that throws, and nesting deeper than 500 levels.
 *
 * @example
 * encodeJson({ pubDate: new Date(0), votes: 3n }); // '{"pubDate":"1970-01-01T00:00:00Z","votes":3}'
 */
export function encodeJson(value: unknown, options: { readonly indent?: number } = {}): string {
  const plain = toPlain(value, []);
  if (plain === undefined) throw new JsonEncodeError("undefined is no JSON value", []);
  return JSON.stringify(plain, undefined, options.indent);
}

type Path = (string | number)[];

function toPlain(value: unknown, path: Path, holders: readonly object[] = []): unknown {
  if (typeof value === "object" && value !== null) return objectToPlain(value, path, holders);
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === "number" && !Number.isFinite(value))
    throw new JsonEncodeError(`${value} cannot be written as JSON`, path);
  if (typeof value === "function" || typeof value === "symbol")
    throw new JsonEncodeError(`A ${typeof value} cannot be written as JSON`, path);
  return value;
}

function objectToPlain(value: object, path: Path, holders: readonly object[]): unknown {
  if (isSafe(value)) return value.value;
  const text = knownText(value, path);
  if (text !== undefined) return text;
  if (ArrayBuffer.isView(value)) throw new JsonEncodeError("Bytes cannot be written as JSON", path);
  if (holders.includes(value)) throw new JsonEncodeError("A circle cannot be written as JSON", path);
  if (path.length >= MAX_DEPTH) throw new JsonEncodeError(`Nested deeper than ${MAX_DEPTH} levels`, path.slice(0, 5));
  const inner = [...holders, value];
  if (Array.isArray(value) || value instanceof Set)
    return Array.from(value, (item: unknown, index) => toPlain(item, [...path, index], inner) ?? null);
  if (value instanceof Map) return membersToPlain(value, path, inner);
  if (hasToJson(value))
    return toPlain(
      guarded(() => value.toJSON(), path),
      path,
      inner,
    );
  if (!isPlain(value)) throw new JsonEncodeError(`A ${classNameOf(value)} cannot be written as JSON`, path);
  return membersToPlain(
    Object.keys(value).map((key) => [key, guarded(() => (value as Record<string, unknown>)[key], [...path, key])]),
    path,
    inner,
  );
}

function membersToPlain(entries: Iterable<[unknown, unknown]>, path: Path, holders: readonly object[]): unknown {
  // Without a prototype, so that a key named __proto__ is a key.
  const plain = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of entries) {
    if (typeof key !== "string" && typeof key !== "number")
      throw new JsonEncodeError(`A ${typeof key} cannot be a key of JSON`, path);
    plain[key] = toPlain(item, [...path, key], holders);
  }
  return plain;
}

// Decimals, and what Temporal has, native or not, are told by what they call themselves: neither needs to be loaded here.
function knownText(value: object, path: Path): string | undefined {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw new JsonEncodeError("An invalid Date cannot be written as JSON", path);
    return shortened(value.toISOString());
  }
  const tag = (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
  if (typeof tag !== "string") return undefined;
  if (tag === "Decimal") return (value as { toString(): string }).toString();
  if (!tag.startsWith("Temporal.")) return undefined;
  if (tag === "Temporal.Duration") return durationText(value as DurationParts);
  const text = (value as { toString(): string }).toString();
  // An aware moment without the name of its zone.
  return shortened(text.replace(/\[.*$/, "").replace(/[+-]00:00$/, "Z"));
}

// Milliseconds at most, and none where they are zero.
function shortened(iso: string): string {
  return iso.replace(/\.(\d{1,3})\d*/, (_, digits: string) =>
    Number(digits) === 0 ? "" : `.${digits.padEnd(3, "0")}`,
  );
}

interface DurationParts {
  total(unit: "microseconds"): number;
}

// Django's form: days, and each of the other parts with two digits.
function durationText(duration: DurationParts): string {
  const total = Math.round(duration.total("microseconds"));
  const sign = total < 0 ? "-" : "";
  const microseconds = Math.abs(total);
  const seconds = Math.floor(microseconds / 1e6);
  const fraction = microseconds % 1e6 === 0 ? "" : `.${String(microseconds % 1e6).padStart(6, "0")}`;
  const time = `${twoDigits(Math.floor(seconds / 3600) % 24)}H${twoDigits(Math.floor(seconds / 60) % 60)}M${twoDigits(seconds % 60)}`;
  return `${sign}P${Math.floor(seconds / 86_400)}DT${time}${fraction}S`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return "toJSON" in value && typeof value.toJSON === "function";
}

// An object literal, of this realm or another.
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function guarded(read: () => unknown, path: Path): unknown {
  try {
    return read();
  } catch (cause) {
    throw new JsonEncodeError("Reading the value failed", path, { cause });
  }
}

function classNameOf(value: object): string {
  const { constructor } = value;
  return typeof constructor === "function" && constructor.name !== "" ? constructor.name : "object of a class";
}

function describePath(path: readonly (string | number)[]): string {
  return path.length === 0 ? "the top" : path.map((key) => `[${JSON.stringify(key)}]`).join("");
}
