// Moments moved between clocks.

import { isAware, offsetOfReading } from "@tsgo/utils/dates";
import { Temporal } from "temporal-polyfill";

import { getCurrentTimezone, usesTimezones } from "./active.ts";

/** A moment that is certain everywhere. */
export type Aware = Date | Temporal.ZonedDateTime | Temporal.Instant;

/** This moment. Django: `now`. */
export function now(): Date {
  return new Date(Date.now());
}

/**
 * A moment on the clock of a zone: this moment in the zone in force unless given. Django: `localtime`.
 *
 * @throws TypeError where the value has no zone.
 */
export function localtime(
  value: Aware | Temporal.PlainDateTime = now(),
  zone: string = getCurrentTimezone(),
): Temporal.ZonedDateTime {
  if (!isAware(value)) {
    throw new TypeError(
      `localtime() cannot be applied to ${String(value)}, which has no time zone. Use makeAware() first.`,
    );
  }
  return toZoned(value, zone);
}

/** The date of a moment on the clock of a zone. Django: `localdate`. */
export function localdate(value: Aware = now(), zone?: string): Temporal.PlainDate {
  return localtime(value, zone).toPlainDate();
}

function toZoned(value: Aware, zone: string): Temporal.ZonedDateTime {
  if ("withTimeZone" in value) return value.withTimeZone(zone);
  const instant = value instanceof Date ? Temporal.Instant.fromEpochMilliseconds(value.getTime()) : value;
  return instant.toZonedDateTimeISO(zone);
}

/**
 * Gives a clock reading a zone: the one in force unless given. Django: `make_aware`.
 *
 * A reading that the clock shows twice is the first of them, unless `fold` is 1. One that it never shows is taken to be
 * on the clock before the change, with `fold` 1 on the one behind it.
 *
 * @throws TypeError where the value has a zone already.
 */
export function makeAware(
  value: Temporal.PlainDateTime,
  zone: string = getCurrentTimezone(),
  { fold = 0 }: { fold?: 0 | 1 } = {},
): Temporal.ZonedDateTime {
  if (isAware(value)) throw new TypeError(`makeAware() expects a moment without a time zone, not ${String(value)}.`);
  if (fold === 0) return value.toZonedDateTime(zone, { disambiguation: "compatible" });
  const reading = value.toZonedDateTime("UTC").epochMilliseconds;
  const isSkipped = offsetOfReading(zone, reading).kind === "never";
  return value.toZonedDateTime(zone, { disambiguation: isSkipped ? "earlier" : "later" });
}

/**
 * The reading of a zone's clock at a moment, without the zone: the zone in force unless given. Django: `make_naive`.
 *
 * @throws TypeError where the value has no zone.
 */
export function makeNaive(
  value: Aware | Temporal.PlainDateTime,
  zone: string = getCurrentTimezone(),
): Temporal.PlainDateTime {
  if (!isAware(value))
    throw new TypeError(`makeNaive() cannot be applied to ${String(value)}, which has no time zone.`);
  return toZoned(value, zone).toPlainDateTime();
}

/** The zone that is so many minutes from UTC: `+05:30` for 330. Django: `get_fixed_timezone`. */
export function getFixedTimezone(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
}

/**
 * What a template shows of a value: a moment with a zone on the clock of the zone in force. A Date stays as it is, since
 * formats show it on that clock anyway; with `useTz` false it gets the clock of UTC. Django: `template_localtime`.
 *
 * @param useTz Whether to convert at all; the setting USE_TZ unless given.
 */
export function templateLocaltime<T>(value: T, useTz: boolean = usesTimezones()): T | Temporal.ZonedDateTime {
  if (value instanceof Date) return useTz || Number.isNaN(value.getTime()) ? value : toZoned(value, "UTC");
  return useTz && value instanceof Temporal.ZonedDateTime ? value.withTimeZone(getCurrentTimezone()) : value;
}
