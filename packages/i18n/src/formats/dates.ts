// Dates and times in the formats of the language in force.

import { type DateLike, format as formatDate } from "@tsgo/utils/dateformat";

import { getCurrentTimezone, getDefaultTimezone, usesTimezones } from "../timezone/active.ts";
import { type FormatOptions, getFormat } from "./get-format.ts";

/**
 * A date, a time or both as text. An instant is shown in the time zone in force. Django: `date_format`.
 *
 * @param format The name of a format, such as `SHORT_DATE_FORMAT`, or letters; `DATE_FORMAT` unless given.
 * @throws TypeError where a letter asks for what the value does not have.
 *
 * @example
 * dateFormat(question.pubDate, "DATETIME_FORMAT"); // "Jan. 2, 2008, 3:04 a.m."
 */
export function dateFormat(value: DateLike, format?: string | null, options?: FormatOptions): string {
  return formatDate(value, String(getFormat(format || "DATE_FORMAT", options)), shownZone());
}

/** A time as text, in `TIME_FORMAT` unless given. Django: `time_format`. */
export function timeFormat(value: DateLike, format?: string | null, options?: FormatOptions): string {
  return formatDate(value, String(getFormat(format || "TIME_FORMAT", options)), shownZone());
}

// Without USE_TZ there is only the time of the settings.
function shownZone(): string {
  return usesTimezones() ? getCurrentTimezone() : getDefaultTimezone();
}
