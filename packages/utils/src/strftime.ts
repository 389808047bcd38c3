// Dates and times as text by the letters of C's strftime, as forms take them.

import { dayOfYear, isoWeek, weekday } from "./dates/calendar.ts";
import { type DateLike, type Moment, pad, readMoment } from "./dates/moment.ts";
import { processZone } from "./dateformat/format.ts";

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS = "January February March April May June July August September October November December".split(" ");

const LETTERS: Readonly<Record<string, (moment: Moment) => string>> = {
  a: (moment) => dayName(moment).slice(0, 3),
  A: dayName,
  b: (moment) => monthName(moment).slice(0, 3),
  B: monthName,
  d: ({ day }) => pad(day, 2),
  f: ({ microsecond }) => pad(microsecond, 6),
  H: ({ hour }) => pad(hour, 2),
  I: ({ hour }) => pad(hour % 12 === 0 ? 12 : hour % 12, 2),
  j: ({ year, month, day }) => pad(dayOfYear(year, month, day), 3),
  m: ({ month }) => pad(month, 2),
  M: ({ minute }) => pad(minute, 2),
  p: ({ hour }) => (hour < 12 ? "AM" : "PM"),
  S: ({ second }) => pad(second, 2),
  u: ({ year, month, day }) => String(weekday(year, month, day) + 1),
  V: ({ year, month, day }) => pad(isoWeek(year, month, day).week, 2),
  w: ({ year, month, day }) => String((weekday(year, month, day) + 1) % 7),
  y: ({ year }) => pad(year % 100, 2),
  Y: ({ year }) => pad(year, 4),
  "%": () => "%",
};

function dayName({ year, month, day }: Moment): string {
  return DAYS[weekday(year, month, day)] ?? "";
}

function monthName({ month }: Moment): string {
  return MONTHS[month - 1] ?? "";
}

/**
 * Writes a date or time by the letters of strftime, in English. Letters that are not known stay as they are. Python:
 * `strftime`.
 *
 * @param timeZone The zone on whose clock an instant is read; that of the process unless given.
 *
 * @example
 * strftime(Temporal.PlainDate.from("2024-07-04"), "%d.%m.%Y"); // "04.07.2024"
 */
export function strftime(value: DateLike, format: string, timeZone: string = processZone()): string {
  const moment = readMoment(value, timeZone);
  return format.replaceAll(/%([a-zA-Z%])/g, (directive, letter: string) =>
    Object.hasOwn(LETTERS, letter) ? (LETTERS[letter]?.(moment) ?? directive) : directive,
  );
}
