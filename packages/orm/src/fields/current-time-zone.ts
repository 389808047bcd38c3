import { getCurrentTimezone } from "@tsgo/i18n/timezone";

let reads = 0;

/** How often the time zone was asked for: SQL during whose making this grew counts in that zone only. */
export function timeZoneReads(): number {
  return reads;
}

/** The name of the time zone in force here. */
export function currentTimeZone(): string {
  reads += 1;
  return getCurrentTimezone();
}
