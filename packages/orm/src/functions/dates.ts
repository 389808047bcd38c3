// Parts of dates and times, and dates and times cut down to a part.

import { FieldError } from "@tsgo/core/exceptions";

import type { DatabaseWrapper } from "../backends/base/wrapper.ts";
import type { ExtractPart, TruncPart } from "../backends/base/operations.ts";
import type { Expression } from "../expressions/expression.ts";
import type { Converter } from "../expressions/expression.ts";
import { Func, type FuncArgument, type FuncOptions } from "../expressions/func.ts";
import type { Query } from "../query/query.ts";
import type { ResolveOptions } from "../expressions/resolve-options.ts";
import { currentTimeZone } from "../fields/current-time-zone.ts";
import { DateField, DateTimeField, TimeField } from "../fields/dates.ts";
import type { Field } from "../fields/field.ts";
import { IntegerField } from "../fields/numbers.ts";
import { Transform } from "../lookups/transform.ts";
import type { SqlCompiler } from "../query/compiler/compiler.ts";
import type { Sql } from "../query/sql.ts";

const EXTRACT_PARTS: ReadonlySet<string> = new Set([
  "year",
  "iso_year",
  "quarter",
  "month",
  "day",
  "week",
  "week_day",
  "iso_week_day",
  "hour",
  "minute",
  "second",
  "epoch",
]);

const TRUNC_PARTS: ReadonlySet<string> = new Set([
  "year",
  "quarter",
  "month",
  "week",
  "day",
  "hour",
  "minute",
  "second",
  "date",
  "time",
]);
const CLOCK_PARTS: ReadonlySet<string> = new Set(["hour", "minute", "second"]);

/** Options of the functions that look at an instant in a time zone. */
export interface ZoneOptions {
  /** A name of a time zone; the current one where it is left out. */
  readonly tzinfo?: string;
}

/** A name of a time zone that this runtime knows. @throws FieldError otherwise. */
export function checkedZone(zone: string | undefined): string {
  if (zone === undefined) return currentTimeZone();
  try {
    if (/^[A-Za-z0-9_+\-/:]+$/.test(zone)) {
      void new Intl.DateTimeFormat("en", { timeZone: zone });
      return zone;
    }
  } catch {
    // Told below.
  }
  throw new FieldError(`${JSON.stringify(zone)} is not a time zone.`);
}

/** A part of a date, time or duration: `new Extract("pubDate", "year")`. */
export class Extract extends Transform<number> {
  readonly part: ExtractPart;
  readonly tzinfo: string | undefined;

  constructor(expression: FuncArgument, part: ExtractPart, options: ZoneOptions = {}) {
    super(expression);
    if (!EXTRACT_PARTS.has(part))
      throw new FieldError(
        `${JSON.stringify(part)} is no part of a date: choose one of ${[...EXTRACT_PARTS].join(", ")}.`,
      );
    if (options.tzinfo !== undefined) checkedZone(options.tzinfo);
    this.part = part;
    this.tzinfo = options.tzinfo;
  }

  protected override resolveOutputField(): Field {
    return new IntegerField();
  }

  override resolve(query: Query, options: ResolveOptions = {}): Expression {
    const copy = super.resolve(query, options) as this;
    const type = baseType(copy.lhs);
    if (!["DateField", "DateTimeField", "TimeField", "DurationField"].includes(type))
      throw new FieldError(`Extract takes a date, a time or a duration, not ${type || "this"}.`);
    if (type === "DateField" && CLOCK_PARTS.has(this.part)) throw new FieldError(`A date has no '${this.part}'.`);
    if (type === "TimeField" && !CLOCK_PARTS.has(this.part)) throw new FieldError(`A time has no '${this.part}'.`);
    return copy;
  }

  override compile(compiler: SqlCompiler): Sql {
    const { sql, params } = compiler.compile(this.lhs);
    const { operations } = compiler.connection;
    switch (baseType(this.lhs)) {
      case "DateTimeField":
        return operations.dateTimeExtractSql(this.part, sql, params, checkedZone(this.tzinfo));
      case "DateField":
        return operations.dateExtractSql(this.part, sql, params);
      case "DurationField":
        return operations.durationExtractSql(this.part, sql, params);
      default:
        return operations.timeExtractSql(this.part, sql, params);
    }
  }
}

function baseType(expression: Expression): string {
  return expression.outputField.outputField.targetValueField.internalType;
}

interface ExtractClass {
  readonly lookupName: string;
  readonly isTransform: boolean;
  new (expression: FuncArgument, options?: ZoneOptions): Extract;
}

function extractor(part: ExtractPart, lookupName: string = part): ExtractClass {
  return class extends Extract {
    static override readonly lookupName: string = lookupName;
    constructor(expression: FuncArgument, options: ZoneOptions = {}) {
      super(expression, part, options);
    }
  };
}

/** The year. */
export class ExtractYear extends extractor("year") {}
/** The year that the ISO week belongs to. */
export class ExtractIsoYear extends extractor("iso_year") {}
/** The quarter, 1 to 4. */
export class ExtractQuarter extends extractor("quarter") {}
/** The month, 1 to 12. */
export class ExtractMonth extends extractor("month") {}
/** The day of the month. */
export class ExtractDay extends extractor("day") {}
/** The ISO week. */
export class ExtractWeek extends extractor("week") {}
/** The day of the week: Sunday is 1, Saturday 7. */
export class ExtractWeekDay extends extractor("week_day") {}
/** The day of the week: Monday is 1, Sunday 7. */
export class ExtractIsoWeekDay extends extractor("iso_week_day") {}
/** The hour. */
export class ExtractHour extends extractor("hour") {}
/** The minute. */
export class ExtractMinute extends extractor("minute") {}
/** The second, without its fraction. */
export class ExtractSecond extends extractor("second") {}

/** Options of Trunc. */
export interface TruncOptions extends ZoneOptions {
  readonly outputField?: Field;
}

/** A date or time cut down: `new Trunc("pubDate", "month")` is the first instant of its month. */
export class Trunc<T = unknown> extends Transform<T> {
  readonly part: TruncPart;
  readonly tzinfo: string | undefined;

  constructor(expression: FuncArgument, part: TruncPart, options: TruncOptions = {}) {
    super(expression, options.outputField === undefined ? {} : { outputField: options.outputField });
    if (!TRUNC_PARTS.has(part))
      throw new FieldError(
        `${JSON.stringify(part)} is no part of a date: choose one of ${[...TRUNC_PARTS].join(", ")}.`,
      );
    if (options.tzinfo !== undefined) checkedZone(options.tzinfo);
    this.part = part;
    this.tzinfo = options.tzinfo;
  }

  override resolve(query: Query, options: ResolveOptions = {}): Expression {
    const copy = super.resolve(query, options) as this;
    const source = baseType(copy.lhs);
    if (!["DateField", "DateTimeField", "TimeField"].includes(source))
      throw new FieldError(
        `'${copy.lhs.describe()}' is neither a date nor a time, so it cannot be cut down to '${this.part}'.`,
      );
    const output = copy.outputField.targetValueField.internalType;
    if (!["DateField", "DateTimeField", "TimeField"].includes(output))
      throw new FieldError(`Trunc gives a date or a time, not ${output}.`);
    if (source === "DateField" && (output === "DateTimeField" || CLOCK_PARTS.has(this.part)))
      throw new FieldError(`Cannot cut the date '${copy.lhs.describe()}' down to '${this.part}' as ${output}.`);
    if (source === "TimeField" && (output === "DateTimeField" || !CLOCK_PARTS.has(this.part)))
      throw new FieldError(`Cannot cut the time '${copy.lhs.describe()}' down to '${this.part}' as ${output}.`);
    return copy;
  }

  override compile(compiler: SqlCompiler): Sql {
    const { sql, params } = compiler.compile(this.lhs);
    const { operations } = compiler.connection;
    const source = baseType(this.lhs);
    const zone = source === "DateTimeField" ? checkedZone(this.tzinfo) : undefined;
    switch (this.outputField.targetValueField.internalType) {
      case "DateTimeField":
        return operations.dateTimeTruncSql(this.part, sql, params, zone ?? "UTC");
      case "DateField":
        return operations.dateTruncSql(this.part, sql, params, zone);
      default:
        return operations.timeTruncSql(this.part, sql, params, zone);
    }
  }

  override converter(connection: DatabaseWrapper): Converter {
    const { operations } = connection;
    switch (this.outputField.targetValueField.internalType) {
      case "DateTimeField":
        return operations.truncatedFromDb(checkedZone(this.tzinfo));
      case "DateField":
        return operations.dateFromDb;
      default:
        return operations.timeFromDb;
    }
  }
}

interface TruncClass {
  readonly lookupName: string;
  readonly isTransform: boolean;
  new (expression: FuncArgument, options?: TruncOptions): Trunc;
}

function truncator(part: TruncPart, lookupName: string = part): TruncClass {
  return class extends Trunc {
    static override readonly lookupName: string = lookupName;
    constructor(expression: FuncArgument, options: TruncOptions = {}) {
      super(expression, part, options);
    }
  };
}

/** The beginning of the year. */
export class TruncYear extends truncator("year") {}
/** The beginning of the quarter. */
export class TruncQuarter extends truncator("quarter") {}
/** The beginning of the month. */
export class TruncMonth extends truncator("month") {}
/** The Monday of the week. */
export class TruncWeek extends truncator("week") {}
/** The beginning of the day. */
export class TruncDay extends truncator("day") {}
/** The beginning of the hour. */
export class TruncHour extends truncator("hour") {}
/** The beginning of the minute. */
export class TruncMinute extends truncator("minute") {}
/** The beginning of the second. */
export class TruncSecond extends truncator("second") {}

/** The day of an instant in the current time zone, or in `tzinfo`. */
export class TruncDate extends Transform {
  static override readonly lookupName: string = "date";
  readonly tzinfo: string | undefined;

  constructor(expression: FuncArgument, options: ZoneOptions = {}) {
    super(expression, { outputField: new DateField() });
    if (options.tzinfo !== undefined) checkedZone(options.tzinfo);
    this.tzinfo = options.tzinfo;
  }

  override compile(compiler: SqlCompiler): Sql {
    const { sql, params } = compiler.compile(this.lhs);
    return compiler.connection.operations.dateTimeCastDateSql(sql, params, checkedZone(this.tzinfo));
  }
}

/** The time of day of an instant in the current time zone, or in `tzinfo`. */
export class TruncTime extends Transform {
  static override readonly lookupName: string = "time";
  readonly tzinfo: string | undefined;

  constructor(expression: FuncArgument, options: ZoneOptions = {}) {
    super(expression, { outputField: new TimeField() });
    if (options.tzinfo !== undefined) checkedZone(options.tzinfo);
    this.tzinfo = options.tzinfo;
  }

  override compile(compiler: SqlCompiler): Sql {
    const { sql, params } = compiler.compile(this.lhs);
    return compiler.connection.operations.dateTimeCastTimeSql(sql, params, checkedZone(this.tzinfo));
  }
}

/** The instant at which the transaction (PostgreSQL) or the statement began. */
export class Now extends Func<Date> {
  override readonly template = "CURRENT_TIMESTAMP";
  override readonly forms = {
    sqlite: { template: "STRFTIME('%Y-%m-%d %H:%M:%f', 'NOW')" },
    postgresql: { template: "STATEMENT_TIMESTAMP()" },
    mysql: { template: "CURRENT_TIMESTAMP(6)" },
  };

  constructor() {
    super({ outputField: new DateTimeField() } satisfies FuncOptions);
  }
}
