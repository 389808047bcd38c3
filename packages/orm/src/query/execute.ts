// Sends a compiled query and hands back its rows.

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import type { Awaitable, Row } from "../backends/base/wrapper.ts";
import type { Converter, Expression } from "../expressions/expression.ts";
import type { Field } from "../fields/field.ts";
import { NO_EMPTY_VALUE } from "../expressions/expression.ts";
import type { ExecuteOptions } from "../backends/base/session.ts";
import { aggregateQuery } from "./aggregation.ts";
import { finishSql } from "./compiler/compiler.ts";
import { SelectCompiler, type TupleColumns } from "./compiler/select.ts";
import type { Query } from "./query.ts";
import { EMPTY } from "./sql.ts";

/** A query with its statement: everything but the parameters of single calls. */
export interface CompiledSelect {
  readonly sql: string;
  readonly params: readonly unknown[];
  /** The parameters before they were made ready for the driver. */
  readonly compiledParams: readonly unknown[];
  readonly compiler: SelectCompiler;
  readonly converters: readonly (Converter | undefined)[];
  readonly options: ExecuteOptions | undefined;
}

const EXACT_TYPES: ReadonlySet<string> = new Set(["BigIntegerField", "PositiveBigIntegerField", "DurationField"]);
const EXACT: ExecuteOptions = { exactIntegers: true };

/** Compiles a query. Undefined where no row can be found, so that nothing need be sent. */
export function compileSelect(query: Query, connection: BaseWrapper, elideEmpty = true): CompiledSelect | undefined {
  const compiler = new SelectCompiler(query, connection, elideEmpty);
  try {
    const unfinished = compiler.asSql();
    const { sql, params } = finishSql(unfinished, connection);
    const converters = compiler.converters();
    const exact = compiler.selected.some(({ expression }) => isExact(expression));
    return { sql, params, compiledParams: unfinished.params, compiler, converters, options: exact ? EXACT : undefined };
  } catch (error) {
    if (error === EMPTY) return undefined;
    throw error;
  }
}

/** Whether fields hold whole numbers that the driver must not round. */
export function hasExactIntegers(fields: readonly Field[]): boolean {
  return fields.some((field) => EXACT_TYPES.has(field.targetValueField.internalType));
}

function isExact(expression: Expression): boolean {
  try {
    return EXACT_TYPES.has(expression.outputFieldOrUndefined?.targetValueField.internalType ?? "");
  } catch {
    return false;
  }
}

/** Replaces the values of the driver by the ones of the fields, in place, and puts the parts of composite keys together. */
export function convertRows(
  rows: readonly Row[],
  { converters, compiler }: Pick<CompiledSelect, "converters" | "compiler">,
): readonly Row[] {
  const converted = convertValues(rows, converters);
  return compiler.tuples.length === 0 ? converted : converted.map((row) => withTuples(row, compiler.tuples));
}

function withTuples(row: Row, tuples: readonly TupleColumns[]): Row {
  const values: unknown[] = [];
  let at = 0;
  for (const tuple of tuples) {
    const parts = row.slice(tuple.at, tuple.at + tuple.length);
    values.push(...row.slice(at, tuple.at), parts.includes(null) ? null : parts);
    at = tuple.at + tuple.length;
  }
  return [...values, ...row.slice(at)];
}

function convertValues(rows: readonly Row[], converters: readonly (Converter | undefined)[]): readonly Row[] {
  const active = converters.flatMap((convert, index) => (convert === undefined ? [] : [[index, convert] as const]));
  if (active.length === 0) return rows;
  for (const row of rows as unknown[][]) {
    for (const [index, convert] of active) {
      const value = row[index];
      if (value !== null) row[index] = convert(value);
    }
  }
  return rows;
}

/** The rows of a query, converted. */
export function fetchRows(
  query: Query,
  connection: BaseWrapper,
): Awaitable<{ readonly rows: readonly Row[]; readonly compiled: CompiledSelect | undefined }> {
  const compiled = compileSelect(query, connection);
  if (compiled === undefined) return { rows: [], compiled };
  const result = connection.execute(compiled.sql, compiled.params, compiled.options);
  const finish = ({ rows }: { readonly rows: readonly Row[] }) => ({
    rows: convertRows(trimmed(rows, compiled), compiled),
    compiled,
  });
  return result instanceof Promise ? result.then(finish) : finish(result);
}

/** Drops the columns that only ORDER BY needed. */
export function trimmed(rows: readonly Row[], { compiler: { columnCount } }: CompiledSelect): readonly Row[] {
  const [first] = rows;
  return first === undefined || first.length <= columnCount ? rows : rows.map((row) => row.slice(0, columnCount));
}

/** Whether the query has a row. */
export async function queryExists(query: Query, connection: BaseWrapper): Promise<boolean> {
  const { rows } = await fetchRows(query.forExists(), connection);
  return rows.length > 0;
}

/** The values of aggregates over all rows of the query, by name. */
export async function queryAggregates(
  query: Query,
  connection: BaseWrapper,
  aggregates: ReadonlyMap<string, Expression>,
): Promise<Record<string, unknown>> {
  if (aggregates.size === 0) return {};
  const outer = aggregateQuery(query.clone(), aggregates);
  const empty = [...outer.annotationSelect.values()].map((expression) => expression.emptyResultSetValue);
  const elideEmpty = !empty.includes(NO_EMPTY_VALUE);
  const names = [...outer.annotationSelect.keys()];
  const compiled = compileSelect(outer, connection, elideEmpty);
  let values: Row;
  if (compiled === undefined) values = empty;
  else {
    const { rows } = await connection.execute(compiled.sql, compiled.params, compiled.options);
    values = convertRows(rows.slice(0, 1), compiled)[0] ?? empty;
  }
  return Object.fromEntries(names.map((name, index) => [name, values[index]]));
}
