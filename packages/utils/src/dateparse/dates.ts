// Dates and times read from text.

import type { Temporal } from "temporal-polyfill";

import { formatOffset } from "../dates/zones.ts";
import { asciiDigits } from "../text/digits.ts";
import { DAY, makeDate, makeTime, parseIsoDate, parseIsoOffset, parseIsoTime } from "./iso.ts";

// What forms and databases write and ISO 8601 does not know: single digits, white space before an offset.
const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})\n?$/;
const TIME = /^(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,6})\d{0,6})?)?\n?$/;
const DATETIME = /^([\d-]+)[T ]([\d:.,]+)\s*(Z|[+-]\d{2}(?::?\d{2})?)?\n?$/;

/**
 * Reads a date. Null where the text does not look like one. Django: `parse_date`.
 *
 * @throws RangeError where it looks like a date that does not exist.
 */
export function parseDate(text: string): Temporal.PlainDate | null {
  const digits = asciiDigits(text);
  const date = parseIsoDate(text) ?? looseDate(digits);
  if (date === undefined && DATE.test(digits)) throw doesNotExist("date", text);
  return date ?? null;
}

/**
 * Reads a time; an offset behind it is passed over. Null where the text does not look like one. Django: `parse_time`.
 *
 * @throws RangeError where it looks like a time that does not exist.
 */
export function parseTime(text: string): Temporal.PlainTime | null {
  const digits = asciiDigits(text);
  const time = parseIsoTime(text) ?? looseTime(digits);
  if (time === undefined && TIME.test(digits)) throw doesNotExist("time", text);
  return time ?? null;
}

/**
 * Reads a date with a time: a ZonedDateTime where an offset stands behind it (its zone is the offset), else a
 * PlainDateTime. Null where the text does not look like one. Django: `parse_datetime`.
 *
 * @throws RangeError where it looks like a date or time that does not exist.
 */
export function parseDatetime(text: string): Temporal.PlainDateTime | Temporal.ZonedDateTime | null {
  return parseIsoDatetime(text) ?? parseLooseDatetime(text);
}

function parseIsoDatetime(text: string): Temporal.PlainDateTime | Temporal.ZonedDateTime | undefined {
  const midnight = parseIsoDate(text);
  if (midnight !== undefined) return midnight.toPlainDateTime();
  for (const length of [10, 8]) {
    const [date, clock] = [parseIsoDate(text.slice(0, length)), text.slice(length + 1)];
    const time = clock.startsWith("T") ? undefined : parseIsoTime(clock);
    if (date !== undefined && time !== undefined) return combine(date, time, clock);
  }
  return undefined;
}

function parseLooseDatetime(text: string): Temporal.PlainDateTime | Temporal.ZonedDateTime | null {
  const [, dateText, timeText, offset] = DATETIME.exec(asciiDigits(text)) ?? [];
  if (dateText === undefined || timeText === undefined || !DATE.test(dateText) || !TIME.test(timeText)) return null;
  const [date, time] = [looseDate(dateText), looseTime(timeText)];
  if (date === undefined || time === undefined || Math.abs(parseIsoOffset(offset ?? "") ?? 0) >= DAY) {
    throw doesNotExist("date with a time", text);
  }
  return combine(date, time, offset ?? "");
}

function combine(
  date: Temporal.PlainDate,
  time: Temporal.PlainTime,
  withOffset: string,
): Temporal.PlainDateTime | Temporal.ZonedDateTime {
  const offset = parseIsoOffset(withOffset);
  const datetime = date.toPlainDateTime(time);
  if (offset === undefined) return datetime;
  // Zones of odd seconds do not exist for Temporal: the instant is kept, on the clock of UTC.
  return offset % 60 === 0 && offset !== 0
    ? datetime.toZonedDateTime(formatOffset(offset, ":"))
    : datetime.subtract({ seconds: offset }).toZonedDateTime("UTC");
}

function looseDate(text: string): Temporal.PlainDate | undefined {
  const [, year, month, day] = DATE.exec(text) ?? [];
  return year === undefined ? undefined : makeDate(Number(year), Number(month), Number(day));
}

function looseTime(text: string): Temporal.PlainTime | undefined {
  const [, hour, minute, second, fraction] = TIME.exec(text) ?? [];
  return hour === undefined ? undefined : makeTime(hour, minute, second, fraction);
}

function doesNotExist(kind: string, text: string): RangeError {
  return new RangeError(`There is no such ${kind}: '${text}'.`);
}
