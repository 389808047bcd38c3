// What each letter of a date format stands for.

import { dayOfYear, daysInMonth, isLeapYear, isoWeek, weekday } from "../dates/calendar.ts";
import type { Moment } from "../dates/moment.ts";
import { isoFormat, pad, readingOf } from "../dates/moment.ts";
import {
  monthAbbreviation,
  monthAlternativeName,
  monthName,
  monthShortName,
  weekdayName,
  weekdayShortName,
} from "../dates/names.ts";
import { type LocalOffset, abbreviationAt, formatOffset, isSummerTime, offsetOfReading } from "../dates/zones.ts";
import { translator } from "../translation.ts";

/** A moment on its way to text: with the zone that one without a zone is taken to be in. */
export interface Subject {
  readonly moment: Moment;
  readonly defaultZone: string;
  /** The offset, where the value itself knows it. */
  readonly offset: number | undefined;
}

type Letter = (subject: Subject) => string | number;

/** Letters that need a time of day. */
export const timeLetters: ReadonlyMap<string, Letter> = new Map<string, Letter>([
  ["a", ({ moment }) => translator().gettext(moment.hour > 11 ? "p.m." : "a.m.")],
  ["A", ({ moment }) => translator().gettext(moment.hour > 11 ? "PM" : "AM")],
  ["e", (subject) => (subject.moment.zone === undefined ? "" : abbreviation(subject))],
  ["f", ({ moment }) => hourAndMinute(moment)],
  ["g", ({ moment }) => hour12(moment)],
  ["G", ({ moment }) => moment.hour],
  ["h", ({ moment }) => pad(hour12(moment), 2)],
  ["H", ({ moment }) => pad(moment.hour, 2)],
  ["i", ({ moment }) => pad(moment.minute, 2)],
  ["O", (subject) => whereCertain(subject, (offset) => formatOffset(withoutSeconds(offset), ""))],
  ["P", ({ moment }) => clockTime(moment)],
  ["s", ({ moment }) => pad(moment.second, 2)],
  ["T", (subject) => whereCertain(subject, () => abbreviation(subject))],
  ["u", ({ moment }) => pad(moment.microsecond, 6)],
  ["Z", (subject) => whereCertain(subject, String)],
]);

/** Letters that need a date. */
export const dateLetters: ReadonlyMap<string, Letter> = new Map<string, Letter>([
  ["b", ({ moment }) => monthShortName(moment.month)],
  ["c", ({ moment, offset }) => isoFormat(moment, offset)],
  ["d", ({ moment }) => pad(moment.day, 2)],
  ["D", ({ moment }) => weekdayShortName(weekdayOf(moment))],
  ["E", ({ moment }) => monthAlternativeName(moment.month)],
  ["F", ({ moment }) => monthName(moment.month)],
  ["I", (subject) => summerTime(subject)],
  ["j", ({ moment }) => moment.day],
  ["l", ({ moment }) => weekdayName(weekdayOf(moment))],
  ["L", ({ moment }) => String(isLeapYear(moment.year))],
  ["m", ({ moment }) => pad(moment.month, 2)],
  ["M", ({ moment }) => titleCase(monthShortName(moment.month))],
  ["n", ({ moment }) => moment.month],
  ["N", ({ moment }) => monthAbbreviation(moment.month)],
  ["o", ({ moment }) => isoWeek(moment.year, moment.month, moment.day).year],
  ["r", (subject) => rfc5322(subject)],
  ["S", ({ moment }) => ordinalSuffix(moment.day)],
  ["t", ({ moment }) => daysInMonth(moment.year, moment.month)],
  ["U", (subject) => Math.floor(epoch(subject) / 1000)],
  ["w", ({ moment }) => (weekdayOf(moment) + 1) % 7],
  ["W", ({ moment }) => isoWeek(moment.year, moment.month, moment.day).week],
  ["y", ({ moment }) => pad(moment.year % 100, 2)],
  ["Y", ({ moment }) => pad(moment.year, 4)],
  ["z", ({ moment }) => dayOfYear(moment.year, moment.month, moment.day)],
]);

function hour12({ hour }: Moment): number {
  return hour % 12 === 0 ? 12 : hour % 12;
}

function hourAndMinute(moment: Moment): string {
  return moment.minute === 0 ? String(hour12(moment)) : `${hour12(moment)}:${pad(moment.minute, 2)}`;
}

function clockTime(moment: Moment): string {
  const translate = translator();
  if (moment.minute === 0 && moment.hour === 0) return translate.gettext("midnight");
  if (moment.minute === 0 && moment.hour === 12) return translate.gettext("noon");
  return `${hourAndMinute(moment)} ${translate.gettext(moment.hour > 11 ? "p.m." : "a.m.")}`;
}

function weekdayOf({ year, month, day }: Moment): number {
  return weekday(year, month, day);
}

function titleCase(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}

function ordinalSuffix(day: number): string {
  if (day > 10 && day < 14) return "th";
  return ["th", "st", "nd", "rd"][day % 10] ?? "th";
}

function zoneOf({ moment, defaultZone }: Subject): string {
  return moment.zone ?? defaultZone;
}

function localOffset(subject: Subject): LocalOffset {
  const found = offsetOfReading(zoneOf(subject), readingOf(subject.moment));
  return subject.offset === undefined ? found : { offset: subject.offset, kind: found.kind };
}

// A reading that the clock shows twice or never has no certain offset; a time has no date to ask for.
function whereCertain(subject: Subject, show: (offset: number) => string): string {
  if (subject.moment.kind === "time") return "";
  const { offset, kind } = localOffset(subject);
  return kind === "once" ? show(offset) : "";
}

function summerTime(subject: Subject): string {
  if (subject.moment.kind === "date") return "";
  return whereCertain(subject, () => (isSummerTime(zoneOf(subject), epoch(subject)) ? "1" : "0"));
}

function abbreviation(subject: Subject): string {
  return abbreviationAt(zoneOf(subject), epoch(subject));
}

function withoutSeconds(offset: number): number {
  return Math.sign(offset) * Math.floor(Math.abs(offset) / 60) * 60;
}

/** The instant, in milliseconds since 1970; of a date its midnight in the default zone. */
function epoch(subject: Subject): number {
  return readingOf(subject.moment) - localOffset(subject).offset * 1000;
}

const DAYS = "Mon Tue Wed Thu Fri Sat Sun".split(" ");
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

// For machines, and so never translated.
function rfc5322(subject: Subject): string {
  const { moment } = subject;
  const date = `${DAYS[weekdayOf(moment)]}, ${pad(moment.day, 2)} ${MONTHS[moment.month - 1]} ${pad(moment.year, 4)}`;
  const time = `${pad(moment.hour, 2)}:${pad(moment.minute, 2)}:${pad(moment.second, 2)}`;
  return `${date} ${time} ${formatOffset(localOffset(subject).offset, "")}`;
}
