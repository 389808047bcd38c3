// What the databases write alike.

import { Decimal } from "decimal.js";

import { FieldError, InterfaceError, NotSupportedError } from "../../exceptions.ts";
import type { Field } from "../../fields/field.ts";
import { isDecimal } from "../../fields/numbers.ts";
import { assertStorableText } from "../../fields/text.ts";
import { escapeLike } from "../../lookups/escape-like.ts";
import { PARAM } from "../../query/sql.ts";
import {
  type PlainDate,
  type PlainTime,
  Temporal,
  isDuration,
  isPlainDate,
  isPlainTime,
} from "../../values/temporal.ts";
import {
  durationFromMicroseconds,
  durationMicroseconds,
  instantText,
  parseInstant,
  timeText,
} from "../../values/text.ts";
import type { Sequence, Sql } from "./operations.ts";

const RANGES: Readonly<Record<string, readonly [number | bigint, number | bigint]>> = {
  SmallIntegerField: [-32_768, 32_767],
  IntegerField: [-2_147_483_648, 2_147_483_647],
  BigIntegerField: [-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n],
  PositiveSmallIntegerField: [0, 32_767],
  PositiveIntegerField: [0, 2_147_483_647],
  PositiveBigIntegerField: [0, 9_223_372_036_854_775_807n],
  SmallAutoField: [-32_768, 32_767],
  AutoField: [-2_147_483_648, 2_147_483_647],
  BigAutoField: [-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n],
};

export abstract class BaseOperations {
  readonly maxNameLength: number | null = null;
  readonly deferrableSql: string = "";
  readonly checkConstraintsSql: string | null = null;
  protected abstract readonly quote: string;

  quoteName(name: string): string {
    if (name.includes("\0") || name.includes(PARAM))
      throw new FieldError("The name of a table or column cannot have control characters.");
    const { quote } = this;
    // `schema"."table` is a name in a namespace.
    if (name.startsWith(quote) && name.endsWith(quote) && name.length > 1) return name;
    return `${quote}${name.replaceAll(quote, quote + quote)}${quote}`;
  }

  placeholder(_index: number): string {
    return "?";
  }

  collateSql(collation: string): string {
    return `COLLATE ${this.quoteName(collation)}`;
  }

  integerFieldRange(internalType: string): readonly [number | bigint | null, number | bigint | null] {
    return RANGES[internalType] ?? [null, null];
  }

  typedParameter(_field: Field, _value: unknown): string {
    return PARAM;
  }

  adaptTyped(_field: Field, value: unknown): unknown {
    return value;
  }

  selectFormat(_field: Field, sql: string): string {
    return sql;
  }

  lookupCast(_lookup: string, _internalType: string | undefined): (lhs: string) => string {
    return same;
  }

  // It is compared with LIKE.
  iexactValue(text: string): string {
    return escapeLike(text);
  }

  // ---- values

  adaptDecimal(
    value: Decimal,
    field: { readonly maxDigits?: number | undefined; readonly decimalPlaces?: number | undefined },
  ): unknown {
    return field.decimalPlaces === undefined ? value.toFixed() : formatDecimal(value, field.decimalPlaces);
  }

  adaptDate(value: PlainDate): unknown {
    return value.toString();
  }

  adaptDateTime(value: Date): unknown {
    return instantText(value);
  }

  adaptTime(value: PlainTime): unknown {
    return timeText(value);
  }

  adaptDuration(microseconds: bigint): unknown {
    return Number.isSafeInteger(Number(microseconds)) ? Number(microseconds) : microseconds;
  }

  adaptJson(text: string): unknown {
    return text;
  }

  adaptJsonScalar(value: unknown): unknown {
    return typeof value === "boolean" ? Number(value) : value;
  }

  readonly dateFromDb = (value: unknown): unknown =>
    typeof value === "string" ? Temporal.PlainDate.from(value.slice(0, 10)) : value;

  readonly dateTimeFromDb = (value: unknown): unknown => (typeof value === "string" ? parseInstant(value) : value);

  readonly timeFromDb = (value: unknown): unknown =>
    typeof value === "string"
      ? Temporal.PlainTime.from(value.includes(" ") ? (value.split(" ")[1] ?? value) : value)
      : value;

  readonly durationFromDb = (value: unknown): unknown =>
    typeof value === "number" || typeof value === "bigint"
      ? durationFromMicroseconds(BigInt(Math.round(Number(value))))
      : value;

  truncatedFromDb(_timeZone: string): (value: unknown) => unknown {
    return this.dateTimeFromDb;
  }

  decimalConverter(_maxDigits: number | undefined, decimalPlaces: number | undefined): (value: unknown) => unknown {
    return (value) => {
      const decimal = new Decimal(String(value));
      return decimalPlaces === undefined ? decimal : decimal.toDecimalPlaces(decimalPlaces, Decimal.ROUND_HALF_EVEN);
    };
  }

  adaptUnknown(value: unknown): unknown {
    switch (typeof value) {
      case "string":
        assertStorableText(value);
        return value;
      case "number":
        if (Number.isFinite(value)) return value;
        throw new InterfaceError(`${value} cannot be a parameter of a statement.`);
      case "bigint":
        return value;
      case "boolean":
        return this.adaptBooleanParameter(value);
      case "undefined":
        return null;
      case "object":
        return this.#adaptObject(value);
      case "function":
      case "symbol":
    }
    throw new InterfaceError(`A ${typeof value} cannot be a parameter of a statement.`);
  }

  protected adaptBooleanParameter(value: boolean): unknown {
    return Number(value);
  }

  #adaptObject(value: object | null): unknown {
    if (value === null) return null;
    if (value instanceof Date) return this.adaptDateTime(value);
    if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    if (isDecimal(value)) return value.toFixed();
    if (isPlainDate(value)) return this.adaptDate(value);
    if (isPlainTime(value)) return this.adaptTime(value);
    if (isDuration(value)) return this.adaptDuration(durationMicroseconds(value));
    throw new InterfaceError(
      `A value of class ${value.constructor?.name ?? "Object"} cannot be a parameter of a statement.`,
    );
  }

  quoteValue(value: unknown): string {
    const adapted = this.adaptUnknown(value);
    if (adapted === null) return "NULL";
    if (typeof adapted === "number" || typeof adapted === "bigint") return String(adapted);
    if (typeof adapted === "boolean") return adapted ? "true" : "false";
    if (adapted instanceof Uint8Array) return this.quoteBytes(adapted);
    return `'${(adapted as string).replaceAll("'", "''")}'`;
  }

  protected quoteBytes(value: Uint8Array): string {
    return `X'${Buffer.from(value).toString("hex")}'`;
  }

  jsonTextOperand(sql: Sql): Sql {
    return sql;
  }

  // ---- SQL

  combineSql(operator: string, left: string, right: string): string {
    return `${left} ${operator} ${right}`;
  }

  integerDivisionSql(left: string, right: string): string {
    return this.combineSql("/", left, right);
  }

  limitOffsetSql(low: number, high: number | null): string {
    for (const mark of [low, high ?? 0])
      if (!Number.isSafeInteger(mark) || mark < 0)
        throw new RangeError(`A slice has whole numbers from zero as bounds, not ${mark}.`);
    const limit = high === null ? this.noLimit(low) : `LIMIT ${high - low}`;
    return [limit, low > 0 ? `OFFSET ${low}` : ""].filter(Boolean).join(" ");
  }

  /** The LIMIT that an OFFSET without one needs. */
  protected noLimit(_low: number): string {
    return "";
  }

  patternSql(lookup: string, rhs: string): string {
    const escaped = `REPLACE(REPLACE(REPLACE(${rhs}, '\\', '\\\\'), '%', '\\%'), '_', '\\_')`;
    return this.patternTemplate(lookup, escaped);
  }

  protected abstract patternTemplate(lookup: string, escaped: string): string;

  durationExtractSql(part: string, sql: string, params: readonly unknown[]): Sql {
    void sql;
    void params;
    throw new NotSupportedError(`This database cannot take the '${part}' of a duration.`);
  }

  /** No counter to care for: the database looks at the keys that are inserted. */
  sequenceResetSql(_sequences: readonly Sequence[]): string[] {
    return [];
  }

  returningSql(columns: readonly string[]): string {
    return `RETURNING ${columns.join(", ")}`;
  }

  explainPrefix(format: string | undefined, options: Readonly<Record<string, unknown>>): string {
    if (format !== undefined)
      throw new NotSupportedError(`explain() takes no format on this database: ${JSON.stringify(format)}.`);
    const [unknown] = Object.keys(options);
    if (unknown !== undefined)
      throw new NotSupportedError(`explain() takes no option ${JSON.stringify(unknown)} on this database.`);
    return "EXPLAIN";
  }
}

function same(lhs: string): string {
  return lhs;
}

/** A decimal with so many places at most, without an exponent. */
export function formatDecimal(value: Decimal, places: number): string {
  return value.decimalPlaces() > places ? value.toFixed(places, Decimal.ROUND_HALF_EVEN) : value.toFixed();
}

export { Temporal };
