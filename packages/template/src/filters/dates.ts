// Filters for dates and times.

import { dateFormat, getFormat, timeFormat } from "@tsgo/i18n/formats";
import { getCurrentTimezone } from "@tsgo/i18n/timezone";
import { isDateLike, momentKind } from "@tsgo/utils/dates";
import { textForm } from "@tsgo/utils/text-form";
import { timesince, timeuntil } from "@tsgo/utils/timesince";

import type { Library } from "../library/library.ts";
import { isTruthy } from "../runtime/truth.ts";

/** Registers the filters for dates and times. */
export function registerDateFilters(register: Library): void {
  const local = { expectsLocaltime: true, argument: "optional" } as const;
  register.filter("date", date, local);
  register.filter("time", time, local);
  register.filter("timesince", (value: unknown, from?: unknown) => difference(timesince, value, from), {
    argument: "optional",
  });
  register.filter("timeuntil", (value: unknown, from?: unknown) => difference(timeuntil, value, from), {
    argument: "optional",
  });
}

const DATE_LETTER = /^[bcdDEFIjlLmMnNorStUwWyYz]$/;
const ZONE_LETTERS = /[eIOTZ]/;
const LETTER = /\\.|[aAbcdDeEfFgGhHiIjlLmMnNoOPrsStTUuwWyYzZ]/gs;

function date(value: unknown, given?: unknown): string {
  if (value === null || value === undefined || value === "") return "";
  const letters = lettersOf(given, "DATE_FORMAT");
  if (!isDateLike(value)) return formatNothing(letters);
  try {
    return dateFormat(value, letters);
  } catch (error) {
    // A time has no date to show.
    if (error instanceof TypeError && momentKind(value) === "time") return "";
    throw error;
  }
}

function time(value: unknown, given?: unknown): string {
  const letters = lettersOf(given, "TIME_FORMAT");
  const asksForDate = letters.match(LETTER)?.some((letter) => DATE_LETTER.test(letter)) ?? false;
  if (!isDateLike(value) || asksForDate || momentKind(value) === "date") return "";
  return timeFormat(value, letters);
}

function lettersOf(given: unknown, usual: "DATE_FORMAT" | "TIME_FORMAT"): string {
  const name = given === undefined || given === null || given === "" ? usual : textForm(given);
  return String(getFormat(name));
}

// What is no date has no time zone either, and shows nothing for it; any other letter makes nothing of the whole.
function formatNothing(letters: string): string {
  const used = letters.match(LETTER) ?? [];
  if (used.length === 0 || !used.every((letter) => letter.startsWith("\\") || ZONE_LETTERS.test(letter))) return "";
  return letters.replaceAll(LETTER, (letter) => (letter.startsWith("\\") ? letter.slice(1) : ""));
}

function difference(tell: typeof timesince, value: unknown, from: unknown): string {
  if (!isDateLike(value)) return "";
  const other = isDateLike(from) ? from : undefined;
  if (other === undefined && isTruthy(from)) return "";
  try {
    return tell(value, other, { timeZone: getCurrentTimezone() });
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return "";
    throw error;
  }
}
