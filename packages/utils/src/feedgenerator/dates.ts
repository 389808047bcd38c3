// Dates as feeds write them.

import { weekday } from "../dates/calendar.ts";
import { type DateLike, isAware, isoFormat, pad, readMoment, readingOf } from "../dates/moment.ts";
import { formatOffset } from "../dates/zones.ts";
import { splitUrl } from "../urls/split.ts";

const DAYS = "Mon Tue Wed Thu Fri Sat Sun".split(" ");
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** A date as RSS writes it; one without a zone is marked as such, an instant is told in UTC. Django: `rfc2822_date`. */
export function rfc2822Date(date: DateLike): string {
  const { year, month, day, hour, minute, second } = readMoment(date, "UTC");
  const calendar = `${DAYS[weekday(year, month, day)]}, ${pad(day, 2)} ${MONTHS[month - 1]} ${pad(year, 4)}`;
  const clock = [hour, minute, second].map((part) => pad(part, 2)).join(":");
  const offset = offsetOf(date);
  return `${calendar} ${clock} ${offset === undefined ? "-0000" : formatOffset(offset, "")}`;
}

/** A date as Atom writes it; an instant is told in UTC. Django: `rfc3339_date`. */
export function rfc3339Date(date: DateLike): string {
  const moment = readMoment(date, "UTC");
  const offset = offsetOf(date);
  const whole = moment.kind === "date" ? { ...moment, kind: "datetime" as const } : moment;
  return offset === undefined ? `${isoFormat(whole, undefined)}Z` : isoFormat(whole, offset);
}

function offsetOf(date: DateLike): number | undefined {
  if (!isAware(date)) return undefined;
  return "offsetNanoseconds" in date ? date.offsetNanoseconds / 1e9 : 0;
}

/** The instant of a date in milliseconds, a date without a zone taken to be in UTC. */
export function instantOf(date: DateLike): number {
  return readingOf(readMoment(date, "UTC")) - (offsetOf(date) ?? 0) * 1000;
}

/** An identifier that stays when the page moves, made of its address and date. Django: `get_tag_uri`. */
export function getTagUri(url: string, date?: DateLike | null): string {
  const { netloc, path, fragment } = splitUrl(url);
  const host = netloc
    .slice(netloc.lastIndexOf("@") + 1)
    .replace(/:\d*$/, "")
    .toLowerCase();
  const day = date ? `,${isoFormat({ ...readMoment(date, "UTC"), kind: "date" }, undefined)}` : "";
  return `tag:${host}${day}:${path}/${fragment}`;
}
