// One look at dates and times of every kind: Date and the types of Temporal, the runtime's own or a polyfill's.

import type { Temporal } from "temporal-polyfill";

import { formatOffset, offsetAt } from "./zones.ts";

/** Every value that stands for a date, a time or both. A `Date` is an instant; it has no zone of its own. */
export type DateLike =
  | Date
  | Temporal.PlainDate
  | Temporal.PlainTime
  | Temporal.PlainDateTime
  | Temporal.ZonedDateTime
  | Temporal.Instant;

/** Which of the two a value has. */
export type MomentKind = "date" | "time" | "datetime";

/** The fields of a date or time on the clock of its zone. A time has the date 1900-01-01. */
export interface Moment {
  readonly kind: MomentKind;
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  /** The zone that the value itself has, undefined for one that has none. */
  readonly zone: string | undefined;
}

const KINDS: Readonly<Record<string, "date" | "time" | "plain" | "zoned" | "instant">> = {
  "Temporal.PlainDate": "date",
  "Temporal.PlainTime": "time",
  "Temporal.PlainDateTime": "plain",
  "Temporal.ZonedDateTime": "zoned",
  "Temporal.Instant": "instant",
};

/** What kind of date or time a value is, undefined for any other value. An instant counts as a datetime. */
export function momentKind(value: unknown): MomentKind | undefined {
  const kind = kindOf(value);
  return kind === undefined || kind === "date" || kind === "time" ? kind : "datetime";
}

/** Whether a value is a date, a time or both. */
export function isDateLike(value: unknown): value is DateLike {
  return kindOf(value) !== undefined;
}

/** Whether a value is an instant or has a zone. Django: `is_aware`. */
export function isAware(value: DateLike): value is Date | Temporal.ZonedDateTime | Temporal.Instant {
  const kind = kindOf(value);
  return kind === "instant" || kind === "zoned";
}

function kindOf(value: unknown): "date" | "time" | "plain" | "zoned" | "instant" | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (value instanceof Date) return "instant";
  const tag = (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
  return typeof tag === "string" && Object.hasOwn(KINDS, tag) ? KINDS[tag] : undefined;
}

/**
 * Reads the fields of a value.
 *
 * @param zone The zone on whose clock an instant is read.
 * @throws TypeError for an invalid Date.
 */
export function readMoment(value: DateLike, zone: string): Moment {
  const kind = kindOf(value);
  if (kind === "date") return fieldsOfDate(value as Temporal.PlainDate);
  if (kind === "time") return fieldsOfTime(value as Temporal.PlainTime);
  if (kind === "plain") return fieldsOf(value as Temporal.PlainDateTime, undefined);
  if (kind === "instant") return fieldsOfInstant(value as Date | Temporal.Instant, zone);
  return fieldsOf(value as Temporal.ZonedDateTime, (value as Temporal.ZonedDateTime).timeZoneId);
}

function fieldsOfDate({ year, month, day }: Temporal.PlainDate): Moment {
  return { kind: "date", year, month, day, hour: 0, minute: 0, second: 0, microsecond: 0, zone: undefined };
}

function fieldsOfTime(time: Temporal.PlainTime): Moment {
  const { hour, minute, second } = time;
  const microsecond = time.millisecond * 1000 + time.microsecond;
  return { kind: "time", year: 1900, month: 1, day: 1, hour, minute, second, microsecond, zone: undefined };
}

function fieldsOf(value: Temporal.PlainDateTime | Temporal.ZonedDateTime, zone: string | undefined): Moment {
  const { year, month, day, hour, minute, second } = value;
  const microsecond = value.millisecond * 1000 + value.microsecond;
  return { kind: "datetime", year, month, day, hour, minute, second, microsecond, zone };
}

function fieldsOfInstant(value: Date | Temporal.Instant, zone: string): Moment {
  const time = value instanceof Date ? value.getTime() : value.epochMilliseconds;
  if (Number.isNaN(time))
    throw new TypeError("An invalid Date has no fields. Check it with Number.isNaN(date.getTime()).");
  const clock = new Date(time + offsetAt(zone, time) * 1000);
  const micros = value instanceof Date ? 0 : Number((((value.epochNanoseconds / 1000n) % 1000n) + 1000n) % 1000n);
  return {
    kind: "datetime",
    year: clock.getUTCFullYear(),
    month: clock.getUTCMonth() + 1,
    day: clock.getUTCDate(),
    hour: clock.getUTCHours(),
    minute: clock.getUTCMinutes(),
    second: clock.getUTCSeconds(),
    microsecond: clock.getUTCMilliseconds() * 1000 + micros,
    zone,
  };
}

/** The clock reading of a moment as if it were UTC, in milliseconds since 1970. */
export function readingOf({ year, month, day, hour, minute, second, microsecond }: Moment): number {
  const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second, Math.floor(microsecond / 1000)));
  // Date.UTC takes years below 100 for the last century's.
  return date.setUTCFullYear(year, month - 1, day);
}

/** A moment as ISO 8601, with microseconds only where there are any. Python: `isoformat`. */
export function isoFormat(moment: Moment, offset: number | undefined): string {
  const { kind, hour, minute, second, microsecond } = moment;
  const date = `${pad(moment.year, 4)}-${pad(moment.month, 2)}-${pad(moment.day, 2)}`;
  if (kind === "date") return date;
  const fraction = microsecond === 0 ? "" : `.${pad(microsecond, 6)}`;
  const time = `${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}${fraction}`;
  return kind === "time" ? time : `${date}T${time}${offset === undefined ? "" : formatOffset(offset, ":")}`;
}

/** A number with zeros in front up to a width. */
export function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}
