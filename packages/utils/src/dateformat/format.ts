// Dates and times as text, by a format of letters.

import { type DateLike, isAware, readMoment } from "../dates/moment.ts";
import { offsetAt } from "../dates/zones.ts";
import { type Subject, dateLetters, timeLetters } from "./letters.ts";

type Piece = string | { readonly letter: string };

const LETTER = /(?<!\\)([aAbcdDeEfFgGhHiIjlLmMnNoOPrsStTUuwWyYzZ])/;
const MOST_REMEMBERED = 500;
const compiled = new Map<string, readonly Piece[]>();

/**
 * Writes a date, a time or both as text. Django: `dateformat.format`.
 *
 * Every letter of Django's formats has its meaning; a backslash makes a letter stand for itself.
 *
 * @param timeZone The zone in which an instant is shown, and in which a value without a zone is taken to be where a
 * letter asks for the zone. The zone of the process unless given.
 * @throws TypeError where a letter asks for what the value does not have: the hour of a date, the year of a time.
 *
 * @example
 * format(Temporal.PlainDate.from("2024-07-04"), "jS F Y"); // "4th July 2024"
 */
export function format(value: DateLike, formatString: string, timeZone: string = processZone()): string {
  const subject = subjectOf(value, timeZone);
  let text = "";
  for (const piece of compile(formatString)) text += typeof piece === "string" ? piece : write(piece.letter, subject);
  return text;
}

/** `format` under the name that Django has for times. */
export const timeFormat: typeof format = format;

function subjectOf(value: DateLike, defaultZone: string): Subject {
  const moment = readMoment(value, defaultZone);
  if (!isAware(value)) return { moment, defaultZone, offset: undefined };
  const zone = moment.zone ?? defaultZone;
  const time = value instanceof Date ? value.getTime() : value.epochMilliseconds;
  return { moment: { ...moment, zone }, defaultZone, offset: offsetAt(zone, time) };
}

function write(letter: string, subject: Subject): string {
  const { kind } = subject.moment;
  const ofTime = timeLetters.get(letter);
  // ISO 8601 writes whatever there is.
  const lacksPart = letter !== "c" && (ofTime === undefined ? kind === "time" : kind === "date");
  if (lacksPart) throw lacks(letter, kind);
  return String((ofTime ?? dateLetters.get(letter))?.(subject) ?? "");
}

function lacks(letter: string, kind: string): TypeError {
  const other = kind === "date" ? "time" : "date";
  return new TypeError(`The format letter '${letter}' needs a ${other}, which a ${kind} does not have.`);
}

function compile(formatString: string): readonly Piece[] {
  let pieces = compiled.get(formatString);
  if (pieces === undefined) {
    pieces = formatString
      .split(LETTER)
      .map((piece, index) => (index % 2 === 1 ? { letter: piece } : piece.replaceAll(/\\(.)/gs, "$1")))
      .filter((piece) => piece !== "");
    if (compiled.size >= MOST_REMEMBERED) compiled.clear();
    compiled.set(formatString, pieces);
  }
  return pieces;
}

let zoneOfProcess: string | undefined;

/** The time zone that the process runs in. */
export function processZone(): string {
  zoneOfProcess ??= new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zoneOfProcess;
}
