// How long ago, in words.

import { daysInMonth } from "./dates/calendar.ts";
import { type DateLike, type Moment, isAware, readMoment, readingOf } from "./dates/moment.ts";
import { processZone } from "./dateformat/format.ts";
import { avoidWrapping } from "./html/wrapping.ts";
import { translator } from "./translation.ts";

const UNITS = ["year", "month", "week", "day", "hour", "minute"] as const;
/** Seconds in the units that have always the same length. */
const LENGTHS = [604_800, 86_400, 3600, 60];

/** A unit of time that a difference is told in. */
export type TimeUnit = (typeof UNITS)[number];

/** Words for so many of each unit: `3 weeks`. */
export type TimeStrings = Readonly<Record<TimeUnit, (count: number) => string>>;

/** How a difference is told. */
export interface TimesinceOptions {
  /** How many units to tell at most, neighbours only: 2 gives `1 day, 3 hours`. */
  readonly depth?: number;
  /** Words of one's own. */
  readonly timeStrings?: TimeStrings;
  /** The zone on whose calendar instants are compared; the zone of the process unless given. */
  readonly timeZone?: string;
}

const translated: TimeStrings = {
  year: (count) => counted("%(num)d year", "%(num)d years", count),
  month: (count) => counted("%(num)d month", "%(num)d months", count),
  week: (count) => counted("%(num)d week", "%(num)d weeks", count),
  day: (count) => counted("%(num)d day", "%(num)d days", count),
  hour: (count) => counted("%(num)d hour", "%(num)d hours", count),
  minute: (count) => counted("%(num)d minute", "%(num)d minutes", count),
};

function counted(singular: string, plural: string, count: number): string {
  return translator().ngettext(singular, plural, count).replace("%(num)d", String(count));
}

/**
 * The time from `date` to `now` in words, `0 minutes` where `date` is not in the past. Spaces in it do not break.
 * Django: `timesince`.
 *
 * @param now The clock of this moment unless given.
 * @throws RangeError for a depth below 1.
 * @throws TypeError where one of the two has a zone and the other has none.
 *
 * @example
 * timesince(PlainDate.from("2024-01-01"), PlainDate.from("2024-03-15")); // "2 months, 2 weeks"
 */
export function timesince(date: DateLike, now?: DateLike | null, options: TimesinceOptions = {}): string {
  const [from, to] = comparable(date, now, options);
  return describe(from, to, options);
}

/** The time from `now` to `date` in words. Django: `timeuntil`. */
export function timeuntil(date: DateLike, now?: DateLike | null, options: TimesinceOptions = {}): string {
  const [from, to] = comparable(date, now, options);
  return describe(to, from, options);
}

function comparable(
  date: DateLike,
  now: DateLike | null | undefined,
  { timeZone }: TimesinceOptions,
): [Moment, Moment] {
  const zone = timeZone ?? processZone();
  const moment = readMoment(date, zone);
  const other = now ?? new Date(Date.now());
  if (now && isAware(now) !== isAware(date)) {
    throw new TypeError("A date with a time zone cannot be compared with one without. Give both a zone, or neither.");
  }
  // Both on one clock: the calendar of the first decides what a month is.
  const clock = moment.zone ?? zone;
  return [moment, readMoment("withTimeZone" in other ? other.withTimeZone(clock) : other, clock)];
}

function describe(from: Moment, to: Moment, { depth = 2, timeStrings = translated }: TimesinceOptions): string {
  if (!(depth > 0)) throw new RangeError(`A depth of ${depth} tells nothing; it must be greater than 0.`);
  const counts = Math.floor((readingOf(to) - readingOf(from)) / 1000) > 0 ? countUnits(from, to) : [];
  const first = counts.findIndex((count) => count !== 0);
  if (first === -1) return avoidWrapping(timeStrings.minute(0));
  const words: string[] = [];
  for (let index = first; index < UNITS.length && words.length < depth; index += 1) {
    const [unit, count] = [UNITS[index], counts[index]];
    if (unit === undefined || count === undefined || count === 0) break;
    words.push(avoidWrapping(timeStrings[unit](count)));
  }
  return words.join(translator().gettext(", "));
}

function countUnits(from: Moment, to: Moment): number[] {
  const months = wholeMonths(from, to);
  const counts = [Math.floor(months / 12), months % 12];
  let rest = Math.floor((readingOf(to) - readingOf(months > 0 ? addMonths(from, months) : from)) / 1000);
  for (const length of LENGTHS) {
    counts.push(Math.floor(rest / length));
    rest %= length;
  }
  return counts;
}

function wholeMonths(from: Moment, to: Moment): number {
  const months = (to.year - from.year) * 12 + (to.month - from.month);
  const isLater = from.day > to.day || (from.day === to.day && timeOfDay(from) > timeOfDay(to));
  return isLater ? months - 1 : months;
}

function timeOfDay({ hour, minute, second, microsecond }: Moment): number {
  return ((hour * 60 + minute) * 60 + second) * 1e6 + microsecond;
}

function addMonths(moment: Moment, months: number): Moment {
  const index = moment.month - 1 + months;
  const [year, month] = [moment.year + Math.floor(index / 12), (index % 12) + 1];
  // February is taken as 28 days long, in every year.
  const day = Math.min(moment.day, month === 2 ? 28 : daysInMonth(year, month));
  return { ...moment, year, month, day, microsecond: 0 };
}
