// Parts of dates and times kept as texts.

import { Temporal } from "../../../values/temporal.ts";
import { durationFromMicroseconds } from "../../../values/text.ts";

type SqlFunction = (...args: unknown[]) => unknown;
type DateTime = ReturnType<typeof Temporal.PlainDateTime.from>;

// What a column holds, as a date and time on the wall of a time zone. Texts that are none give NULL.
function local(value: unknown, zone: unknown): DateTime | null {
  if (value === null || value === undefined) return null;
  const text = typeof value === "string" ? value : "";
  try {
    const plain = /^\d{4}-\d\d-\d\d/.test(text)
      ? Temporal.PlainDateTime.from(text.replace(" ", "T"))
      : Temporal.PlainDateTime.from(`1900-01-01T${text}`);
    if (typeof zone !== "string" || zone === "UTC") return plain;
    return plain.toZonedDateTime("UTC").withTimeZone(zone).toPlainDateTime();
  } catch {
    return null;
  }
}

function part(name: unknown, value: DateTime): number {
  switch (name) {
    case "year":
      return value.year;
    case "iso_year":
      return value.yearOfWeek ?? value.year;
    case "quarter":
      return Math.ceil(value.month / 3);
    case "month":
      return value.month;
    case "day":
      return value.day;
    case "week":
      return value.weekOfYear ?? 0;
    case "week_day":
      return (value.dayOfWeek % 7) + 1;
    case "iso_week_day":
      return value.dayOfWeek;
    case "hour":
      return value.hour;
    case "minute":
      return value.minute;
    default:
      return value.second;
  }
}

function truncated(name: unknown, value: DateTime): DateTime | null {
  const day = value.with({ hour: 0, minute: 0, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 });
  switch (name) {
    case "year":
      return day.with({ month: 1, day: 1 });
    case "quarter":
      return day.with({ month: value.month - ((value.month - 1) % 3), day: 1 });
    case "month":
      return day.with({ day: 1 });
    case "week":
      return day.subtract({ days: value.dayOfWeek - 1 });
    case "day":
      return day;
    case "hour":
      return day.with({ hour: value.hour });
    case "minute":
      return day.with({ hour: value.hour, minute: value.minute });
    case "second":
      return value.with({ millisecond: 0, microsecond: 0, nanosecond: 0 });
    default:
      return null;
  }
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}

function dateText(value: DateTime): string {
  return value.toPlainDate().toString();
}

function clockText(value: DateTime): string {
  const micro = value.millisecond * 1000 + value.microsecond;
  return `${pad(value.hour)}:${pad(value.minute)}:${pad(value.second)}${micro === 0 ? "" : `.${String(micro).padStart(6, "0")}`}`;
}

function microseconds(value: DateTime): bigint {
  return value.toZonedDateTime("UTC").epochNanoseconds / 1000n;
}

// A text is a date or time, a number a duration in microseconds.
function operand(value: unknown): { readonly at: DateTime } | { readonly length: bigint } | null {
  if (typeof value === "number" || typeof value === "bigint") return { length: BigInt(value) };
  if (typeof value === "string" && /^-?\d+$/.test(value)) return { length: BigInt(value) };
  const at = local(value, null);
  return at === null ? null : { at };
}

function combine(operator: unknown, left: unknown, right: unknown): unknown {
  if (left === null || right === null) return null;
  if (operator === "*") return Number(left) * Number(right);
  if (operator === "/") return Math.trunc(Number(left) / Number(right));
  const a = operand(left);
  const b = operand(right);
  if (a === null || b === null) return null;
  if ("length" in a && "length" in b) return Number(operator === "+" ? a.length + b.length : a.length - b.length);
  const at = "at" in a ? a.at : "at" in b ? b.at : null;
  const length = "length" in a ? a.length : "length" in b ? b.length : null;
  if (at === null || length === null) return null;
  const duration = durationFromMicroseconds(operator === "-" ? -length : length);
  const sum = at.add(duration);
  if (typeof left === "string" && /^\d\d:/.test(left)) return clockText(sum);
  return `${dateText(sum)} ${clockText(sum)}`;
}

/** The functions by name. */
export const dateFunctions: Readonly<Record<string, SqlFunction>> = {
  django_date_extract: (name, value) => mapNull(local(value, null), (at) => part(name, at)),
  django_datetime_extract: (name, value, zone) => mapNull(local(value, zone), (at) => part(name, at)),
  django_time_extract: (name, value) => mapNull(local(value, null), (at) => part(name, at)),
  django_date_trunc: (name, value, zone) => mapNull(local(value, zone), (at) => mapNull(truncated(name, at), dateText)),
  // The result is a time on the wall of the zone; reading it turns it into an instant again.
  django_datetime_trunc: (name, value, zone) =>
    mapNull(local(value, zone), (at) => mapNull(truncated(name, at), (cut) => `${dateText(cut)} ${clockText(cut)}`)),
  django_time_trunc: (name, value, zone) =>
    mapNull(local(value, zone), (at) => mapNull(truncated(name, at), clockText)),
  django_datetime_cast_date: (value, zone) => mapNull(local(value, zone), dateText),
  django_datetime_cast_time: (value, zone) => mapNull(local(value, zone), clockText),
  django_format_dtdelta: combine,
  django_time_diff: (left, right) => difference(left, right),
  django_timestamp_diff: (left, right) => difference(left, right),
};

function difference(left: unknown, right: unknown): number | null {
  const a = local(left, null);
  const b = local(right, null);
  return a === null || b === null ? null : Number(microseconds(a) - microseconds(b));
}

function mapNull<T, R>(value: T | null, fn: (value: T) => R): R | null {
  return value === null ? null : fn(value);
}
