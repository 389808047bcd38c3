// Offsets and names of time zones, out of the data that the runtime brings. A zone is an IANA name or `+05:30`.

const FIXED = /^(?:UTC|GMT)?([+-])(\d\d):?(\d\d)(?::?(\d\d))?$/i;
/** The data change a zone's offset on quarters of an hour only, since the last country gave up its odd seconds. */
const QUARTER = 900_000;
const REGULAR_SINCE = Date.UTC(1973, 0, 1);
const MOST_REMEMBERED = 4096;
/** More zones than there are; their names may come from visitors, in upper and lower case. */
const MOST_ZONES = 1000;

/** What is known of one zone. */
interface Zone {
  readonly fixed: number | undefined;
  readonly format: Intl.DateTimeFormat;
  readonly offsets: Map<number, number>;
}

const zones = new Map<string, Zone>();

/**
 * The offset of a zone from UTC, in seconds, at an instant.
 *
 * @param time The instant, in milliseconds since 1970.
 * @throws RangeError where there is no such zone.
 */
export function offsetAt(zone: string, time: number): number {
  const known = zoneNamed(zone);
  if (known.fixed !== undefined) return known.fixed;
  if (time < REGULAR_SINCE) return measure(known, time);
  const quarter = Math.floor(time / QUARTER);
  let offset = known.offsets.get(quarter);
  if (offset === undefined) {
    offset = measure(known, time);
    if (known.offsets.size >= MOST_REMEMBERED) known.offsets.clear();
    known.offsets.set(quarter, offset);
  }
  return offset;
}

/**
 * Checks the name of a zone.
 *
 * @throws RangeError where there is no such zone.
 */
export function assertZone(zone: string): void {
  zoneNamed(zone);
}

/** The offset that a clock reading has in a zone, and whether the reading is one that a change of the clock repeats or skips. */
export interface LocalOffset {
  /** Seconds from UTC: what was in force before the change, where the reading is odd. */
  readonly offset: number;
  readonly kind: "once" | "twice" | "never";
}

const DAY = 86_400_000;

/**
 * The offset of a clock reading.
 *
 * @param reading The reading as if it were UTC, in milliseconds since 1970.
 */
export function offsetOfReading(zone: string, reading: number): LocalOffset {
  const before = offsetAt(zone, reading - DAY);
  const after = offsetAt(zone, reading + DAY);
  if (before === after) return { offset: before, kind: "once" };
  const holdsBefore = offsetAt(zone, reading - before * 1000) === before;
  const holdsAfter = offsetAt(zone, reading - after * 1000) === after;
  if (holdsBefore && holdsAfter) return { offset: before, kind: "twice" };
  if (!holdsBefore && !holdsAfter) return { offset: before, kind: "never" };
  return { offset: holdsBefore ? before : after, kind: "once" };
}

/** Whether summer time is in force at an instant: the offset is more than the least of the year. */
export function isSummerTime(zone: string, time: number): boolean {
  const [january, july] = [new Date(time), new Date(time)].map((date, index) => date.setUTCMonth(index * 6, 1));
  const standard = Math.min(offsetAt(zone, january ?? time), offsetAt(zone, july ?? time));
  return offsetAt(zone, time) > standard;
}

// Each country's own abbreviations are known to the English of that part of the world.
const ENGLISHES = ["en-US", "en-GB", "en-IN", "en-AU", "en-NZ", "en-ZA", "en-CA"];

/** The abbreviation of a zone at an instant, such as `CET`; where it has none its offset, such as `+0545`. */
export function abbreviationAt(zone: string, time: number): string {
  if (zone === "UTC") return "UTC";
  const offset = offsetAt(zone, time);
  if (zoneNamed(zone).fixed !== undefined) return formatOffset(offset, "");
  // Odd seconds are the time of the sun over the place, from before there were zones.
  if (offset % 60 !== 0) return "LMT";
  return abbreviationNear(zone, time, offset) ?? formatOffset(offset, "");
}

// The runtime has no names for the time before 1970: then those of a later summer and winter do.
function abbreviationNear(zone: string, time: number, offset: number): string | undefined {
  const times = time < REGULAR_SINCE ? [time, REGULAR_SINCE, Date.UTC(1973, 6, 1)] : [time];
  for (const candidate of times.filter((other) => offsetAt(zone, other) === offset)) {
    for (const english of ENGLISHES) {
      const name = nameIn(english, zone, candidate);
      if (name !== undefined && /^[A-Z]{2,5}$/.test(name)) return name;
    }
  }
  return undefined;
}

const nameFormats = new Map<string, Intl.DateTimeFormat>();

function nameIn(locale: string, timeZone: string, time: number): string | undefined {
  const key = `${locale} ${timeZone}`;
  let format = nameFormats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "short" });
    if (nameFormats.size >= MOST_ZONES) nameFormats.clear();
    nameFormats.set(key, format);
  }
  return format.formatToParts(time).find(({ type }) => type === "timeZoneName")?.value;
}

/** An offset as `+0530` or, with a separator, `+05:30`; seconds only where there are any. */
export function formatOffset(offset: number, separator: string): string {
  const seconds = Math.abs(offset);
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) =>
    String(Math.floor(part)).padStart(2, "0"),
  );
  if (seconds % 60 === 0) parts.pop();
  return (offset < 0 ? "-" : "+") + parts.join(separator);
}

function zoneNamed(name: string): Zone {
  let zone = zones.get(name);
  if (zone === undefined) {
    zone = makeZone(name);
    if (zones.size >= MOST_ZONES) zones.clear();
    zones.set(name, zone);
  }
  return zone;
}

function makeZone(name: string): Zone {
  const fixed = fixedOffset(name);
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: fixed === undefined ? name : "UTC",
    hourCycle: "h23",
    era: "narrow",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return { fixed, format, offsets: new Map() };
}

function fixedOffset(name: string): number | undefined {
  if (name === "UTC") return 0;
  const [, sign, hours, minutes, seconds] = FIXED.exec(name) ?? [];
  if (sign === undefined) return undefined;
  const offset = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0);
  return sign === "-" ? -offset : offset;
}

// The clock of the zone, read as if it were UTC, against the instant.
function measure(zone: Zone, time: number): number {
  const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] = (
    zone.format.format(time).match(/\d+/g) ?? []
  ).map(Number);
  const isBeforeChrist = zone.format.format(time).includes("B");
  const reading = new Date(Date.UTC(2000, month - 1, day, hour, minute, second));
  reading.setUTCFullYear(isBeforeChrist ? 1 - year : year, month - 1, day);
  return (reading.getTime() - Math.floor(time / 1000) * 1000) / 1000;
}
