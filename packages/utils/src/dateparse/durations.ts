// Lengths of time read from text.

import type { Temporal } from "temporal-polyfill";

import { durationFromMicroseconds } from "../duration.ts";
import { asciiDigits } from "../text/digits.ts";

// `4 15:30:01.5`, `4 days, 15:30:01`: what Python writes, and what people shorten it to.
const STANDARD =
  /^(?:(?<days>-?\d+) (?:days?, )?)?(?<sign>-?)(?:(?<hours>\d+):(?=\d+:\d+))?(?:(?<minutes>\d+):)?(?<seconds>\d+)(?:[.,](?<fraction>\d{1,6})\d{0,6})?\n?$/;
const ISO =
  /^(?<sign>[-+]?)P(?:(?<days>\d+(?:[.,]\d+)?)D)?(?:T(?:(?<hours>\d+(?:[.,]\d+)?)H)?(?:(?<minutes>\d+(?:[.,]\d+)?)M)?(?:(?<seconds>\d+(?:[.,]\d+)?)S)?)?\n?$/;
// `3 days 04:05:06`: what PostgreSQL writes.
const POSTGRES =
  /^(?:(?<days>-?\d+) (?:days? ?))?(?:(?<sign>[-+])?(?<hours>\d+):(?<minutes>\d\d):(?<seconds>\d\d)(?:\.(?<fraction>\d{1,6}))?)?\n?$/;

const SECOND = 1_000_000n;
const MICROSECONDS_IN = {
  days: 86_400n * SECOND,
  hours: 3600n * SECOND,
  minutes: 60n * SECOND,
  seconds: SECOND,
} as const;
/** More digits than any duration has. */
const LONGEST = 200;

/**
 * Reads a duration in the notation of Python, ISO 8601 or PostgreSQL. Null where the text is none of them. Django:
 * `parse_duration`.
 *
 * @throws RangeError where it is longer than a Duration can be.
 */
export function parseDuration(text: string): Temporal.Duration | null {
  if (text.length > LONGEST) return null;
  const digits = asciiDigits(text);
  const iso = ISO.exec(digits);
  const parts = (STANDARD.exec(digits) ?? iso ?? POSTGRES.exec(digits))?.groups;
  if (parts === undefined) return null;
  const sign = parts["sign"] === "-" ? -1n : 1n;
  const clock =
    inMicroseconds(parts["hours"], MICROSECONDS_IN.hours) +
    inMicroseconds(parts["minutes"], MICROSECONDS_IN.minutes) +
    inMicroseconds(parts["seconds"], MICROSECONDS_IN.seconds) +
    BigInt((parts["fraction"] ?? "").padEnd(6, "0"));
  // Outside ISO 8601 the sign belongs to the clock alone; days bring their own.
  const days = inMicroseconds(parts["days"], MICROSECONDS_IN.days) * (iso === null ? 1n : sign);
  return durationFromMicroseconds(days + sign * clock);
}

function inMicroseconds(part: string | undefined, unit: bigint): bigint {
  if (part === undefined) return 0n;
  const [whole = "0", fraction = ""] = part.split(/[.,]/);
  const rest = fraction === "" ? 0n : BigInt(Math.round(Number(`0.${fraction}`) * Number(unit)));
  return BigInt(whole) * unit + rest;
}
