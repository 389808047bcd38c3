// Facts of the calendar.

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAY = 86_400_000;

/** Whether a year has a 29th of February. */
export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** How many days a month (1 to 12) has. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (MONTH_LENGTHS[month - 1] ?? 0);
}

/** Days since 1970-01-01. */
export function dayNumber(year: number, month: number, day: number): number {
  return new Date(Date.UTC(2000, 0, 1)).setUTCFullYear(year, month - 1, day) / DAY;
}

/** The day of the week, Monday 0 to Sunday 6. */
export function weekday(year: number, month: number, day: number): number {
  // The first of January 1970 was a Thursday.
  return (((dayNumber(year, month, day) + 3) % 7) + 7) % 7;
}

/** The day of the year, from 1. */
export function dayOfYear(year: number, month: number, day: number): number {
  return dayNumber(year, month, day) - dayNumber(year, 1, 1) + 1;
}

/** The ISO week of a date and the year that the week belongs to. */
export function isoWeek(year: number, month: number, day: number): { readonly year: number; readonly week: number } {
  // A week belongs to the year that its Thursday is in.
  const thursday = dayNumber(year, month, day) - weekday(year, month, day) + 3;
  const weekYear = new Date(thursday * DAY).getUTCFullYear();
  return { year: weekYear, week: Math.floor((thursday - dayNumber(weekYear, 1, 1)) / 7) + 1 };
}
