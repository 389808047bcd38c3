// Dates as people say them.

import { type DateLike, isAware, isDateLike, momentKind, readMoment, readingOf } from "@tsgo/utils/dates";
import { type TimeStrings, timesince, timeuntil } from "@tsgo/utils/timesince";

import { dateFormat } from "../formats/dates.ts";
import { getCurrentTimezone } from "../timezone/active.ts";
import { type Aware, now } from "../timezone/convert.ts";
import { gettext, ngettext, npgettext } from "../translation/gettext.ts";

const DAY = 86_400;

/**
 * `yesterday`, `today` or `tomorrow`; any other day in a format. What is no date comes back as it is. Django:
 * `naturalday`.
 *
 * @param format `DATE_FORMAT` unless given.
 */
export function naturalday(value: unknown, format?: string): unknown {
  const kind = momentKind(value);
  if (!isDateLike(value) || kind === "time") return value;
  const zone = getCurrentTimezone();
  const day = readMoment(value, zone);
  const today = readMoment(now(), day.zone ?? zone);
  const difference = Math.round((dayReading(day) - dayReading(today)) / (DAY * 1000));
  if (difference === 0) return gettext("today");
  if (difference === 1) return gettext("tomorrow");
  return difference === -1 ? gettext("yesterday") : dateFormat(value, format);
}

function dayReading(moment: ReturnType<typeof readMoment>): number {
  return readingOf({ ...moment, hour: 0, minute: 0, second: 0, microsecond: 0 });
}

/** How long ago or from now: `3 hours ago`. What is no date with a time comes back as it is. Django: `naturaltime`. */
export function naturaltime(value: unknown): unknown {
  if (!isDateLike(value) || momentKind(value) !== "datetime") return value;
  const zone = getCurrentTimezone();
  const seconds = isAware(value)
    ? (epochOf(value) - Date.now()) / 1000
    : (readingOf(readMoment(value, zone)) - readingOf(readMoment(now(), zone))) / 1000;
  return seconds < 0 ? past(value, -seconds, zone) : future(value, seconds, zone);
}

function epochOf(value: Aware): number {
  return value instanceof Date ? value.getTime() : value.epochMilliseconds;
}

function past(value: DateLike, difference: number, timeZone: string): string {
  const seconds = Math.floor(difference);
  if (seconds >= DAY) {
    const delta = timesince(value, null, { timeStrings: inPast, timeZone });
    return gettext("%(delta)s ago").replace("%(delta)s", () => delta);
  }
  if (seconds === 0) return gettext("now");
  if (seconds < 60) return counted("a second ago", "%(count)s\u00a0seconds ago", seconds);
  if (seconds < 3600) return counted("a minute ago", "%(count)s\u00a0minutes ago", Math.floor(seconds / 60));
  return counted("an hour ago", "%(count)s\u00a0hours ago", Math.floor(seconds / 3600));
}

function future(value: DateLike, difference: number, timeZone: string): string {
  const seconds = Math.floor(difference);
  if (seconds >= DAY) {
    const delta = timeuntil(value, null, { timeStrings: inFuture, timeZone });
    return gettext("%(delta)s from now").replace("%(delta)s", () => delta);
  }
  if (seconds === 0) return gettext("now");
  if (seconds < 60) return counted("a second from now", "%(count)s\u00a0seconds from now", seconds);
  if (seconds < 3600) return counted("a minute from now", "%(count)s\u00a0minutes from now", Math.floor(seconds / 60));
  return counted("an hour from now", "%(count)s\u00a0hours from now", Math.floor(seconds / 3600));
}

function counted(singular: string, plural: string, count: number): string {
  return ngettext(singular, plural, count).replace("%(count)s", String(count));
}

// In many languages the words differ from those of a plain difference.
const inPast = timeStrings("naturaltime-past");
const inFuture = timeStrings("naturaltime-future");

function timeStrings(context: string): TimeStrings {
  const words = (unit: string) => (count: number) =>
    npgettext(context, `%(num)d ${unit}`, `%(num)d ${unit}s`, count).replace("%(num)d", String(count));
  return {
    year: words("year"),
    month: words("month"),
    week: words("week"),
    day: words("day"),
    hour: words("hour"),
    minute: words("minute"),
  };
}
