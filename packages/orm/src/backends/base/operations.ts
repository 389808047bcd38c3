// How one database writes what all of them mean. Answers to Django's `BaseDatabaseOperations`.

import type { Decimal } from "decimal.js";

import type { Field } from "../../fields/field.ts";
import type { DatabaseWrapper } from "./wrapper.ts";
import type { PlainDate, PlainTime } from "../../values/temporal.ts";

/** A piece of SQL with the values of its placeholders. */
export interface Sql {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** The parts of a date or time that EXTRACT and the date lookups know. */
export type ExtractPart =
  | "year"
  | "iso_year"
  | "quarter"
  | "month"
  | "day"
  | "week"
  | "week_day"
  | "iso_week_day"
  | "hour"
  | "minute"
  | "second"
  | "epoch";

/** The parts that a date or time can be cut down to. */
export type TruncPart = "year" | "quarter" | "month" | "week" | "day" | "hour" | "minute" | "second";

/** A column that the database counts up. */
export interface Sequence {
  readonly table: string;
  readonly column: string;
}

/** Statements that put off the checks of foreign keys to the end of a transaction, or switch them off for a session. */
export type DeferConstraints =
  | { readonly scope: "transaction"; readonly begin: string; readonly end: string | null }
  | { readonly scope: "session"; readonly begin: string; readonly end: string };

export interface DatabaseOperations {
  /** Quotes the name of a table or column, whatever characters it has. */
  quoteName(name: string): string;
  /** The longest name of a table, column or index, or null without a bound. */
  readonly maxNameLength: number | null;
  /** What stands for the parameter with this number (from 1). */
  placeholder(index: number): string;
  /** A value as a literal, for DDL, which takes no parameters. */
  quoteValue(value: unknown): string;
  /** The type for CAST where it differs from the column's. */
  castDataType(field: Field): string | null;
  /** The least and greatest value of an integer column. */
  integerFieldRange(internalType: string): readonly [number | bigint | null, number | bigint | null];
  /** The clause that ends a foreign key constraint: ` DEFERRABLE INITIALLY DEFERRED`. */
  readonly deferrableSql: string;
  /** What checks the foreign keys of a transaction before its commit, by failing or by giving the rows that break them; null where nothing waits. */
  readonly checkConstraintsSql: string | null;
  /** A clause for a tablespace, collation and so on. */
  collateSql(collation: string): string;

  // ---- values on their way in and out
  adaptDecimal(
    value: Decimal,
    field: { readonly maxDigits?: number | undefined; readonly decimalPlaces?: number | undefined },
  ): unknown;
  adaptDate(value: PlainDate): unknown;
  adaptDateTime(value: Date): unknown;
  adaptTime(value: PlainTime): unknown;
  adaptDuration(microseconds: bigint): unknown;
  adaptJson(text: string): unknown;
  /** A number or text to compare with what stands behind a JSON key. */
  adaptJsonScalar(value: unknown): unknown;
  readonly dateFromDb: (value: unknown) => unknown;
  readonly dateTimeFromDb: (value: unknown) => unknown;
  readonly timeFromDb: (value: unknown) => unknown;
  readonly durationFromDb: (value: unknown) => unknown;
  decimalConverter(maxDigits: number | undefined, decimalPlaces: number | undefined): (value: unknown) => unknown;
  /** Turns any value into what the driver takes; refuses what it would misread. */
  adaptUnknown(value: unknown): unknown;

  // ---- SQL that differs
  /** The right side of an operator lookup (`= ?`, `LIKE ? ESCAPE '\\'`), given the SQL of the value. */
  operatorSql(lookup: string, lhs: string, rhs: string): string;
  /** The left side of a text lookup, cast where the database is strict. */
  lookupCast(lookup: string, internalType: string | undefined): (lhs: string) => string;
  /** The value of `iexact`, as its operator takes it. */
  iexactValue(text: string): string;
  /** A text lookup whose right side is an expression. */
  patternSql(lookup: string, rhs: string): string;
  /** The arguments of what joins texts, and what stands behind them and their order. */
  stringAggArguments(text: Sql, delimiter: string, isText: boolean): { readonly args: Sql; readonly tail: string };
  /** A parameter whose type the database could not tell from what is around it. */
  typedParameter(field: Field, value: unknown): string;
  /** The value of such a parameter. */
  adaptTyped(field: Field, value: unknown): unknown;
  /** A column as it is read. */
  selectFormat(field: Field, sql: string): string;
  regexSql(lhs: string, rhs: string, ignoreCase: boolean): string;
  dateExtractSql(part: ExtractPart, sql: string, params: readonly unknown[]): Sql;
  dateTimeExtractSql(part: ExtractPart, sql: string, params: readonly unknown[], timeZone: string): Sql;
  timeExtractSql(part: ExtractPart, sql: string, params: readonly unknown[]): Sql;
  durationExtractSql(part: ExtractPart, sql: string, params: readonly unknown[]): Sql;
  /** The last instant of a range whose end is given to the millisecond: what the column can hold just before the next one. */
  adaptEndOfRange(value: Date): unknown;
  /** What reads an instant that was cut down in a time zone. */
  truncatedFromDb(timeZone: string): (value: unknown) => unknown;
  castSql(expression: Sql, field: Field, connection: DatabaseWrapper): Sql;
  /** How a JSON object is made in SQL. */
  readonly jsonObjectFunction: string;
  jsonObjectKey(name: string): Sql;
  jsonObjectValue(sql: string, isJson: boolean): string;
  // JSON lookups: the left side is a JSON value and a path of keys.
  jsonKeySql(lhs: Sql, path: readonly (string | number)[]): Sql;
  /** What stands behind a key, to be compared with a text. */
  jsonTextOperand(sql: Sql): Sql;
  jsonKeyTextSql(lhs: Sql, path: readonly (string | number)[]): Sql;
  jsonKeyExactSql(lhs: Sql, path: readonly (string | number)[], value: unknown): Sql;
  jsonKeyInSql(lhs: Sql, path: readonly (string | number)[], values: readonly unknown[]): Sql;
  jsonKeyIsNullSql(lhs: Sql, path: readonly (string | number)[], isNull: boolean): Sql;
  jsonHasKeySql(lhs: Sql, path: readonly (string | number)[]): Sql;
  jsonContainsSql(lhs: Sql, rhs: Sql): Sql;
  jsonContainedBySql(lhs: Sql, rhs: Sql): Sql;
  jsonExactSql(lhs: Sql, rhs: Sql): Sql;
  dateTruncSql(part: TruncPart, sql: string, params: readonly unknown[], timeZone?: string): Sql;
  dateTimeTruncSql(part: TruncPart, sql: string, params: readonly unknown[], timeZone: string): Sql;
  timeTruncSql(part: TruncPart, sql: string, params: readonly unknown[], timeZone?: string): Sql;
  dateTimeCastDateSql(sql: string, params: readonly unknown[], timeZone: string): Sql;
  dateTimeCastTimeSql(sql: string, params: readonly unknown[], timeZone: string): Sql;
  /** An operator of arithmetic between two pieces of SQL. */
  combineSql(operator: string, left: string, right: string): string;
  /** The quotient of two integers, without its fraction. */
  integerDivisionSql(left: string, right: string): string;
  combineDurationSql(operator: string, left: string, right: string): string;
  subtractTemporals(internalType: string, left: Sql, right: Sql): Sql;
  /** `LIMIT .. OFFSET ..` for a slice. */
  limitOffsetSql(low: number, high: number | null): string;
  randomSql(): string;
  /** How a key of a JSON value is reached: a path as the database writes it. */
  jsonPath(keys: readonly (string | number)[]): string;
  bulkInsertSuffix(options: {
    readonly onConflict: "ignore" | "update" | null;
    readonly updateColumns: readonly string[];
    readonly uniqueColumns: readonly string[];
  }): string;
  /** The clause that reads columns back. */
  returningSql(columns: readonly string[]): string;
  /** What stands behind the table for rows of defaults only. */
  defaultValuesSql(rows: number, pkColumn: string): string;
  insertStatement(onConflict: "ignore" | "update" | null): string;
  /** Statements that empty tables and begin their counters anew. `counted` are the tables that have a counter. */
  flushSql(tables: readonly string[], counted: readonly string[]): string[];
  /** Statements that put counters past the greatest key there is; none where the database does that by itself. */
  sequenceResetSql(sequences: readonly Sequence[]): string[];
  /** How the checks of foreign keys are put off, and brought back. */
  readonly deferConstraintsSql: DeferConstraints;
  explainPrefix(format: string | undefined, options: Readonly<Record<string, unknown>>): string;
}
