// Which time zone is in force: for the process by the settings, for a request by what was activated in it.

import { fromSettings } from "@tsgo/core/conf";
import { contextVar } from "@tsgo/core/context";
import { assertZone } from "@tsgo/utils/dates";

const active = contextVar<string>("timezone");

/**
 * Makes a time zone (an IANA name or an offset such as `+05:30`) the one in force for the rest of the request.
 *
 * @throws RangeError where there is no such zone.
 */
export function activate(zone: string): void {
  assertZone(zone);
  active.set(zone);
}

/** Goes back to the time zone of the settings. Django: `deactivate`. */
export function deactivate(): void {
  active.set(undefined);
}

/** Calls `fn` with a time zone in force, for all that it calls and awaits; null for that of the settings. Django: `override`. */
export function override<R>(zone: string | null, fn: () => R): R {
  if (zone !== null) assertZone(zone);
  return active.run(zone ?? undefined, fn);
}

/** The time zone of the settings. Django: `get_default_timezone`. */
export const getDefaultTimezone: () => string = fromSettings(({ TIME_ZONE }) => TIME_ZONE);

/** The time zone in force. Django: `get_current_timezone`. */
export function getCurrentTimezone(): string {
  return active.get() ?? getDefaultTimezone();
}

/** Whether instants are shown in the time zone in force, and not in that of the settings. */
export const usesTimezones: () => boolean = fromSettings(({ USE_TZ }) => USE_TZ);
