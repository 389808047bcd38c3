// Lengths of time as text.

import { Temporal } from "temporal-polyfill";

import { pad } from "./dates/moment.ts";

const MICROSECONDS = { day: 86_400_000_000n, second: 1_000_000n };

interface Components {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  readonly microseconds: number;
}

/**
 * The length of a duration in microseconds. Django: `duration_microseconds`.
 *
 * @throws RangeError where it has years or months, whose lengths differ.
 */
export function durationMicroseconds(duration: Temporal.Duration): bigint {
  if (duration.years !== 0 || duration.months !== 0) {
    throw new RangeError(`${String(duration)} has no certain length: years and months differ. Give days and less.`);
  }
  const days = BigInt(duration.weeks) * 7n + BigInt(duration.days);
  const seconds = BigInt(duration.hours) * 3600n + BigInt(duration.minutes) * 60n + BigInt(duration.seconds);
  const rest =
    BigInt(duration.milliseconds) * 1000n + BigInt(duration.microseconds) + BigInt(duration.nanoseconds) / 1000n;
  return days * MICROSECONDS.day + seconds * MICROSECONDS.second + rest;
}

/** The duration of so many microseconds, in days and less. */
export function durationFromMicroseconds(microseconds: bigint): Temporal.Duration {
  const {
    days,
    hours,
    minutes,
    seconds,
    microseconds: rest,
  } = components(microseconds < 0n ? -microseconds : microseconds);
  const duration = Temporal.Duration.from({
    days,
    hours,
    minutes,
    seconds,
    milliseconds: Math.floor(rest / 1000),
    microseconds: rest % 1000,
  });
  return microseconds < 0n ? duration.negated() : duration;
}

/**
 * A duration as `1 02:03:04.000005`. A negative one has negative days and all else positive, as Python shows it.
 * Django: `duration_string`.
 */
export function durationString(duration: Temporal.Duration): string {
  const { days, hours, minutes, seconds, microseconds } = components(durationMicroseconds(duration));
  const clock = [hours, minutes, seconds].map((part) => pad(part, 2)).join(":");
  return (days === 0 ? "" : `${days} `) + clock + fraction(microseconds);
}

/** A duration as `P1DT02H03M04.000005S`. Django: `duration_iso_string`. */
export function durationIsoString(duration: Temporal.Duration): string {
  const total = durationMicroseconds(duration);
  const { days, hours, minutes, seconds, microseconds } = components(total < 0n ? -total : total);
  const clock = `${pad(hours, 2)}H${pad(minutes, 2)}M${pad(seconds, 2)}${fraction(microseconds)}S`;
  return `${total < 0n ? "-" : ""}P${days}DT${clock}`;
}

function fraction(microseconds: number): string {
  return microseconds === 0 ? "" : `.${pad(microseconds, 6)}`;
}

// Days are rounded down, so that everything below them is positive.
function components(total: bigint): Components {
  const inDay = ((total % MICROSECONDS.day) + MICROSECONDS.day) % MICROSECONDS.day;
  const seconds = Number(inDay / MICROSECONDS.second);
  return {
    days: Number((total - inDay) / MICROSECONDS.day),
    hours: Math.floor(seconds / 3600),
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
    microseconds: Number(inDay % MICROSECONDS.second),
  };
}
