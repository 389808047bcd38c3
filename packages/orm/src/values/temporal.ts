// Dates without a clock, clocks without a date, and durations: the runtime's own Temporal where it has one.

import { Temporal as Polyfill } from "temporal-polyfill";

type Runtime = typeof globalThis & { readonly Temporal?: typeof Polyfill };
const runtime: Runtime = globalThis;

/** `Temporal` of the runtime, or the polyfill's. */
export const Temporal: typeof Polyfill = runtime.Temporal ?? Polyfill;

// The polyfill's values have no properties of their own, so that a console would show every date as an empty object.
if (Temporal === Polyfill) {
  const inspect = Symbol.for("nodejs.util.inspect.custom");
  for (const Class of [
    Temporal.PlainDate,
    Temporal.PlainTime,
    Temporal.PlainDateTime,
    Temporal.Duration,
    Temporal.Instant,
  ])
    Object.defineProperty(Class.prototype, inspect, {
      value(this: { readonly [Symbol.toStringTag]: string; toJSON(): string }): string {
        return `${this[Symbol.toStringTag]} ${this.toJSON()}`;
      },
      configurable: true,
    });
}

export type PlainDate = Polyfill.PlainDate;
export type PlainTime = Polyfill.PlainTime;
export type Duration = Polyfill.Duration;

/** Whether a value is of a Temporal class, whichever copy made it. */
export function isTemporal(
  value: unknown,
  kind: "PlainDate" | "PlainTime" | "Duration" | "Instant" | "ZonedDateTime" | "PlainDateTime",
): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    (value as { readonly [Symbol.toStringTag]?: string })[Symbol.toStringTag] === `Temporal.${kind}`
  );
}

export function isPlainDate(value: unknown): value is PlainDate {
  return isTemporal(value, "PlainDate");
}

export function isPlainTime(value: unknown): value is PlainTime {
  return isTemporal(value, "PlainTime");
}

export function isDuration(value: unknown): value is Duration {
  return isTemporal(value, "Duration");
}
