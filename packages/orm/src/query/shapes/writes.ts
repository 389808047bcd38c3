// UPDATE and DELETE for a recipe: one statement on one table, compiled once for each shape and connection.

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import type { ExecuteOptions } from "../../backends/base/session.ts";
import type { Awaitable } from "../../backends/base/wrapper.ts";
import { Expression } from "../../expressions/expression.ts";
import { timeZoneReads } from "../../fields/current-time-zone.ts";
import type { Field } from "../../fields/field.ts";
import { DATABASE_DEFAULT } from "../../fields/not-provided.ts";
import { isInstance } from "../../lookups/related-value.ts";
import { finishSql } from "../compiler/compiler.ts";
import type { Query } from "../query.ts";
import type { Sql } from "../sql.ts";
import { deleteRows, deleteSql, isOverOneTable } from "../writes/delete.ts";
import { type Assignment, updateRows, updateSql, usedTables } from "../writes/update.ts";
import { KeptParameters, isPlainParameter } from "./kept-parameters.ts";
import type { Recipe } from "./recipe.ts";
import type { Shape, Token } from "./shape.ts";

const UPDATE = Symbol("update");
const DELETE = Symbol("delete");
const RECURS: ExecuteOptions = { recurs: true };

/** A statement that is kept, with the parameters of its conditions. */
interface KeptWrite {
  readonly sql: string;
  readonly where: KeptParameters;
}

/** Sets columns of all rows of a recipe. Gives how many rows there were. */
export function updateRecipe(
  recipe: Recipe,
  assignments: readonly Assignment[],
  connection: BaseWrapper,
): Awaitable<number> {
  const kept = keptUpdate(recipe, assignments, connection);
  const where = kept?.where.bind(recipe.values);
  if (kept === undefined || where === undefined) return updateRows(recipe.query.chain(), assignments, connection);
  const params: unknown[] = [];
  for (const [field, value] of assignments) params.push(parameterOf(field, value, connection));
  for (const value of where) params.push(value);
  return rowCountOf(kept.sql, params, connection);
}

/** Deletes all rows of a recipe from their own table. Gives how many there were. */
export function deleteRecipe(recipe: Recipe, connection: BaseWrapper): Awaitable<number> {
  const kept = keptDelete(recipe, connection);
  const where = kept?.where.bind(recipe.values);
  return kept === undefined || where === undefined
    ? deleteRows(forDeletion(recipe.query.chain()), connection)
    : rowCountOf(kept.sql, where, connection);
}

function rowCountOf(sql: string, params: readonly unknown[], connection: BaseWrapper): Awaitable<number> {
  const result = connection.execute(sql, params, RECURS);
  return result instanceof Promise ? result.then(({ rowCount }) => rowCount) : result.rowCount;
}

/** A value of a column as the driver takes it. */
export function parameterOf(field: Field, value: unknown, connection: BaseWrapper): unknown {
  const prepared = field.getDbPrepSave(value, connection);
  return isPlainParameter(prepared) ? prepared : connection.operations.adaptUnknown(prepared);
}

/** Whether a value is nothing but a parameter in the statement that writes it. */
export function isPlainValue(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value !== DATABASE_DEFAULT && typeof value !== "function";
  return !(value instanceof Expression || isInstance(value) || "query" in value);
}

function keptUpdate(
  recipe: Recipe,
  assignments: readonly Assignment[],
  connection: BaseWrapper,
): KeptWrite | undefined {
  const { shape, specimen } = recipe;
  if (shape === undefined || assignments.length === 0) return undefined;
  const tokens: Token[] = [UPDATE];
  const { concreteModel } = specimen.meta;
  for (const [field, value] of assignments) {
    if (!isPlainValue(value) || field.model._meta.concreteModel !== concreteModel) return undefined;
    tokens.push(field);
  }
  return kept(recipe, shape, tokens, connection, (query) => {
    query.initialAlias();
    return !query.isEmpty && usedTables(query) === 1 ? updateSql(query, assignments, connection) : undefined;
  });
}

function keptDelete(recipe: Recipe, connection: BaseWrapper): KeptWrite | undefined {
  const { shape } = recipe;
  if (shape === undefined) return undefined;
  return kept(recipe, shape, [DELETE], connection, (query) =>
    isOverOneTable(forDeletion(query)) ? deleteSql(query, connection) : undefined,
  );
}

// The statement of a shape for a kind of writing, compiled the first time.
function kept(
  recipe: Recipe,
  shape: Shape,
  tokens: readonly Token[],
  connection: BaseWrapper,
  compile: (query: Query) => Sql | undefined,
): KeptWrite | undefined {
  const writing = shape.find(tokens) ?? shape.add(tokens, shape.specimen, []);
  const known = writing?.statements.get(connection) as KeptWrite | undefined;
  if (known !== undefined) return known;
  const reads = timeZoneReads();
  const compiled = compile(recipe.query.clone());
  if (compiled === undefined || timeZoneReads() !== reads) return undefined;
  const { sql, params } = finishSql(compiled, connection);
  // The new values come first, and are not of the recipe.
  const values = tokens.length - 1;
  const where = KeptParameters.of(
    compiled.params.slice(values),
    params.slice(values),
    recipe.values.length,
    connection,
  );
  if (where === undefined) return undefined;
  const made = { sql, where };
  writing?.statements.set(connection, made);
  return made;
}

/** Leaves nothing of a query but its conditions. */
export function forDeletion(query: Query): Query {
  query.lock = undefined;
  query.selectRelated = false;
  query.clearOrdering(true);
  query.deferred = { names: new Set(), defer: true };
  return query;
}
