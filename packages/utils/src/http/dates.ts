// Moments as HTTP writes them.

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const TIME = "(?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})";
const FORMS = [
  new RegExp(`^[A-Za-z]{3}, (?<day>[0-9]{2}) (?<month>[A-Za-z]{3}) (?<year>[0-9]{4}) ${TIME} GMT$`),
  new RegExp(`^[A-Za-z]{6,9}, (?<day>[0-9]{2})-(?<month>[A-Za-z]{3})-(?<year>[0-9]{2}) ${TIME} GMT$`),
  new RegExp(`^[A-Za-z]{3} (?<month>[A-Za-z]{3}) (?<day>[0-9 ][0-9]) ${TIME} (?<year>[0-9]{4})$`),
];

/**
 * A moment as an HTTP date. Django: `http_date`.
 *
 * @param seconds since 1970; now where it is left out.
 *
 * @example
 * httpDate(0); // "Thu, 01 Jan 1970 00:00:00 GMT"
 */
export function httpDate(seconds: number = Date.now() / 1000): string {
  return new Date(Math.floor(seconds) * 1000).toUTCString();
}

/**
 * Reads an HTTP date in any of the three forms of RFC 9110, to seconds since 1970. Django: `parse_http_date`.
 *
 * @throws RangeError for anything else.
 */
export function parseHttpDate(date: string): number {
  const seconds = parseHttpDateSafe(date);
  if (seconds === undefined) throw new RangeError(`${JSON.stringify(date)} is not a valid date`);
  return seconds;
}

/** Like `parseHttpDate`, with undefined for what is no date. Django: `parse_http_date_safe`. */
export function parseHttpDateSafe(date: string): number | undefined {
  for (const form of FORMS) {
    const parts = form.exec(date)?.groups;
    if (parts !== undefined) return toSeconds(parts);
  }
  return undefined;
}

function toSeconds(parts: Readonly<Record<string, string | undefined>>): number | undefined {
  const number = (name: string): number => Number(parts[name]);
  const month = MONTHS.indexOf((parts["month"] ?? "").toLowerCase());
  const [day, hour, minute, second] = [number("day"), number("hour"), number("minute"), number("second")];
  if (month < 0 || day < 1 || hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(Date.UTC(fullYear(number("year")), month, day, hour, minute, second));
  return date.getUTCDate() === day ? date.getTime() / 1000 : undefined;
}

// RFC 9110: a year of two digits that seems to lie more than 50 years ahead is the one a century before.
function fullYear(year: number): number {
  if (year >= 100) return year;
  const thisYear = new Date(Date.now()).getUTCFullYear();
  const candidate = Math.floor(thisYear / 100) * 100 + year;
  return candidate - thisYear > 50 ? candidate - 100 : candidate;
}
