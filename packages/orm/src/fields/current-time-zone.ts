import { getCurrentTimezone } from "@tsgo/i18n/timezone";

/** The name of the time zone in force here. */
export function currentTimeZone(): string {
  return getCurrentTimezone();
}
