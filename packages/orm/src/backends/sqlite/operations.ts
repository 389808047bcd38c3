// How SQLite writes it.

import type { Decimal } from "decimal.js";
import { Decimal as DecimalClass } from "decimal.js";

import { NotSupportedError } from "../../exceptions.ts";
import { encodeJson } from "../../fields/json.ts";
import type { Field } from "../../fields/field.ts";
import { Temporal } from "../../values/temporal.ts";
import { PARAM } from "../../query/sql.ts";
import { BaseOperations, formatDecimal } from "../base/base-operations.ts";
import type { DatabaseOperations, ExtractPart, Sql, TruncPart } from "../base/operations.ts";
import type { DatabaseWrapper } from "../base/wrapper.ts";

const LIKE_ESCAPE = "ESCAPE '\\'";

const OPERATORS: Readonly<Record<string, string>> = {
  exact: "=",
  gt: ">",
  gte: ">=",
  lt: "<",
  lte: "<=",
};

type JsonPath = readonly (string | number)[];

export class SqliteOperations extends BaseOperations implements DatabaseOperations {
  protected readonly quote = '"';
  override readonly deferrableSql = " DEFERRABLE INITIALLY DEFERRED";
  override readonly checkConstraintsSql: string = "PRAGMA foreign_key_check";
  readonly jsonObjectFunction = "JSON_OBJECT";

  override quoteName(name: string): string {
    return super.quoteName(name);
  }

  castDataType(_field: Field): string | null {
    return null;
  }

  // Every integer has 64 bits here, whatever the column says; Django counts on that too.
  override integerFieldRange(internalType: string): readonly [number | bigint | null, number | bigint | null] {
    if (!/Integer|Auto/.test(internalType)) return [null, null];
    return [internalType.startsWith("Positive") ? 0 : -9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n];
  }

  // The driver binds numbers as floats, which would make 7 / 2 another number than in a column.
  override adaptTyped(_field: Field, value: unknown): unknown {
    return typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : value;
  }

  operatorSql(lookup: string, lhs: string, rhs: string): string {
    const operator = OPERATORS[lookup];
    return operator === undefined ? `${lhs} LIKE ${rhs} ${LIKE_ESCAPE}` : `${lhs} ${operator} ${rhs}`;
  }

  protected patternTemplate(lookup: string, escaped: string): string {
    const before = /contains|endswith/.test(lookup) ? "'%' || " : "";
    const after = /contains|startswith/.test(lookup) ? " || '%'" : "";
    return lookup.startsWith("i")
      ? `LIKE ${before}UPPER(${escaped})${after} ${LIKE_ESCAPE}`
      : `LIKE ${before}${escaped}${after} ${LIKE_ESCAPE}`;
  }

  regexSql(lhs: string, rhs: string, ignoreCase: boolean): string {
    return `${lhs} REGEXP ${ignoreCase ? `'(?i)' || ${rhs}` : rhs}`;
  }

  protected override noLimit(low: number): string {
    return low > 0 ? "LIMIT -1" : "";
  }

  randomSql(): string {
    return "RAND()";
  }

  override combineSql(operator: string, left: string, right: string): string {
    if (operator === "^") return `POWER(${left}, ${right})`;
    if (operator === "#") return `BITXOR(${left}, ${right})`;
    // A decimal without a fraction is kept as an integer, and integers are divided without one.
    if (operator === "/") return `${left} * 1.0 / ${right}`;
    return super.combineSql(operator, left, right);
  }

  override integerDivisionSql(left: string, right: string): string {
    return `${left} / ${right}`;
  }

  combineDurationSql(operator: string, left: string, right: string): string {
    return `django_format_dtdelta('${operator}', ${left}, ${right})`;
  }

  subtractTemporals(internalType: string, left: Sql, right: Sql): Sql {
    const fn = internalType === "TimeField" ? "django_time_diff" : "django_timestamp_diff";
    return { sql: `${fn}(${left.sql}, ${right.sql})`, params: [...left.params, ...right.params] };
  }

  // ---- dates

  dateExtractSql(part: ExtractPart, sql: string, params: readonly unknown[]): Sql {
    return { sql: `django_date_extract('${part}', ${sql})`, params };
  }

  dateTimeExtractSql(part: ExtractPart, sql: string, params: readonly unknown[], timeZone: string): Sql {
    return { sql: `django_datetime_extract('${part}', ${sql}, ${this.quoteValue(timeZone)}, 'UTC')`, params };
  }

  timeExtractSql(part: ExtractPart, sql: string, params: readonly unknown[]): Sql {
    return { sql: `django_time_extract('${part}', ${sql})`, params };
  }

  dateTruncSql(part: TruncPart, sql: string, params: readonly unknown[], timeZone?: string): Sql {
    return { sql: `django_date_trunc('${part}', ${sql}, ${this.#zone(timeZone)}, 'UTC')`, params };
  }

  dateTimeTruncSql(part: TruncPart, sql: string, params: readonly unknown[], timeZone: string): Sql {
    return { sql: `django_datetime_trunc('${part}', ${sql}, ${this.#zone(timeZone)}, 'UTC')`, params };
  }

  timeTruncSql(part: TruncPart, sql: string, params: readonly unknown[], timeZone?: string): Sql {
    return { sql: `django_time_trunc('${part}', ${sql}, ${this.#zone(timeZone)}, 'UTC')`, params };
  }

  dateTimeCastDateSql(sql: string, params: readonly unknown[], timeZone: string): Sql {
    return { sql: `django_datetime_cast_date(${sql}, ${this.#zone(timeZone)}, 'UTC')`, params };
  }

  dateTimeCastTimeSql(sql: string, params: readonly unknown[], timeZone: string): Sql {
    return { sql: `django_datetime_cast_time(${sql}, ${this.#zone(timeZone)}, 'UTC')`, params };
  }

  #zone(timeZone: string | undefined): string {
    return timeZone === undefined ? "NULL" : this.quoteValue(timeZone);
  }

  // django_datetime_trunc gives a time on the wall of the zone.
  override truncatedFromDb(timeZone: string): (value: unknown) => unknown {
    return (value) =>
      typeof value === "string"
        ? new Date(Temporal.PlainDateTime.from(value.replace(" ", "T")).toZonedDateTime(timeZone).epochMilliseconds)
        : value;
  }

  // Texts are compared: `...23:59:59.999000` must not end the year before its last microsecond.
  adaptEndOfRange(value: Date): unknown {
    return `${value.toISOString().slice(0, 19).replace("T", " ")}.999999`;
  }

  // ---- numbers

  override adaptDecimal(value: Decimal, field: { readonly decimalPlaces?: number | undefined }): unknown {
    return field.decimalPlaces === undefined ? value.toFixed() : formatDecimal(value, field.decimalPlaces);
  }

  override decimalConverter(
    _maxDigits: number | undefined,
    decimalPlaces: number | undefined,
  ): (value: unknown) => unknown {
    return (value) => {
      // A float with more digits than it has would show the error of its last bit.
      const decimal =
        typeof value === "number" && !Number.isInteger(value)
          ? new DecimalClass(value.toPrecision(15))
          : new DecimalClass(String(value));
      return decimalPlaces === undefined
        ? decimal
        : decimal.toDecimalPlaces(decimalPlaces, DecimalClass.ROUND_HALF_EVEN);
    };
  }

  castSql(expression: Sql, field: Field, connection: DatabaseWrapper): Sql {
    const type = field.castDbType(connection) ?? "text";
    switch (field.internalType) {
      case "DateTimeField":
        return { sql: `strftime('%Y-%m-%d %H:%M:%f', ${expression.sql})`, params: expression.params };
      case "TimeField":
        return { sql: `strftime('%H:%M:%f', ${expression.sql})`, params: expression.params };
      case "DateField":
        return { sql: `date(${expression.sql})`, params: expression.params };
      case "DecimalField":
        return { sql: `CAST(CAST(${expression.sql} AS NUMERIC) AS numeric)`, params: expression.params };
      default:
        return { sql: `CAST(${expression.sql} AS ${type})`, params: expression.params };
    }
  }

  // ---- texts

  stringAggArguments(text: Sql, delimiter: string): { readonly args: Sql; readonly tail: string } {
    return { args: { sql: `${text.sql}, ${PARAM}`, params: [...text.params, delimiter] }, tail: "" };
  }

  // ---- JSON

  jsonPath(keys: JsonPath): string {
    return `$${keys.map((key) => (typeof key === "number" ? (key < 0 ? `[#${key}]` : `[${key}]`) : `.${JSON.stringify(key)}`)).join("")}`;
  }

  jsonKeySql(lhs: Sql, path: JsonPath): Sql {
    const value = this.jsonPath(path);
    const sql = `(CASE WHEN JSON_TYPE(${lhs.sql}, ${PARAM}) IN ('false', 'true', 'null') THEN JSON_TYPE(${lhs.sql}, ${PARAM}) ELSE JSON_EXTRACT(${lhs.sql}, ${PARAM}) END)`;
    return { sql, params: [...lhs.params, value, ...lhs.params, value, ...lhs.params, value] };
  }

  jsonKeyTextSql(lhs: Sql, path: JsonPath): Sql {
    return this.jsonKeySql(lhs, path);
  }

  // JSON_EXTRACT gives numbers as numbers, which equal no text.
  override jsonTextOperand(sql: Sql): Sql {
    return { sql: `CAST(${sql.sql} AS TEXT)`, params: sql.params };
  }

  jsonKeyExactSql(lhs: Sql, path: JsonPath, value: unknown): Sql {
    const key = this.jsonKeySql(lhs, path);
    const right = jsonLiteral(value);
    return { sql: `${key.sql} = ${right.sql}`, params: [...key.params, ...right.params] };
  }

  jsonKeyInSql(lhs: Sql, path: JsonPath, values: readonly unknown[]): Sql {
    const key = this.jsonKeySql(lhs, path);
    const list = values.map(jsonLiteral);
    return {
      sql: `${key.sql} IN (${list.map((item) => item.sql).join(", ")})`,
      params: [...key.params, ...list.flatMap((item) => item.params)],
    };
  }

  jsonKeyIsNullSql(lhs: Sql, path: JsonPath, isNull: boolean): Sql {
    return {
      sql: `JSON_TYPE(${lhs.sql}, ${PARAM}) IS ${isNull ? "" : "NOT "}NULL`,
      params: [...lhs.params, this.jsonPath(path)],
    };
  }

  jsonHasKeySql(lhs: Sql, path: JsonPath): Sql {
    return this.jsonKeyIsNullSql(lhs, path, false);
  }

  jsonExactSql(lhs: Sql, rhs: Sql): Sql {
    // The two frameworks space their JSON differently; JSON() takes the spaces out.
    return { sql: `JSON(${lhs.sql}) = JSON(${rhs.sql})`, params: [...lhs.params, ...rhs.params] };
  }

  jsonContainsSql(): Sql {
    throw new NotSupportedError("SQLite has no lookup 'contains' for JSON.");
  }

  jsonContainedBySql(): Sql {
    throw new NotSupportedError("SQLite has no lookup 'contained_by' for JSON.");
  }

  jsonObjectKey(name: string): Sql {
    return { sql: PARAM, params: [name] };
  }

  jsonObjectValue(sql: string, isJson: boolean): string {
    return isJson ? `JSON(${sql})` : sql;
  }

  // ---- statements

  defaultValuesSql(rows: number, pkColumn: string): string {
    if (rows === 1) return "DEFAULT VALUES";
    return `(${this.quoteName(pkColumn)}) VALUES ${Array.from({ length: rows }, () => "(NULL)").join(", ")}`;
  }

  insertStatement(onConflict: "ignore" | "update" | null): string {
    return onConflict === "ignore" ? "INSERT OR IGNORE INTO" : "INSERT INTO";
  }

  bulkInsertSuffix(options: {
    readonly onConflict: "ignore" | "update" | null;
    readonly updateColumns: readonly string[];
    readonly uniqueColumns: readonly string[];
  }): string {
    if (options.onConflict !== "update") return "";
    const target = options.uniqueColumns.map((column) => this.quoteName(column)).join(", ");
    const updates = options.updateColumns
      .map((column) => `${this.quoteName(column)} = EXCLUDED.${this.quoteName(column)}`)
      .join(", ");
    return `ON CONFLICT(${target}) DO UPDATE SET ${updates}`;
  }

  readonly deferConstraintsSql = { scope: "transaction", begin: "PRAGMA defer_foreign_keys = ON", end: null } as const;

  flushSql(tables: readonly string[], counted: readonly string[]): string[] {
    const statements = tables.map((table) => `DELETE FROM ${this.quoteName(table)}`);
    if (counted.length > 0)
      statements.push(
        `UPDATE "sqlite_sequence" SET "seq" = 0 WHERE "name" IN (${counted.map((table) => this.quoteValue(table)).join(", ")})`,
      );
    return statements;
  }

  override explainPrefix(format: string | undefined, options: Readonly<Record<string, unknown>>): string {
    super.explainPrefix(format, options);
    return "EXPLAIN QUERY PLAN";
  }
}

function jsonLiteral(value: unknown): Sql {
  const text = encodeJson(value ?? null);
  // These are what JSON_TYPE says on the left side.
  if (text === "true" || text === "false" || text === "null") return { sql: PARAM, params: [text] };
  return { sql: `JSON_EXTRACT(${PARAM}, '$')`, params: [text] };
}
