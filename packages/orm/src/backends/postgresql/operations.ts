// How PostgreSQL writes it.

import type { Decimal } from "decimal.js";

import type { Field } from "../../fields/field.ts";
import { encodeJson } from "../../fields/json.ts";
import { NotSupportedError } from "../../exceptions.ts";
import { PARAM } from "../../query/sql.ts";
import { durationFromMicroseconds } from "../../values/text.ts";
import { Temporal } from "../../values/temporal.ts";
import { BaseOperations } from "../base/base-operations.ts";
import type { DatabaseOperations, ExtractPart, Sequence, Sql, TruncPart } from "../base/operations.ts";
import type { DatabaseWrapper } from "../base/wrapper.ts";

type JsonPath = readonly (string | number)[];

const COMPARISONS: Readonly<Record<string, string>> = { exact: "=", gt: ">", gte: ">=", lt: "<", lte: "<=" };
const TEXT_LOOKUPS = /^i?(?:exact|contains|startswith|endswith|regex)$/;
const IGNORES_CASE = /^i(?:exact|contains|startswith|endswith)$/;

/** The type that a parameter has, since the server cannot always tell it from what stands around it. */
const PARAMETER_TYPES: Readonly<Record<string, string>> = {
  BooleanField: "boolean",
  CharField: "text",
  DateField: "date",
  DateTimeField: "timestamptz",
  DecimalField: "numeric",
  DurationField: "interval",
  FloatField: "double precision",
  JSONField: "jsonb",
  TextField: "text",
  TimeField: "time",
  UUIDField: "uuid",
};

const CAST_TYPES: Readonly<Record<string, string>> = {
  AutoField: "integer",
  BigAutoField: "bigint",
  SmallAutoField: "smallint",
};

const EXTRACT_PARTS: Partial<Record<ExtractPart, string>> = { iso_week_day: "ISODOW", iso_year: "ISOYEAR" };

const EXPLAIN_FORMATS: ReadonlySet<string> = new Set(["TEXT", "XML", "JSON", "YAML"]);
const EXPLAIN_OPTIONS: ReadonlySet<string> = new Set([
  "ANALYZE",
  "BUFFERS",
  "COSTS",
  "GENERIC_PLAN",
  "MEMORY",
  "SERIALIZE",
  "SETTINGS",
  "SUMMARY",
  "TIMING",
  "VERBOSE",
  "WAL",
]);

/** The SQL of PostgreSQL. */
export class PostgresqlOperations extends BaseOperations implements DatabaseOperations {
  protected readonly quote = '"';
  override readonly maxNameLength = 63;
  override readonly deferrableSql = " DEFERRABLE INITIALLY DEFERRED";
  override readonly checkConstraintsSql: string = "SET CONSTRAINTS ALL IMMEDIATE";
  readonly jsonObjectFunction = "JSONB_BUILD_OBJECT";

  override placeholder(index: number): string {
    return `$${index}`;
  }

  castDataType(field: Field): string | null {
    return CAST_TYPES[field.internalType] ?? null;
  }

  castSql(expression: Sql, field: Field, connection: DatabaseWrapper): Sql {
    return { sql: `(${expression.sql})::${field.castDbType(connection) ?? "text"}`, params: expression.params };
  }

  override typedParameter(field: Field, value: unknown): string {
    if (value === null) return PARAM;
    const kind = field.targetValueField.internalType;
    const type = PARAMETER_TYPES[kind] ?? (/Integer|Auto/.test(kind) ? integerType(value) : undefined);
    return type === undefined ? PARAM : `${PARAM}::${type}`;
  }

  // ---- values

  // The server rounds to the places of the column, and a comparison is with the value itself.
  override adaptDecimal(value: Decimal): unknown {
    return value.toFixed();
  }

  protected override adaptBooleanParameter(value: boolean): unknown {
    return value;
  }

  override adaptDateTime(value: Date): unknown {
    return value.toISOString();
  }

  override adaptDuration(microseconds: bigint): unknown {
    return `${microseconds} microseconds`;
  }

  override adaptJsonScalar(value: unknown): unknown {
    return encodeJson(value ?? null);
  }

  adaptEndOfRange(value: Date): unknown {
    return `${value.toISOString().slice(0, 19)}.999999Z`;
  }

  override readonly durationFromDb = (value: unknown): unknown =>
    typeof value === "string" ? durationFromMicroseconds(intervalMicroseconds(value)) : value;

  override truncatedFromDb(timeZone: string): (value: unknown) => unknown {
    return (value) =>
      typeof value === "string"
        ? new Date(Temporal.PlainDateTime.from(value.replace(" ", "T")).toZonedDateTime(timeZone).epochMilliseconds)
        : value;
  }

  protected override quoteBytes(value: Uint8Array): string {
    return String.raw`'\x${Buffer.from(value).toString("hex")}'::bytea`;
  }

  // ---- lookups

  operatorSql(lookup: string, lhs: string, rhs: string): string {
    const operator = COMPARISONS[lookup];
    if (operator !== undefined) return `${lhs} ${operator} ${rhs}`;
    const right = IGNORES_CASE.test(lookup) ? `UPPER(${rhs}::text)` : `${rhs}::text`;
    return lookup === "iexact" ? `${lhs} = ${right}` : `${lhs} LIKE ${right}`;
  }

  // It is compared with `=`.
  override iexactValue(text: string): string {
    return text;
  }

  override lookupCast(lookup: string, internalType: string | undefined): (lhs: string) => string {
    if (lookup === "exact" || !TEXT_LOOKUPS.test(lookup)) return (lhs) => lhs;
    const text = (lhs: string): string => (internalType === "GenericIPAddressField" ? `HOST(${lhs})` : `${lhs}::text`);
    return IGNORES_CASE.test(lookup) ? (lhs) => `UPPER(${text(lhs)})` : text;
  }

  protected patternTemplate(lookup: string, escaped: string): string {
    const before = /contains|endswith/.test(lookup) ? "'%' || " : "";
    const after = /contains|startswith/.test(lookup) ? " || '%'" : "";
    return `LIKE ${before}${lookup.startsWith("i") ? `UPPER(${escaped})` : escaped}${after}`;
  }

  regexSql(lhs: string, rhs: string, ignoreCase: boolean): string {
    return `${lhs} ${ignoreCase ? "~*" : "~"} ${rhs}::text`;
  }

  stringAggArguments(text: Sql, delimiter: string, isText: boolean): { readonly args: Sql; readonly tail: string } {
    const value = isText ? text.sql : `(${text.sql})::text`;
    return { args: { sql: `${value}, ${PARAM}::text`, params: [...text.params, delimiter] }, tail: "" };
  }

  // ---- dates

  #extract(part: ExtractPart, sql: string): string {
    if (part === "week_day") return `(EXTRACT(DOW FROM ${sql}) + 1)::integer`;
    if (part === "second") return `EXTRACT(SECOND FROM DATE_TRUNC('second', ${sql}))::integer`;
    return `EXTRACT(${EXTRACT_PARTS[part] ?? part.toUpperCase()} FROM ${sql})::integer`;
  }

  #inZone(sql: string, timeZone: string | undefined): string {
    return timeZone === undefined ? sql : `(${sql} AT TIME ZONE ${this.quoteValue(timeZone)})`;
  }

  dateExtractSql(part: ExtractPart, sql: string, params: readonly unknown[]): Sql {
    return { sql: this.#extract(part, sql), params };
  }

  dateTimeExtractSql(part: ExtractPart, sql: string, params: readonly unknown[], timeZone: string): Sql {
    return { sql: this.#extract(part, this.#inZone(sql, timeZone)), params };
  }

  timeExtractSql(part: ExtractPart, sql: string, params: readonly unknown[]): Sql {
    return { sql: this.#extract(part, sql), params };
  }

  override durationExtractSql(part: ExtractPart, sql: string, params: readonly unknown[]): Sql {
    return { sql: this.#extract(part, sql), params };
  }

  dateTruncSql(part: TruncPart, sql: string, params: readonly unknown[], timeZone?: string): Sql {
    return { sql: `DATE_TRUNC('${part}', ${this.#inZone(sql, timeZone)})`, params };
  }

  dateTimeTruncSql(part: TruncPart, sql: string, params: readonly unknown[], timeZone: string): Sql {
    return { sql: `DATE_TRUNC('${part}', ${this.#inZone(sql, timeZone)})`, params };
  }

  timeTruncSql(part: TruncPart, sql: string, params: readonly unknown[], timeZone?: string): Sql {
    return { sql: `DATE_TRUNC('${part}', ${this.#inZone(sql, timeZone)})::time`, params };
  }

  dateTimeCastDateSql(sql: string, params: readonly unknown[], timeZone: string): Sql {
    return { sql: `${this.#inZone(sql, timeZone)}::date`, params };
  }

  dateTimeCastTimeSql(sql: string, params: readonly unknown[], timeZone: string): Sql {
    return { sql: `${this.#inZone(sql, timeZone)}::time`, params };
  }

  // ---- arithmetic

  override combineSql(operator: string, left: string, right: string): string {
    return operator === "^" ? `POWER(${left}, ${right})` : super.combineSql(operator, left, right);
  }

  combineDurationSql(operator: string, left: string, right: string): string {
    return `${left} ${operator} ${right}`;
  }

  subtractTemporals(internalType: string, left: Sql, right: Sql): Sql {
    const params = [...left.params, ...right.params];
    const difference = `(${left.sql} - ${right.sql})`;
    return { sql: internalType === "DateField" ? `(interval '1 day' * ${difference})` : difference, params };
  }

  randomSql(): string {
    return "RANDOM()";
  }

  // ---- JSON

  jsonPath(keys: JsonPath): string {
    return `{${keys.map((key) => (typeof key === "number" ? String(key) : JSON.stringify(key))).join(",")}}`;
  }

  jsonKeySql(lhs: Sql, path: JsonPath): Sql {
    return { sql: `(${lhs.sql} #> ${PARAM}::text[])`, params: [...lhs.params, this.jsonPath(path)] };
  }

  jsonKeyTextSql(lhs: Sql, path: JsonPath): Sql {
    return { sql: `(${lhs.sql} #>> ${PARAM}::text[])`, params: [...lhs.params, this.jsonPath(path)] };
  }

  jsonKeyExactSql(lhs: Sql, path: JsonPath, value: unknown): Sql {
    const key = this.jsonKeySql(lhs, path);
    return { sql: `${key.sql} = ${PARAM}::jsonb`, params: [...key.params, encodeJson(value ?? null)] };
  }

  jsonKeyInSql(lhs: Sql, path: JsonPath, values: readonly unknown[]): Sql {
    const key = this.jsonKeySql(lhs, path);
    const list = values.map(() => `${PARAM}::jsonb`).join(", ");
    return {
      sql: `${key.sql} IN (${list})`,
      params: [...key.params, ...values.map((value) => encodeJson(value ?? null))],
    };
  }

  jsonKeyIsNullSql(lhs: Sql, path: JsonPath, isNull: boolean): Sql {
    const key = this.jsonKeySql(lhs, path);
    return { sql: `${key.sql} IS ${isNull ? "" : "NOT "}NULL`, params: key.params };
  }

  jsonHasKeySql(lhs: Sql, path: JsonPath): Sql {
    return this.jsonKeyIsNullSql(lhs, path, false);
  }

  jsonContainsSql(lhs: Sql, rhs: Sql): Sql {
    return { sql: `${lhs.sql} @> ${rhs.sql}::jsonb`, params: [...lhs.params, ...rhs.params] };
  }

  jsonContainedBySql(lhs: Sql, rhs: Sql): Sql {
    return { sql: `${lhs.sql} <@ ${rhs.sql}::jsonb`, params: [...lhs.params, ...rhs.params] };
  }

  jsonExactSql(lhs: Sql, rhs: Sql): Sql {
    return { sql: `${lhs.sql} = ${rhs.sql}::jsonb`, params: [...lhs.params, ...rhs.params] };
  }

  jsonObjectKey(name: string): Sql {
    return { sql: `${PARAM}::text`, params: [name] };
  }

  jsonObjectValue(sql: string): string {
    return sql;
  }

  // ---- statements

  defaultValuesSql(rows: number, pkColumn: string): string {
    if (rows === 1) return "DEFAULT VALUES";
    return `(${this.quoteName(pkColumn)}) VALUES ${Array.from({ length: rows }, () => "(DEFAULT)").join(", ")}`;
  }

  insertStatement(): string {
    return "INSERT INTO";
  }

  bulkInsertSuffix(options: {
    readonly onConflict: "ignore" | "update" | null;
    readonly updateColumns: readonly string[];
    readonly uniqueColumns: readonly string[];
  }): string {
    if (options.onConflict === null) return "";
    if (options.onConflict === "ignore") return "ON CONFLICT DO NOTHING";
    const target = options.uniqueColumns.map((column) => this.quoteName(column)).join(", ");
    const updates = options.updateColumns
      .map((column) => `${this.quoteName(column)} = EXCLUDED.${this.quoteName(column)}`)
      .join(", ");
    return `ON CONFLICT(${target}) DO UPDATE SET ${updates}`;
  }

  readonly deferConstraintsSql = {
    scope: "transaction",
    begin: "SET CONSTRAINTS ALL DEFERRED",
    end: "SET CONSTRAINTS ALL IMMEDIATE",
  } as const;

  flushSql(tables: readonly string[]): string[] {
    if (tables.length === 0) return [];
    return [`TRUNCATE ${tables.map((table) => this.quoteName(table)).join(", ")} RESTART IDENTITY`];
  }

  override sequenceResetSql(sequences: readonly Sequence[]): string[] {
    return sequences.map(({ table, column }) => {
      const [from, key] = [this.quoteName(table), this.quoteName(column)];
      const sequence = `pg_get_serial_sequence(${this.quoteValue(from)}, ${this.quoteValue(column)})`;
      return `SELECT setval(${sequence}, coalesce(max(${key}), 1), max(${key}) IS NOT NULL) FROM ${from}`;
    });
  }

  override explainPrefix(format: string | undefined, options: Readonly<Record<string, unknown>>): string {
    const parts: string[] = [];
    if (format !== undefined) {
      if (!EXPLAIN_FORMATS.has(format.toUpperCase()))
        throw new NotSupportedError(
          `explain() has no format ${JSON.stringify(format)}. It has: ${[...EXPLAIN_FORMATS].join(", ")}.`,
        );
      parts.push(`FORMAT ${format.toUpperCase()}`);
    }
    for (const [name, value] of Object.entries(options)) {
      if (!EXPLAIN_OPTIONS.has(name.toUpperCase()))
        throw new NotSupportedError(`explain() has no option ${JSON.stringify(name)}.`);
      parts.push(`${name.toUpperCase()} ${value === true ? "true" : "false"}`);
    }
    return parts.length === 0 ? "EXPLAIN" : `EXPLAIN (${parts.join(", ")})`;
  }
}

function integerType(value: unknown): string {
  return typeof value === "number" && Number.isInteger(value) && Math.abs(value) < 2_147_483_648 ? "integer" : "bigint";
}

/** `1 day 02:03:04.5`, as PostgreSQL writes an interval, in microseconds. */
function intervalMicroseconds(text: string): bigint {
  const unit = (name: string): bigint => BigInt(new RegExp(String.raw`(-?\d+) ${name}`).exec(text)?.[1] ?? "0");
  const days = unit("day") + unit("mon") * 30n + unit("year") * 365n;
  const clock = /(-?)(\d+):(\d\d):(\d\d)(?:\.(\d+))?/.exec(text);
  if (clock === null) return days * 86_400_000_000n;
  const [, sign, hours = "0", minutes = "0", seconds = "0", fraction = ""] = clock;
  const micro =
    ((BigInt(hours) * 60n + BigInt(minutes)) * 60n + BigInt(seconds)) * 1_000_000n +
    BigInt(fraction.padEnd(6, "0").slice(0, 6));
  return days * 86_400_000_000n + (sign === "-" ? -micro : micro);
}
