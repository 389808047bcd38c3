// Dates that a filter put into a time zone, and which stay in it when they are printed.

import { isAware, localtime, makeAware } from "@tsgo/i18n/timezone";
import { isDateLike, momentKind } from "@tsgo/utils/dates";
import { textForm } from "@tsgo/utils/text-form";

const kept = new WeakSet();

/** Whether a value is to be shown in its own time zone rather than the active one. */
export function keepsZone(value: unknown): boolean {
  return typeof value === "object" && value !== null && kept.has(value);
}

/** A date with a time in a time zone, to be shown there; nothing for what is no such date or zone. */
export function inZone(value: unknown, zone: unknown): unknown {
  if (!isDateLike(value) || momentKind(value) !== "datetime") return "";
  try {
    const zoned = localtime(
      isAware(value) ? value : makeAware(value as Parameters<typeof makeAware>[0]),
      textForm(zone),
    );
    kept.add(zoned);
    return zoned;
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return "";
    throw error;
  }
}
