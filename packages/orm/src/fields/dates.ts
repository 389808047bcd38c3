// Fields that hold dates, times and durations.

import { FieldError, ValidationError } from "@tsgo/core/exceptions";

import type { DatabaseWrapper } from "../backends/base/wrapper.ts";
import type { ModelBase } from "../models/model.ts";
import {
  type Duration,
  type PlainDate,
  type PlainTime,
  Temporal,
  isDuration,
  isPlainDate,
  isPlainTime,
  isTemporal,
} from "../values/temporal.ts";
import { durationFromMicroseconds, durationMicroseconds, durationText, parseInstant } from "../values/text.ts";
import { Field, type FieldOptions } from "./field.ts";
import { currentTimeZone } from "./current-time-zone.ts";

/** Options of fields that can take the clock by themselves. */
export interface DateFieldOptions extends FieldOptions {
  /** Sets the value at each save. */
  readonly autoNow?: boolean;
  /** Sets the value when the row is made. */
  readonly autoNowAdd?: boolean;
}

abstract class ClockField<T, Optional extends boolean> extends Field<T, Optional> {
  declare readonly options: DateFieldOptions;

  constructor(options: DateFieldOptions = {}) {
    const automatic = options.autoNow === true || options.autoNowAdd === true;
    super(automatic ? { ...options, editable: options.editable ?? false, blank: true } : options);
    (this as { options: DateFieldOptions }).options = options;
  }

  get autoNow(): boolean {
    return this.options.autoNow ?? false;
  }

  get autoNowAdd(): boolean {
    return this.options.autoNowAdd ?? false;
  }

  override get emptyStringsAllowed(): boolean {
    return false;
  }

  protected abstract now(): unknown;

  override preSave(instance: ModelBase, add: boolean): unknown {
    if (!this.autoNow && !(this.autoNowAdd && add)) return super.preSave(instance, add);
    const value = this.now();
    (instance as unknown as Record<string, unknown>)[this.attname] = value;
    return value;
  }
}

/** A day of the calendar, as `Temporal.PlainDate`. */
export class DateField<T = PlainDate, Optional extends boolean = boolean> extends ClockField<T, Optional> {
  static override readonly description: string = "Date (without time)";
  static override readonly errorMessages: Readonly<Record<string, string>> = {
    invalid: "“%(value)s” value has an invalid date format. It must be in YYYY-MM-DD format.",
    invalidDate: "“%(value)s” value has the correct format (YYYY-MM-DD) but it is an invalid date.",
  };

  override get internalType(): string {
    return "DateField";
  }

  protected now(): unknown {
    return dateIn(new Date(), currentTimeZone());
  }

  override toValue(value: unknown): unknown {
    if (value === null || value === undefined || value === "") return null;
    const date = toPlainDate(value);
    if (date !== undefined) return date;
    const isWritten = typeof value === "string" && /^\d{4}-\d{1,2}-\d{1,2}$/.test(value.trim());
    throw this.invalid(value, isWritten ? "invalidDate" : "invalid");
  }

  override getPrepValue(value: unknown): unknown {
    const date = this.toValue(value);
    if (isPlainDate(date)) checkYear(date.year, this);
    return date;
  }

  override getDbPrepValue(value: unknown, connection: DatabaseWrapper, prepared = false): unknown {
    const date = prepared ? value : this.getPrepValue(value);
    return isPlainDate(date) ? connection.operations.adaptDate(date) : date;
  }

  override fromDb(connection: DatabaseWrapper): (value: unknown) => unknown {
    return connection.operations.dateFromDb;
  }
}

/** An instant, as `Date`. */
export class DateTimeField<T = Date, Optional extends boolean = boolean> extends ClockField<T, Optional> {
  static override readonly description: string = "Date (with time)";
  static override readonly errorMessages: Readonly<Record<string, string>> = {
    invalid: "“%(value)s” value has an invalid format. It must be in YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ] format.",
    invalidDate: "“%(value)s” value has the correct format (YYYY-MM-DD) but it is an invalid date.",
    invalidDatetime:
      "“%(value)s” value has the correct format (YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ]) but it is an invalid date/time.",
  };

  override get internalType(): string {
    return "DateTimeField";
  }

  protected now(): unknown {
    return new Date();
  }

  override toValue(value: unknown): unknown {
    if (value === null || value === undefined || value === "") return null;
    const instant = toInstant(value);
    if (instant !== undefined && !Number.isNaN(instant.getTime())) return instant;
    throw this.invalid(value, writtenAs(value));
  }

  override getPrepValue(value: unknown): unknown {
    const instant = this.toValue(value);
    if (instant instanceof Date) checkYear(instant.getUTCFullYear(), this);
    return instant;
  }

  override getDbPrepValue(value: unknown, connection: DatabaseWrapper, prepared = false): unknown {
    const instant = prepared ? value : this.getPrepValue(value);
    return instant instanceof Date ? connection.operations.adaptDateTime(instant) : instant;
  }

  override fromDb(connection: DatabaseWrapper): (value: unknown) => unknown {
    return connection.operations.dateTimeFromDb;
  }
}

/** A time of day, as `Temporal.PlainTime`, to the microsecond. */
export class TimeField<T = PlainTime, Optional extends boolean = boolean> extends ClockField<T, Optional> {
  static override readonly description: string = "Time";
  static override readonly errorMessages: Readonly<Record<string, string>> = {
    invalid: "“%(value)s” value has an invalid format. It must be in HH:MM[:ss[.uuuuuu]] format.",
    invalidTime: "“%(value)s” value has the correct format (HH:MM[:ss[.uuuuuu]]) but it is an invalid time.",
  };

  override get internalType(): string {
    return "TimeField";
  }

  protected now(): unknown {
    return timeIn(new Date(), currentTimeZone());
  }

  override toValue(value: unknown): unknown {
    if (value === null || value === undefined || value === "") return null;
    if (isPlainTime(value)) return value;
    if (isTemporal(value, "PlainDateTime")) return (value as { toPlainTime(): PlainTime }).toPlainTime();
    if (value instanceof Date && !Number.isNaN(value.getTime())) return timeIn(value, currentTimeZone());
    const match =
      typeof value === "string"
        ? /^(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,6})\d{0,6})?)?$/.exec(value.trim())
        : null;
    const time = match === null ? undefined : timeFromMatch(match);
    if (time !== undefined) return time;
    throw this.invalid(value, match === null ? "invalid" : "invalidTime");
  }

  override getPrepValue(value: unknown): unknown {
    return this.toValue(value);
  }

  override getDbPrepValue(value: unknown, connection: DatabaseWrapper, prepared = false): unknown {
    const time = prepared ? value : this.getPrepValue(value);
    return isPlainTime(time) ? connection.operations.adaptTime(time) : time;
  }

  override fromDb(connection: DatabaseWrapper): (value: unknown) => unknown {
    return connection.operations.timeFromDb;
  }
}

/** A length of time, as `Temporal.Duration`, to the microsecond; without years and months. */
export class DurationField<T = Duration, Optional extends boolean = boolean> extends Field<T, Optional> {
  static override readonly description: string = "Duration";
  static override readonly errorMessages: Readonly<Record<string, string>> = {
    invalid: "“%(value)s” value has an invalid format. It must be in [DD] [[HH:]MM:]ss[.uuuuuu] format.",
  };

  override get internalType(): string {
    return "DurationField";
  }

  override get emptyStringsAllowed(): boolean {
    return false;
  }

  override toValue(value: unknown): unknown {
    if (value === null || value === undefined || value === "") return null;
    const duration = toDuration(value);
    if (duration !== undefined) return duration;
    throw this.invalid(value);
  }

  override getPrepValue(value: unknown): unknown {
    const duration = this.toValue(value);
    if (isDuration(duration) && (duration.years !== 0 || duration.months !== 0))
      throw new FieldError(
        `${this.toString()}: ${duration.toString()} has years or months, whose length depends on the date. Use days.`,
      );
    if (isDuration(duration)) checkLength(duration, this);
    return duration;
  }

  override getDbPrepValue(value: unknown, connection: DatabaseWrapper, prepared = false): unknown {
    const duration = prepared ? value : this.getPrepValue(value);
    return isDuration(duration) ? connection.operations.adaptDuration(durationMicroseconds(duration)) : duration;
  }

  /** `3 04:05:06.000007`, as Django writes it. */
  override valueToString(instance: ModelBase): string {
    return durationText(this.valueFromObject(instance) as Duration);
  }

  override fromDb(connection: DatabaseWrapper): (value: unknown) => unknown {
    return connection.operations.durationFromDb;
  }
}

// Which error a text deserves that is no instant: how far it was written as one.
function writtenAs(value: unknown): string {
  const text = typeof value === "string" ? value.trim() : "";
  if (/^\d{4}-\d{1,2}-\d{1,2}$/.test(text)) return "invalidDate";
  return /^\d{4}-\d{1,2}-\d{1,2}[T ]\d{1,2}:\d{2}/.test(text) ? "invalidDatetime" : "invalid";
}

/** The day that an instant falls on in a time zone. */
export function dateIn(instant: Date, timeZone: string): PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
}

/** The time of day of an instant in a time zone. */
export function timeIn(instant: Date, timeZone: string): PlainTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).toPlainTime();
}

/** The instant at which a day begins in a time zone. */
export function startOfDay(date: PlainDate, timeZone: string): Date {
  return new Date(date.toZonedDateTime(timeZone).epochMilliseconds);
}

function toPlainDate(value: unknown): PlainDate | undefined {
  if (isPlainDate(value)) return value;
  if (isTemporal(value, "PlainDateTime")) return (value as { toPlainDate(): PlainDate }).toPlainDate();
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : dateIn(value, currentTimeZone());
  const match = typeof value === "string" ? /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(value.trim()) : null;
  if (match === null) return undefined;
  try {
    return Temporal.PlainDate.from(
      { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) },
      { overflow: "reject" },
    );
  } catch {
    return undefined;
  }
}

function toInstant(value: unknown): Date | undefined {
  if (value instanceof Date) return value;
  if (isPlainDate(value)) return startOfDay(value, currentTimeZone());
  if (isTemporal(value, "Instant") || isTemporal(value, "ZonedDateTime"))
    return new Date((value as { epochMilliseconds: number }).epochMilliseconds);
  if (isTemporal(value, "PlainDateTime"))
    return new Date(
      (value as { toZonedDateTime(zone: string): { epochMilliseconds: number } }).toZonedDateTime(currentTimeZone())
        .epochMilliseconds,
    );
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (!/^\d{4}-\d{1,2}-\d{1,2}/.test(text)) return undefined;
  if (/[zZ]$|[+-]\d\d(?::?\d\d)?$/.test(text.slice(10))) {
    const day = toPlainDate(text.slice(0, 10));
    return day === undefined ? undefined : parseInstant(text);
  }
  const naive = /^(\S{8,10})(?:[T ](.+))?$/.exec(text);
  const day = toPlainDate(naive?.[1]);
  if (day === undefined) return undefined;
  try {
    const clock = naive?.[2] === undefined ? undefined : Temporal.PlainTime.from(naive[2].replace(/^(\d):/, "0$1:"));
    return new Date(
      day.toZonedDateTime({ timeZone: currentTimeZone(), ...(clock === undefined ? {} : { plainTime: clock }) })
        .epochMilliseconds,
    );
  } catch {
    return undefined;
  }
}

function timeFromMatch(match: RegExpExecArray): PlainTime | undefined {
  const [, hour, minute, second = "0", fraction = ""] = match;
  const micro = Number(fraction.padEnd(6, "0"));
  try {
    return Temporal.PlainTime.from(
      {
        hour: Number(hour),
        minute: Number(minute),
        second: Number(second),
        millisecond: Math.floor(micro / 1000),
        microsecond: micro % 1000,
      },
      { overflow: "reject" },
    );
  } catch {
    return undefined;
  }
}

function toDuration(value: unknown): Duration | undefined {
  if (isDuration(value)) return value;
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  const match = /^(?:(-?\d+)\s*(?:days?,?\s*)?)??(-)?(?:(?:(\d+):)?(\d+):)?(\d+)(?:[.,](\d{1,6})\d*)?$/.exec(text);
  if (match !== null) {
    const [, days = "0", sign, hours = "0", minutes = "0", seconds = "0", fraction = ""] = match;
    const factor = sign === "-" ? -1 : 1;
    const micro = Number(fraction.padEnd(6, "0"));
    const clock = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000_000 + micro;
    // Days before zero with a clock after it ("-1 23:00:00") is how Python writes a negative duration.
    return durationFromMicroseconds(BigInt(days) * 86_400_000_000n + BigInt(factor * clock));
  }
  try {
    return /^[+-]?P/i.test(text) ? Temporal.Duration.from(text) : undefined;
  } catch {
    return undefined;
  }
}

// Databases differ beyond these years, so they are refused alike.
function checkYear(year: number, field: Field): void {
  if (year >= 1 && year <= 9999) return;
  throw new ValidationError(`${field.toString()}: the year ${year} is outside 1 to 9999.`, { code: "invalid_date" });
}

// Microseconds in 64 bits are what every database keeps.
const LONGEST = 2n ** 63n - 1n;

function checkLength(duration: Duration, field: Field): void {
  const length = durationMicroseconds(duration);
  if (length >= -LONGEST && length <= LONGEST) return;
  throw new ValidationError(`${field.toString()}: ${duration.toString()} is longer than 106751991 days.`, {
    code: "out_of_range",
  });
}
