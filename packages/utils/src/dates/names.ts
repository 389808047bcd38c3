// Names of days and months, translated when they are asked for.

import { translator } from "../translation.ts";

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
// The style of the Associated Press: five letters and fewer stay whole.
const MONTHS_AP = "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.".split(" ");

/** The name of a weekday, Monday 0. Django: `WEEKDAYS`. */
export function weekdayName(index: number): string {
  return translator().gettext(WEEKDAYS[index] ?? "");
}

/** The short name of a weekday, Monday 0: `Mon`. Django: `WEEKDAYS_ABBR`. */
export function weekdayShortName(index: number): string {
  return translator().gettext((WEEKDAYS[index] ?? "").slice(0, 3));
}

/** The name of a month, 1 to 12. Django: `MONTHS`. */
export function monthName(month: number): string {
  return translator().gettext(MONTHS[month - 1] ?? "");
}

/** The three letters of a month in lower case: `jan`. Django: `MONTHS_3`. */
export function monthShortName(month: number): string {
  return translator().gettext((MONTHS[month - 1] ?? "").slice(0, 3).toLowerCase());
}

/** The abbreviation of a month in the Associated Press style: `Jan.`. Django: `MONTHS_AP`. */
export function monthAbbreviation(month: number): string {
  return translator().pgettext("abbrev. month", MONTHS_AP[month - 1] ?? "");
}

/** The name of a month in the form that some languages use beside a day. Django: `MONTHS_ALT`. */
export function monthAlternativeName(month: number): string {
  return translator().pgettext("alt. month", MONTHS[month - 1] ?? "");
}
