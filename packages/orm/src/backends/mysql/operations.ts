// How MariaDB and MySQL write it.

import { NotSupportedError } from "../../exceptions.ts";
import type { Field } from "../../fields/field.ts";
import { encodeJson } from "../../fields/json.ts";
import { PARAM } from "../../query/sql.ts";
import { Temporal } from "../../values/temporal.ts";
import { BaseOperations } from "../base/base-operations.ts";
import type { DatabaseOperations, ExtractPart, Sql, TruncPart } from "../base/operations.ts";
import type { DatabaseWrapper } from "../base/wrapper.ts";
import { wallClockSql } from "./time-zones.ts";

type JsonPath = readonly (string | number)[];

const COMPARISONS: Readonly<Record<string, string>> = { exact: "=", gt: ">", gte: ">=", lt: "<", lte: "<=" };

const IGNORES_CASE = /^i(?:exact|contains|startswith|endswith)$/;

const CAST_TYPES: Readonly<Record<string, string>> = {
  AutoField: "signed integer",
  BigAutoField: "signed integer",
  SmallAutoField: "signed integer",
  CharField: "char",
  TextField: "char",
  BooleanField: "signed integer",
  IntegerField: "signed integer",
  BigIntegerField: "signed integer",
  SmallIntegerField: "signed integer",
  PositiveBigIntegerField: "unsigned integer",
  PositiveIntegerField: "unsigned integer",
  PositiveSmallIntegerField: "unsigned integer",
  DurationField: "signed integer",
  FloatField: "double",
};

/** The parts of a date that EXTRACT does not know, or counts otherwise. */
const EXTRACTS: Partial<Record<ExtractPart, (sql: string) => string>> = {
  week_day: (sql) => `DAYOFWEEK(${sql})`,
  iso_week_day: (sql) => `WEEKDAY(${sql}) + 1`,
  week: (sql) => `WEEK(${sql}, 3)`,
  iso_year: (sql) => `TRUNCATE(YEARWEEK(${sql}, 3) / 100, 0)`,
  epoch: (sql) => `UNIX_TIMESTAMP(${sql})`,
};

/** The formats that cut a date down. */
const DATE_FORMATS: Partial<Record<TruncPart, string>> = { year: "%Y-01-01", month: "%Y-%m-01" };
const TIME_FORMATS: Partial<Record<TruncPart, string>> = { hour: "%H:00:00", minute: "%H:%i:00", second: "%H:%i:%s" };

/** Two values where one must stand: the statement fails when it comes to this. */
export const OTHER_CONFLICT = "(SELECT 'another' UNION ALL SELECT 'conflict')";

/** The SQL of MariaDB and MySQL. */
export class MysqlOperations extends BaseOperations implements DatabaseOperations {
  protected readonly quote = "`";
  override readonly maxNameLength = 64;
  readonly jsonObjectFunction = "JSON_OBJECT";

  castDataType(field: Field): string | null {
    const { maxDigits, decimalPlaces } = field as Field & {
      readonly maxDigits?: number;
      readonly decimalPlaces?: number;
    };
    if (field.internalType === "DecimalField") return `decimal(${maxDigits ?? 65}, ${decimalPlaces ?? 30})`;
    return CAST_TYPES[field.internalType] ?? null;
  }

  /** A decimal goes as a text, with which the server would reckon in floats. */
  override typedParameter(field: Field, value: unknown): string {
    if (typeof value !== "string" || field.targetValueField.internalType !== "DecimalField") return PARAM;
    const places = Math.min(30, value.split(".")[1]?.length ?? 0);
    return `CAST(${PARAM} AS DECIMAL(65, ${places}))`;
  }

  castSql(expression: Sql, field: Field, connection: DatabaseWrapper): Sql {
    const type = field.castDbType(connection) ?? "char";
    return { sql: `CAST(${expression.sql} AS ${type})`, params: expression.params };
  }

  override collateSql(collation: string): string {
    return `COLLATE ${this.quoteName(collation)}`;
  }

  /** A backslash begins an escape inside a text here. */
  override quoteValue(value: unknown): string {
    const literal = super.quoteValue(value);
    return literal.startsWith("'") ? literal.replaceAll("\\", "\\\\") : literal;
  }

  adaptEndOfRange(value: Date): unknown {
    return `${value.toISOString().slice(0, 19).replace("T", " ")}.999999`;
  }

  override truncatedFromDb(timeZone: string): (value: unknown) => unknown {
    return (value) =>
      typeof value === "string"
        ? new Date(Temporal.PlainDateTime.from(value.replace(" ", "T")).toZonedDateTime(timeZone).epochMilliseconds)
        : value;
  }

  // ---- lookups

  operatorSql(lookup: string, lhs: string, rhs: string): string {
    const operator = COMPARISONS[lookup];
    // The collation of the column decides what is equal; the other lookups say themselves what case means.
    if (operator !== undefined) return `${lhs} ${operator} ${rhs}`;
    return `${lhs} LIKE ${letters(lookup, rhs === PARAM ? rhs : asUtf8(rhs))}`;
  }

  override lookupCast(lookup: string): (lhs: string) => string {
    return IGNORES_CASE.test(lookup) ? (lhs) => `UPPER(${lhs})` : super.lookupCast(lookup, undefined);
  }

  protected patternTemplate(lookup: string, escaped: string): string {
    const before = /contains|endswith/.test(lookup) ? "'%', " : "";
    const after = /contains|startswith/.test(lookup) ? ", '%'" : "";
    return `LIKE ${letters(lookup, asUtf8(`CONCAT(${before}${escaped}${after})`))}`;
  }

  override patternSql(lookup: string, rhs: string): string {
    const escaped = String.raw`REPLACE(REPLACE(REPLACE(${rhs}, '\\', '\\\\'), '%%', '\\%%'), '_', '\\_')`.replaceAll(
      "%%",
      "%",
    );
    return this.patternTemplate(lookup, escaped);
  }

  regexSql(lhs: string, rhs: string, ignoreCase: boolean): string {
    // "(?i)" and "(?-i)", spelled without the mark that stands for a parameter.
    const flags = ignoreCase ? "40,63,105,41" : "40,63,45,105,41";
    return `${lhs} REGEXP CONCAT(CHAR(${flags} USING utf8mb4), ${rhs})`;
  }

  stringAggArguments(text: Sql, delimiter: string): { readonly args: Sql; readonly tail: string } {
    return { args: text, tail: ` SEPARATOR ${this.quoteValue(delimiter)}` };
  }

  // ---- dates

  #extract(part: ExtractPart, sql: string): string {
    return EXTRACTS[part]?.(sql) ?? `EXTRACT(${part.toUpperCase()} FROM ${sql})`;
  }

  #inZone(sql: string, timeZone: string | undefined): string {
    return timeZone === undefined || timeZone === "UTC" ? sql : wallClockSql(sql, timeZone);
  }

  #truncDate(part: TruncPart, sql: string): string {
    const format = DATE_FORMATS[part];
    if (format !== undefined) return `DATE_FORMAT(${sql}, '${format}')`;
    if (part === "quarter") return `MAKEDATE(YEAR(${sql}), 1) + INTERVAL QUARTER(${sql}) QUARTER - INTERVAL 1 QUARTER`;
    if (part === "week") return `DATE_SUB(${sql}, INTERVAL WEEKDAY(${sql}) DAY)`;
    return `DATE(${sql})`;
  }

  dateExtractSql(part: ExtractPart, sql: string, params: readonly unknown[]): Sql {
    return repeated(this.#extract(part, sql), sql, params);
  }

  dateTimeExtractSql(part: ExtractPart, sql: string, params: readonly unknown[], timeZone: string): Sql {
    return repeated(this.#extract(part, this.#inZone(sql, timeZone)), sql, params);
  }

  timeExtractSql(part: ExtractPart, sql: string, params: readonly unknown[]): Sql {
    return repeated(this.#extract(part, sql), sql, params);
  }

  dateTruncSql(part: TruncPart, sql: string, params: readonly unknown[], timeZone?: string): Sql {
    return repeated(`CAST(${this.#truncDate(part, this.#inZone(sql, timeZone))} AS DATE)`, sql, params);
  }

  dateTimeTruncSql(part: TruncPart, sql: string, params: readonly unknown[], timeZone: string): Sql {
    const wall = this.#inZone(sql, timeZone);
    const format = TIME_FORMATS[part];
    const text =
      format === undefined
        ? `CAST(${this.#truncDate(part, wall)} AS DATE)`
        : `DATE_FORMAT(${wall}, '%Y-%m-%d ${format}')`;
    return repeated(`CAST(${text} AS DATETIME)`, sql, params);
  }

  timeTruncSql(part: TruncPart, sql: string, params: readonly unknown[], timeZone?: string): Sql {
    const wall = this.#inZone(sql, timeZone);
    const format = TIME_FORMATS[part];
    return repeated(
      format === undefined ? `TIME(${wall})` : `CAST(DATE_FORMAT(${wall}, '${format}') AS TIME)`,
      sql,
      params,
    );
  }

  dateTimeCastDateSql(sql: string, params: readonly unknown[], timeZone: string): Sql {
    return { sql: `DATE(${this.#inZone(sql, timeZone)})`, params };
  }

  dateTimeCastTimeSql(sql: string, params: readonly unknown[], timeZone: string): Sql {
    return { sql: `TIME(${this.#inZone(sql, timeZone)})`, params };
  }

  // ---- arithmetic

  override integerDivisionSql(left: string, right: string): string {
    return `${left} DIV ${right}`;
  }

  override combineSql(operator: string, left: string, right: string): string {
    switch (operator) {
      case "^":
        return `POW(${left}, ${right})`;
      case "&":
      case "|":
      case "<<":
        return `CONVERT(${left} ${operator} ${right}, SIGNED)`;
      case "#":
        return `CONVERT(${left} ^ ${right}, SIGNED)`;
      case ">>":
        return `FLOOR(${left} / POW(2, ${right}))`;
      default:
        return super.combineSql(operator, left, right);
    }
  }

  combineDurationSql(operator: string, left: string, right: string): string {
    return `${left} ${operator} INTERVAL ${right} MICROSECOND`;
  }

  subtractTemporals(internalType: string, left: Sql, right: Sql): Sql {
    if (internalType === "TimeField") {
      return {
        sql: `CAST(${timeMicroseconds(left)} - ${timeMicroseconds(right)} AS SIGNED)`,
        params: [...left.params, ...left.params, ...right.params, ...right.params],
      };
    }
    return { sql: `TIMESTAMPDIFF(MICROSECOND, ${right.sql}, ${left.sql})`, params: [...right.params, ...left.params] };
  }

  randomSql(): string {
    return "RAND()";
  }

  protected override noLimit(low: number): string {
    return low > 0 ? "LIMIT 18446744073709551615" : "";
  }

  // ---- JSON

  jsonPath(keys: JsonPath): string {
    return `$${keys.map((key) => (typeof key === "number" ? (key < 0 ? `[last${key + 1 === 0 ? "" : key + 1}]` : `[${key}]`) : `.${JSON.stringify(key)}`)).join("")}`;
  }

  // MariaDB loses its place in a constant path that counts from the end as soon as the second row is read.
  #pathSql(lhs: Sql, path: JsonPath): Sql {
    const text = this.jsonPath(path);
    return path.some((step) => typeof step === "number" && step < 0)
      ? { sql: `IF(${lhs.sql} IS NULL, '$', ${PARAM})`, params: [...lhs.params, text] }
      : { sql: PARAM, params: [text] };
  }

  jsonKeySql(lhs: Sql, path: JsonPath): Sql {
    const at = this.#pathSql(lhs, path);
    return { sql: `JSON_EXTRACT(${lhs.sql}, ${at.sql})`, params: [...lhs.params, ...at.params] };
  }

  jsonKeyTextSql(lhs: Sql, path: JsonPath): Sql {
    const key = this.jsonKeySql(lhs, path);
    return { sql: `JSON_UNQUOTE(${key.sql})`, params: key.params };
  }

  jsonKeyExactSql(lhs: Sql, path: JsonPath, value: unknown): Sql {
    const key = this.jsonKeySql(lhs, path);
    // A text is compared unquoted, for it may be written with escapes or without.
    if (typeof value === "string")
      return {
        sql: `(JSON_TYPE(${key.sql}) = 'STRING' AND JSON_UNQUOTE(${key.sql}) = ${PARAM} COLLATE utf8mb4_bin)`,
        params: [...key.params, ...key.params, value],
      };
    return this.jsonExactSql(key, { sql: PARAM, params: [encodeJson(value ?? null)] });
  }

  jsonKeyInSql(lhs: Sql, path: JsonPath, values: readonly unknown[]): Sql {
    const list = values.map((value) => this.jsonKeyExactSql(lhs, path, value));
    return { sql: `(${list.map(({ sql }) => sql).join(" OR ")})`, params: list.flatMap(({ params }) => params) };
  }

  jsonKeyIsNullSql(lhs: Sql, path: JsonPath, isNull: boolean): Sql {
    const has = this.jsonHasKeySql(lhs, path);
    return isNull ? { sql: `(NOT ${has.sql} OR ${lhs.sql} IS NULL)`, params: [...has.params, ...lhs.params] } : has;
  }

  jsonHasKeySql(lhs: Sql, path: JsonPath): Sql {
    const at = this.#pathSql(lhs, path);
    return { sql: `JSON_CONTAINS_PATH(${lhs.sql}, 'one', ${at.sql})`, params: [...lhs.params, ...at.params] };
  }

  jsonContainsSql(lhs: Sql, rhs: Sql): Sql {
    return { sql: `JSON_CONTAINS(${lhs.sql}, ${rhs.sql})`, params: [...lhs.params, ...rhs.params] };
  }

  jsonContainedBySql(lhs: Sql, rhs: Sql): Sql {
    return { sql: `JSON_CONTAINS(${rhs.sql}, ${lhs.sql})`, params: [...rhs.params, ...lhs.params] };
  }

  jsonExactSql(lhs: Sql, rhs: Sql): Sql {
    // MySQL has a type for JSON with an equality of its own; on MariaDB JSON is text. Each reads its own part of the comments.
    return {
      sql: `/*M! JSON_NORMALIZE(*/ ${lhs.sql} /*M! )*/ = /*M! JSON_NORMALIZE(*/ /*!80000 CAST(*/ ${rhs.sql} /*!80000 AS JSON)*/ /*M! )*/`,
      params: [...lhs.params, ...rhs.params],
    };
  }

  jsonObjectKey(name: string): Sql {
    return { sql: PARAM, params: [name] };
  }

  jsonObjectValue(sql: string, isJson: boolean): string {
    return isJson ? `JSON_EXTRACT(${sql}, '$')` : sql;
  }

  // ---- statements

  defaultValuesSql(rows: number): string {
    return `() VALUES ${Array.from({ length: rows }, () => "()").join(", ")}`;
  }

  insertStatement(onConflict: "ignore" | "update" | null): string {
    return onConflict === "ignore" ? "INSERT IGNORE INTO" : "INSERT INTO";
  }

  // Any unique key may be the one that conflicts. Where it is not the one that was named, the statement must fail.
  bulkInsertSuffix(options: {
    readonly onConflict: "ignore" | "update" | null;
    readonly updateColumns: readonly string[];
    readonly uniqueColumns: readonly string[];
  }): string {
    if (options.onConflict !== "update") return "";
    const given = (column: string): string => `VALUES(${this.quoteName(column)})`;
    const named = options.uniqueColumns.map((column) => `${this.quoteName(column)} <=> ${given(column)}`).join(" AND ");
    const updates = options.updateColumns.map((column, index) => {
      const value = index === 0 ? `IF(${named}, ${given(column)}, ${OTHER_CONFLICT})` : given(column);
      return `${this.quoteName(column)} = ${value}`;
    });
    return `ON DUPLICATE KEY UPDATE ${updates.join(", ")}`;
  }

  // For MySQL, which cannot do that, it is a comment.
  override returningSql(columns: readonly string[]): string {
    return `/*M!100500 ${super.returningSql(columns)} */`;
  }

  readonly deferConstraintsSql = {
    scope: "session",
    begin: "SET FOREIGN_KEY_CHECKS = 0",
    end: "SET FOREIGN_KEY_CHECKS = 1",
  } as const;

  /** TRUNCATE begins the counter anew, too. */
  flushSql(tables: readonly string[]): string[] {
    return tables.map((table) => `TRUNCATE TABLE ${this.quoteName(table)}`);
  }

  override explainPrefix(format: string | undefined, options: Readonly<Record<string, unknown>>): string {
    if (format === undefined) return super.explainPrefix(format, options);
    const [unknown] = Object.keys(options);
    if (format.toUpperCase() !== "JSON" || unknown !== undefined)
      throw new NotSupportedError("explain() takes the format JSON, and no options, on this database.");
    return "EXPLAIN FORMAT=JSON";
  }
}

/** The parameters as often as the piece of SQL that has them stands in the whole. */
function repeated(whole: string, piece: string, params: readonly unknown[]): Sql {
  const times = params.length === 0 ? 0 : whole.split(piece).length - 1;
  return { sql: whole, params: Array.from({ length: times }, () => params).flat() };
}

/** The right side of LIKE, which is compared letter by letter whatever the column's collation. */
function letters(lookup: string, pattern: string): string {
  return `${IGNORES_CASE.test(lookup) ? `UPPER(${pattern})` : pattern} COLLATE utf8mb4_bin`;
}

// The collation goes with this character set only, which a column need not have.
function asUtf8(sql: string): string {
  return `CONVERT(${sql} USING utf8mb4)`;
}

// MariaDB counts the fraction among the seconds, MySQL does not.
function timeMicroseconds({ sql }: Sql): string {
  return `(FLOOR(TIME_TO_SEC(${sql})) * 1000000 + MICROSECOND(${sql}))`;
}
