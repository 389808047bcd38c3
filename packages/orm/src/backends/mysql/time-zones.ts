// The clock on the wall of a time zone, without the server's help: its tables of time zones are empty until somebody loads
// them, CONVERT_TZ() gives NULL then, and knows no moment outside of 1970 to 2038 in any case.

import { Temporal } from "../../values/temporal.ts";

const FIRST = Temporal.Instant.from("1900-01-01T00:00:00Z");
/** Changes of the clock that lie further ahead are not foreseen. */
const LAST_YEAR = 2070;

interface Offsets {
  /** When the clock changes, in seconds from 1970. */
  readonly changes: readonly number[];
  /** Seconds ahead of UTC: before the first change, and from each one on. */
  readonly seconds: readonly number[];
}

const known = new Map<string, Offsets>();

function offsetsOf(timeZone: string): Offsets {
  let offsets = known.get(timeZone);
  if (offsets === undefined) known.set(timeZone, (offsets = findOffsets(timeZone)));
  return offsets;
}

function findOffsets(timeZone: string): Offsets {
  let at = FIRST.toZonedDateTimeISO(timeZone);
  const changes: number[] = [];
  const seconds = [at.offsetNanoseconds / 1e9];
  for (;;) {
    const next = at.getTimeZoneTransition("next");
    if (next === null || next.year > LAST_YEAR) return { changes, seconds };
    changes.push(next.epochMilliseconds / 1000);
    seconds.push(next.offsetNanoseconds / 1e9);
    at = next;
  }
}

/** A moment in UTC as the date and time on the wall of a time zone. */
export function wallClockSql(sql: string, timeZone: string): string {
  const { changes, seconds } = offsetsOf(timeZone);
  if (changes.length === 0) return seconds[0] === 0 ? sql : `DATE_ADD(${sql}, INTERVAL ${seconds[0]} SECOND)`;
  const moment = `TIMESTAMPDIFF(SECOND, '1970-01-01', ${sql})`;
  return `DATE_ADD(${sql}, INTERVAL ELT(INTERVAL(${moment}, ${changes.join(",")}) + 1, ${seconds.join(",")}) SECOND)`;
}
