// Dates and times in the notations of ISO 8601.

import { Temporal } from "temporal-polyfill";

const DATE = /^(\d{4})(?:-(\d\d)-(\d\d)|(\d\d)(\d\d))$/;
const WEEK_DATE = /^(\d{4})(?:-W(\d\d)(?:-(\d))?|W(\d\d)(\d)?)$/;
const TIME = /^T?(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d+))?)?|(\d\d)(?:(\d\d)(?:[.,](\d+))?)?)?$/;
/** No offset is a day or longer. */
export const DAY = 86_400;
const OFFSET = /(?:Z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)$/;

/** The date that a text notes, or undefined where it is none. */
export function parseIsoDate(text: string): Temporal.PlainDate | undefined {
  const date = DATE.exec(text);
  if (date !== null) return makeDate(Number(date[1]), Number(date[2] ?? date[4]), Number(date[3] ?? date[5]));
  const week = WEEK_DATE.exec(text);
  return week === null
    ? undefined
    : weekDate(Number(week[1]), Number(week[2] ?? week[4]), Number(week[3] ?? week[5] ?? 1));
}

/** The time that a text notes, its offset passed over; undefined where it is none. */
export function parseIsoTime(text: string): Temporal.PlainTime | undefined {
  const match = TIME.exec(text.replace(OFFSET, ""));
  if (match === null || Math.abs(parseIsoOffset(text) ?? 0) >= DAY) return undefined;
  return makeTime(match[1], match[2] ?? match[5], match[3] ?? match[6], match[4] ?? match[7]);
}

/** The offset in seconds that a text ends with; undefined where it has none. */
export function parseIsoOffset(text: string): number | undefined {
  const offset = OFFSET.exec(text)?.[0];
  if (offset === undefined || offset === "Z") return offset === undefined ? undefined : 0;
  const [hours = 0, minutes = 0, seconds = 0] = (offset.slice(1).match(/\d\d/g) ?? []).map(Number);
  const total = minutes > 59 || seconds > 59 ? DAY : hours * 3600 + minutes * 60 + seconds;
  return offset.startsWith("-") ? -total : total;
}

/** A date of the years 1 to 9999, or undefined where there is no such day. */
export function makeDate(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  if (year < 1 || year > 9999) return undefined;
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: "reject" });
  } catch {
    return undefined;
  }
}

/** A time out of its digits, or undefined where there is no such time. Digits beyond microseconds are dropped. */
export function makeTime(hour = "0", minute = "0", second = "0", fraction = ""): Temporal.PlainTime | undefined {
  const microseconds = Number(fraction.slice(0, 6).padEnd(6, "0"));
  try {
    return Temporal.PlainTime.from(
      {
        hour: Number(hour),
        minute: Number(minute),
        second: Number(second),
        millisecond: Math.floor(microseconds / 1000),
        microsecond: microseconds % 1000,
      },
      { overflow: "reject" },
    );
  } catch {
    return undefined;
  }
}

function weekDate(year: number, week: number, day: number): Temporal.PlainDate | undefined {
  if (year < 1 || week < 1 || week > 53 || day < 1 || day > 7) return undefined;
  // The fourth of January is always in the first week.
  const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 });
  const date = fourth.add({ days: (week - 1) * 7 + day - fourth.dayOfWeek });
  return date.yearOfWeek === year ? date : undefined;
}
