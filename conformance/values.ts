// The values that JSON lacks: how the recorded cases write them, and what they are in tsgo.

import { MultiValueDict } from "@tsgo/utils/datastructures";
import { isDecimal, scaledDecimal } from "@tsgo/utils/decimal";
import { isSafe, markSafe } from "@tsgo/utils/safestring";
import { Temporal } from "temporal-polyfill";

/** What only some topics can make: values of packages above utils. A tag without its maker is an error. */
export interface Makers {
  /** `$querydict`: a query string. */
  readonly querydict?: (query: string) => unknown;
  /** `$request`: method, and path with its query string. */
  readonly request?: (request: { method: string; path: string }) => unknown;
  /** `$regex`: a pattern in Python's syntax with Python's flag letters. */
  readonly regex?: (pattern: string, flags: string) => unknown;
  /** Tags of one topic alone, by their name with the `$`. */
  readonly other?: Readonly<Record<string, (value: unknown, tagged: Record<string, unknown>) => unknown>>;
}

type Tagged = Readonly<Record<string, unknown>>;

const decoders: Readonly<Record<string, (value: never, tagged: Tagged, makers: Makers) => unknown>> = {
  $float: (text: string) => pythonFloat(text),
  $int: (digits: string) => BigInt(digits),
  $decimal: (digits: string) => scaledDecimal(digits.replace("sNaN", "NaN")),
  $safe: (text: string) => markSafe(text),
  $bytes: (base64: string) => new Uint8Array(Buffer.from(base64, "base64")),
  $datetime: (iso: string, { zone }) => datetime(iso, zone as string | undefined),
  $date: (iso: string) => Temporal.PlainDate.from(iso),
  $time: (iso: string) => Temporal.PlainTime.from(iso.replace(/[+-]\d\d:\d\d$|Z$/, "")),
  $timedelta: (seconds: number) => duration(seconds),
  $map: (pairs: [unknown, unknown][], _tagged, makers) =>
    new Map(pairs.map(([key, value]) => [decode(key, makers), decode(value, makers)])),
  $set: (members: unknown[], _tagged, makers) => new Set(members.map((member) => decode(member, makers))),
  $uuid: (text: string) => text,
  $multivaluedict: (pairs: [string, unknown[]][], _tagged, makers) =>
    new MultiValueDict(pairs.map(([key, list]) => [key, list.map((value) => decode(value, makers))])),
  $querydict: (query: string, _tagged, makers) => need(makers.querydict, "$querydict")(query),
  $request: (request: { method: string; path: string }, _tagged, makers) => need(makers.request, "$request")(request),
  $regex: (pattern: string, { flags }, makers) =>
    need(makers.regex, "$regex")(pattern, typeof flags === "string" ? flags : ""),
  $tz: (name: string) => name,
  $undefined: () => undefined,
};

/**
 * Turns a recorded value into tsgo's: plain JSON stays, `{"$date": "2024-01-31"}` becomes a Temporal.PlainDate.
 *
 * A naive datetime is a PlainDateTime, an aware one a ZonedDateTime (its zone is the offset where no zone is named).
 */
export function decode(recorded: unknown, makers: Makers = {}): unknown {
  if (Array.isArray(recorded)) return recorded.map((item) => decode(item, makers));
  if (typeof recorded !== "object" || recorded === null) return recorded;
  const tagged = recorded as Record<string, unknown>;
  const tag = Object.keys(tagged)[0];
  if (tag !== undefined && tag.startsWith("$")) return decodeTag(tag, tagged, makers);
  return Object.fromEntries(Object.entries(tagged).map(([key, value]) => [key, decode(value, makers)]));
}

function decodeTag(tag: string, tagged: Record<string, unknown>, makers: Makers): unknown {
  const other = makers.other?.[tag];
  if (other !== undefined) return other(tagged[tag], tagged);
  const decoder = Object.hasOwn(decoders, tag) ? decoders[tag] : undefined;
  if (decoder === undefined) throw new Error(`No decoder for the tag ${tag}; give one in makers.other.`);
  return decoder(tagged[tag] as never, tagged, makers);
}

/**
 * Turns a value of tsgo back into plain data for comparing: equal values have equal data, whatever object they are.
 * Compare `encode(actual)` with `encode(decode(recorded))`.
 */
export function encode(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value + 0 : { $float: String(value) };
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : { $int: String(value) };
  if (value === undefined) return null;
  if (typeof value !== "object" || value === null) return value;
  return encodeObject(value);
}

function encodeObject(value: object): unknown {
  if (isSafe(value)) return { $safe: String(value) };
  if (isDecimal(value)) return { $decimal: String(value) };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("base64") };
  const moment = encodeMoment(value);
  if (moment !== undefined) return moment;
  if (value instanceof MultiValueDict) return { $multivaluedict: encode([...value.lists()]) };
  if (value instanceof Map) return encodeMap(value);
  if (value instanceof Set) return { $set: [...value].map(encode) };
  if (Array.isArray(value)) return value.map(encode);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encode(item)]));
}

// An aware moment is told by its instant and its zone: a clock reading that a change of the clock skips has two forms.
function encodeMoment(value: object): unknown {
  if (value instanceof Temporal.ZonedDateTime) {
    const zone = value.timeZoneId === "+00:00" ? "UTC" : value.timeZoneId;
    return { $datetime: value.toInstant().toString(), zone };
  }
  if (value instanceof Date) return { $datetime: Temporal.Instant.fromEpochMilliseconds(value.getTime()).toString() };
  if (value instanceof Temporal.PlainDateTime) return { $datetime: value.toString() };
  if (value instanceof Temporal.PlainDate) return { $date: value.toString() };
  if (value instanceof Temporal.PlainTime) return { $time: value.toString() };
  if (value instanceof Temporal.Duration) return { $timedelta: value.total("seconds") };
  return undefined;
}

// A Map whose keys are all strings says the same as a plain object.
function encodeMap(map: ReadonlyMap<unknown, unknown>): unknown {
  const pairs = [...map].map(([key, item]) => [encode(key), encode(item)] as const);
  return pairs.every(([key]) => typeof key === "string") ? Object.fromEntries(pairs) : { $map: pairs };
}

function need<F>(maker: F | undefined, tag: string): F {
  if (maker === undefined) throw new Error(`This topic gives no maker for ${tag}.`);
  return maker;
}

function pythonFloat(text: string): number {
  if (text === "nan") return NaN;
  return text.endsWith("inf") ? (text.startsWith("-") ? -Infinity : Infinity) : Number(text);
}

function datetime(iso: string, zone: string | undefined): Temporal.PlainDateTime | Temporal.ZonedDateTime {
  const offset = /(?:[+-]\d\d:\d\d(?::\d\d)?|Z)$/.exec(iso)?.[0];
  if (offset === undefined) return Temporal.PlainDateTime.from(iso);
  // Temporal has no zones of odd seconds: the instant is what counts then.
  const id = zone ?? (/^Z$|:\d\d:/.test(offset) ? "UTC" : offset);
  return Temporal.Instant.from(iso).toZonedDateTimeISO(id);
}

function duration(seconds: number): Temporal.Duration {
  const days = Math.trunc(seconds / 86_400);
  const rest = seconds - days * 86_400;
  const whole = Math.trunc(rest);
  return Temporal.Duration.from({ days, seconds: whole, microseconds: Math.round((rest - whole) * 1e6) }).round({
    largestUnit: "days",
  });
}
