// Texts in the forms that databases keep them.

import { Temporal, type Duration, type PlainTime } from "./temporal.ts";

const MICROSECONDS_PER_DAY = 86_400_000_000n;

/** An instant as SQLite and MariaDB keep it, in UTC: `2024-05-01 12:30:00` or `2024-05-01 12:30:00.250000`. */
export function instantText(value: Date): string {
  const text = value.toISOString();
  const [date = "", clock = ""] = text.slice(0, -1).split("T");
  const [seconds = "", fraction = "000"] = clock.split(".");
  return fraction === "000" ? `${date} ${seconds}` : `${date} ${seconds}.${fraction}000`;
}

/** Reads what {@link instantText} wrote, and any other form of ISO 8601; without a zone it is UTC. */
export function parseInstant(text: string): Date {
  // The common form without a fraction and a zone, which would begin where the seconds do.
  if (text.length === 19 && text[16] === ":") return new Date(`${text.slice(0, 10)}T${text.slice(11)}Z`);
  const iso = text.replace(" ", "T");
  return new Date(
    /[zZ]$|[+-]\d\d:?\d\d$|[+-]\d\d$/.test(iso)
      ? iso.replace(/([+-]\d\d)$/, "$1:00")
      : `${iso.length === 10 ? `${iso}T00:00:00` : iso}Z`,
  );
}

/** A time of day with microseconds only where there are some: `08:30:00`, `08:30:00.000250`. */
export function timeText(value: PlainTime): string {
  const micro = value.millisecond * 1000 + value.microsecond;
  const seconds = `${pad(value.hour)}:${pad(value.minute)}:${pad(value.second)}`;
  return micro === 0 ? seconds : `${seconds}.${String(micro).padStart(6, "0")}`;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}

/** A duration in microseconds; days count 24 hours. */
export function durationMicroseconds(value: Duration): bigint {
  if (value.years !== 0 || value.months !== 0)
    throw new RangeError(
      `The duration ${value.toString()} has years or months, whose length depends on the date. Use days.`,
    );
  const clock =
    ((BigInt(value.hours) * 60n + BigInt(value.minutes)) * 60n + BigInt(value.seconds)) * 1_000_000n +
    BigInt(value.milliseconds) * 1000n +
    BigInt(value.microseconds);
  return (BigInt(value.weeks) * 7n + BigInt(value.days)) * MICROSECONDS_PER_DAY + clock;
}

/** The duration of so many microseconds, in days, hours, minutes, seconds and parts of them. */
export function durationFromMicroseconds(micro: bigint): Duration {
  const sign = micro < 0n ? -1 : 1;
  let rest = micro < 0n ? -micro : micro;
  const take = (unit: bigint): number => {
    const count = rest / unit;
    rest %= unit;
    return Number(count) * sign || 0;
  };
  return Temporal.Duration.from({
    days: take(MICROSECONDS_PER_DAY),
    hours: take(3_600_000_000n),
    minutes: take(60_000_000n),
    seconds: take(1_000_000n),
    milliseconds: take(1000n),
    microseconds: take(1n),
  });
}

/** A duration as Django writes it: `3 04:05:06.000007`. */
export function durationText(value: Duration): string {
  const micro = durationMicroseconds(value);
  // As in Python, the days carry the sign and the clock goes forward from there.
  const days =
    micro < 0n ? -((-micro + MICROSECONDS_PER_DAY - 1n) / MICROSECONDS_PER_DAY) : micro / MICROSECONDS_PER_DAY;
  const rest = Number(micro - days * MICROSECONDS_PER_DAY);
  const seconds = Math.floor(rest / 1_000_000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => pad(part));
  const fraction = rest % 1_000_000;
  return `${days === 0n ? "" : `${days} `}${clock.join(":")}${fraction === 0 ? "" : `.${String(fraction).padStart(6, "0")}`}`;
}
