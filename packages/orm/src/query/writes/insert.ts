// INSERT.

import { FieldError } from "@tsgo/core/exceptions";

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import type { ExecuteOptions } from "../../backends/base/session.ts";
import type { Awaitable, Row, StatementResult } from "../../backends/base/wrapper.ts";
import { Expression, Value } from "../../expressions/expression.ts";
import type { Field } from "../../fields/field.ts";
import { DATABASE_DEFAULT } from "../../fields/not-provided.ts";
import type { ModelBase, ModelClass } from "../../models/model.ts";
import { PlainCompiler } from "../compiler/plain.ts";
import { finishSql } from "../compiler/compiler.ts";
import { Query } from "../query.ts";
import { type Sql, PARAM } from "../sql.ts";
import { insertTemplate } from "./insert-template.ts";

/** What to do with a row that is there already. */
export interface ConflictHandling {
  readonly onConflict: "ignore" | "update" | null;
  readonly updateFields: readonly Field[];
  readonly uniqueFields: readonly Field[];
}

export const NO_CONFLICTS: ConflictHandling = { onConflict: null, updateFields: [], uniqueFields: [] };

/** Inserts rows with one statement, and gives the values of `returning` for each. */
export function insertRows(
  connection: BaseWrapper,
  model: ModelClass,
  fields: readonly Field[],
  objects: readonly ModelBase[],
  options: { readonly returning: readonly Field[]; readonly raw?: boolean; readonly conflicts?: ConflictHandling },
): Awaitable<readonly Row[]> {
  const conflicts = options.conflicts ?? NO_CONFLICTS;
  const { returning } = options;
  const auto = returning.length === 1 && returning[0] === model._meta.autoField ? returning[0] : undefined;
  // The driver tells the key of a single row by itself.
  const useLastId =
    auto !== undefined && objects.length === 1 && connection.vendor !== "postgresql" && conflicts.onConflict === null;
  const returned = useLastId ? NOTHING : returning;
  const read = ({ rows, lastInsertId }: StatementResult): readonly Row[] => {
    if (useLastId && auto !== undefined) return [[convert(auto, connection, lastInsertId)]];
    return returning.length === 0 ? [] : converted(rows, returning, connection);
  };
  const result = send(connection, model, fields, objects, conflicts, returned, options.raw ?? false);
  return result instanceof Promise ? result.then(read) : read(result);
}

const NOTHING: readonly Field[] = [];
const RECURS: ExecuteOptions = { recurs: true };

function send(
  connection: BaseWrapper,
  model: ModelClass,
  fields: readonly Field[],
  objects: readonly ModelBase[],
  conflicts: ConflictHandling,
  returning: readonly Field[],
  raw: boolean,
): Awaitable<StatementResult> {
  if (conflicts === NO_CONFLICTS && fields.length > 0) {
    const template = insertTemplate(connection, model, fields, returning);
    const params = template.params(objects, raw);
    // Only single rows come again and again in one number.
    if (params !== undefined)
      return connection.execute(template.sql(objects.length), params, objects.length === 1 ? RECURS : undefined);
  }
  const compiled = insertSql(connection, model, fields, objects, conflicts, returning, raw);
  const statement = finishSql(compiled, connection);
  return connection.execute(statement.sql, statement.params);
}

function converted(rows: readonly Row[], returning: readonly Field[], connection: BaseWrapper): readonly Row[] {
  const converters = returning.map((field) => field.fromDb(connection));
  if (converters.every((converter) => converter === undefined)) return rows;
  return rows.map((row) => row.map((value, index) => (value === null ? null : (converters[index]?.(value) ?? value))));
}

function convert(field: Field, connection: BaseWrapper, value: unknown): unknown {
  return value === null || value === undefined ? null : (field.fromDb(connection)?.(value) ?? value);
}

function insertSql(
  connection: BaseWrapper,
  model: ModelClass,
  fields: readonly Field[],
  objects: readonly ModelBase[],
  conflicts: ConflictHandling,
  returning: readonly Field[],
  raw: boolean,
): Sql {
  const { operations } = connection;
  const meta = model._meta;
  const query = new Query(model);
  const compiler = new PlainCompiler(query, connection);
  const params: unknown[] = [];
  const head = `${operations.insertStatement(conflicts.onConflict)} ${connection.quoteName(meta.dbTable)}`;
  let body: string;
  if (fields.length === 0) body = operations.defaultValuesSql(objects.length, meta.hasPk ? (meta.pk.column ?? "") : "");
  else {
    const rows = objects.map((object) => {
      const cells = fields.map((field) =>
        cellSql(field, valueToInsert(field, object, raw), connection, query, compiler),
      );
      for (const cell of cells) params.push(...cell.params);
      return `(${cells.map((cell) => cell.sql).join(", ")})`;
    });
    body = `(${fields.map((field) => connection.quoteName(field.column ?? "")).join(", ")}) VALUES ${rows.join(", ")}`;
  }
  const suffix = operations.bulkInsertSuffix({
    onConflict: conflicts.onConflict,
    updateColumns: conflicts.updateFields.map((field) => field.column ?? ""),
    uniqueColumns: conflicts.uniqueFields.map((field) => field.column ?? ""),
  });
  const returned =
    returning.length === 0
      ? ""
      : operations.returningSql(returning.map((field) => connection.quoteName(field.column ?? "")));
  return { sql: [head, body, suffix, returned].filter(Boolean).join(" "), params };
}

function valueToInsert(field: Field, object: ModelBase, raw: boolean): unknown {
  return raw ? field.valueFromObject(object) : field.preSave(object, true);
}

function cellSql(field: Field, value: unknown, connection: BaseWrapper, query: Query, compiler: PlainCompiler): Sql {
  if (value === DATABASE_DEFAULT) return defaultSql(field, connection, query, compiler);
  if (value instanceof Expression) {
    const resolved = value.resolve(query, { allowJoins: false, forSave: true });
    if (resolved.containsColumnReferences)
      throw new FieldError(`${field.toString()}: a new row has no columns that an expression could read.`);
    if (resolved.containsAggregate) throw new FieldError(`${field.toString()}: an aggregate cannot be inserted.`);
    if (resolved.containsOverClause)
      throw new FieldError(`${field.toString()}: a window expression cannot be inserted.`);
    return compiler.compile(resolved);
  }
  return { sql: PARAM, params: [field.getDbPrepSave(value, connection)] };
}

function defaultSql(field: Field, connection: BaseWrapper, query: Query, compiler: PlainCompiler): Sql {
  if (connection.features.supportsDefaultKeyword) return { sql: "DEFAULT", params: [] };
  const given = field.dbDefault;
  if (given instanceof Expression) return compiler.compile(given.resolve(query, { allowJoins: false, forSave: true }));
  return compiler.compile(new Value(given, { outputField: field, forSave: true }));
}
