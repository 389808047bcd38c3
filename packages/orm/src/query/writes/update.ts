// UPDATE.

import { FieldError } from "@tsgo/core/exceptions";

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import { Expression } from "../../expressions/expression.ts";
import { Q } from "../../expressions/q.ts";
import { Subquery } from "../../expressions/subquery.ts";
import type { Field } from "../../fields/field.ts";
import { DATABASE_DEFAULT } from "../../fields/not-provided.ts";
import { isInstance } from "../../lookups/related-value.ts";
import type { ModelClass } from "../../models/model.ts";
import type { Options } from "../../models/options.ts";
import { type PlainCompiler, WriteCompiler } from "../compiler/plain.ts";
import { finishSql } from "../compiler/compiler.ts";
import { fetchRows } from "../execute.ts";
import { Query } from "../query.ts";
import { EMPTY, FULL, PARAM, type Sql } from "../sql.ts";
import { WhereNode } from "../where.ts";

/** A column and what it is set to. */
export type Assignment = readonly [field: Field, value: unknown];

/** The assignments behind names of fields. @throws FieldError for what is no column. */
export function assignmentsFor(meta: Options, values: Readonly<Record<string, unknown>>): Assignment[] {
  return Object.entries(values).flatMap(([name, value]): Assignment[] => {
    const field = meta.getField(name);
    if (!("attname" in field) || !field.concrete || field.manyToMany)
      throw new FieldError(`Cannot update '${name}' of ${meta.label}: only columns and foreign keys can be updated.`);
    if (value === undefined)
      throw new FieldError(`Cannot update '${name}' of ${meta.label} to undefined. Leave the key out, or give null.`);
    return field.generated ? [] : [[field, value]];
  });
}

/** Sets columns of all rows of the query, those of parent tables too. Gives how many rows there were. */
export async function updateRows(
  query: Query,
  assignments: readonly Assignment[],
  connection: BaseWrapper,
): Promise<number> {
  if (query.isEmpty) return 0;
  const concrete = query.meta.concreteModel;
  const own = assignments.filter(([field]) => field.model._meta.concreteModel === concrete);
  const related = new Map<ModelClass, Assignment[]>();
  for (const assignment of assignments) {
    const model = assignment[0].model._meta.concreteModel;
    if (model === concrete) continue;
    const list = related.get(model) ?? [];
    list.push(assignment);
    related.set(model, list);
  }
  const target = query.clone();
  const resolvedOwn = own.map(([field, value]): readonly [Field, unknown] => [
    field,
    resolveValue(target, field, value),
  ]);
  const multiple = usedTables(target) > 1;
  let relatedIds: Map<ModelClass, unknown[]> | undefined;
  if (related.size > 0) {
    const ids = await preselect(target, [...related.keys()], connection);
    restrictTo(target, ids.own);
    relatedIds = ids.related;
  } else if (multiple) restrictToSubquery(target);
  let count = own.length > 0 ? await sendUpdate(target, resolvedOwn, connection) : 0;
  for (const [model, list] of related) {
    const parent = new Query(model);
    restrictTo(parent, relatedIds?.get(model) ?? []);
    const changed = await sendUpdate(
      parent,
      list.map(([field, value]): readonly [Field, unknown] => [field, resolveValue(parent, field, value)]),
      connection,
    );
    if (own.length === 0 && changed > 0) count = Math.max(count, changed);
  }
  return count;
}

/** How many tables a query reads. */
export function usedTables(query: Query): number {
  query.initialAlias();
  return [...query.aliases.tables.keys()].filter((alias) => query.aliases.count(alias) > 0).length;
}

function resolveValue(query: Query, field: Field, value: unknown): unknown {
  if (value === DATABASE_DEFAULT) return value;
  const expression = value instanceof Expression ? value : isQuerySource(value) ? new Subquery(value) : undefined;
  if (expression === undefined) {
    if (!isInstance(value)) return value;
    if (field.remoteField === undefined)
      throw new FieldError(`${field.toString()}: an instance cannot be the value of a field that is no relation.`);
    return field.remoteField.targetField.valueFromObject(value);
  }
  const resolved = expression.resolve(query, { allowJoins: false, forSave: true });
  if (resolved.containsAggregate)
    throw new FieldError(`${field.toString()}: an aggregate cannot be the new value of a column.`);
  if (resolved.containsOverClause)
    throw new FieldError(`${field.toString()}: a window expression cannot be the new value of a column.`);
  return resolved;
}

function isQuerySource(value: unknown): value is { readonly query: Query } {
  return typeof value === "object" && value !== null && "query" in value && value.query instanceof Query;
}

function idQuery(query: Query, names: readonly string[]): Query {
  const ids = query.clone();
  ids.selectRelated = false;
  ids.clearOrdering(true);
  ids.setAnnotationMask([]);
  ids.clearSelectClause();
  ids.addFields([...names]);
  return ids;
}

async function preselect(query: Query, parents: readonly ModelClass[], connection: BaseWrapper) {
  const names = ["pk"];
  const positions = parents.map((parent) => {
    // Where the links are keys all the way up, the row's own key is the parent's.
    if (query.meta.getPathToParent(parent).every((step) => "attname" in step.joinField && step.joinField.primaryKey))
      return [parent, 0] as const;
    names.push(parent._meta.pk.name);
    return [parent, names.length - 1] as const;
  });
  const { rows } = await fetchRows(idQuery(query, names), connection);
  return {
    own: rows.map((row) => row[0]),
    related: new Map(positions.map(([parent, index]) => [parent, rows.map((row) => row[index])])),
  };
}

function restrictTo(query: Query, ids: readonly unknown[]): void {
  query.where = new WhereNode();
  query.aliases = new Query(query.model).aliases;
  query.addQ(Q.create([["pk__in", ids]]));
}

function restrictToSubquery(query: Query): void {
  const ids = idQuery(query, ["pk"]);
  query.where = new WhereNode();
  query.aliases = new Query(query.model).aliases;
  query.addQ(Q.create([["pk__in", new Subquery(ids)]]));
}

async function sendUpdate(
  query: Query,
  values: readonly (readonly [Field, unknown])[],
  connection: BaseWrapper,
): Promise<number> {
  if (values.length === 0) return 0;
  const compiled = updateSql(query, values, connection);
  if (compiled === undefined) return 0;
  const statement = finishSql(compiled, connection);
  const { rowCount } = await connection.execute(statement.sql, statement.params);
  return rowCount;
}

/** UPDATE of one table, the parameters of the new values first. Undefined where no row can be meant. */
export function updateSql(
  query: Query,
  values: readonly (readonly [Field, unknown])[],
  connection: BaseWrapper,
): Sql | undefined {
  query.initialAlias();
  const compiler = new WriteCompiler(query, connection);
  const params: unknown[] = [];
  const sets = values.map(([field, value]) => {
    const cell = cellSql(compiler, field, value, connection);
    params.push(...cell.params);
    return `${connection.quoteName(field.column ?? "")} = ${cell.sql}`;
  });
  let where = "";
  try {
    const condition = compiler.compile(query.where);
    params.push(...condition.params);
    where = ` WHERE ${condition.sql}`;
  } catch (error) {
    if (error === EMPTY) return undefined;
    if (error !== FULL) throw error;
  }
  return { sql: `UPDATE ${connection.quoteName(query.meta.dbTable)} SET ${sets.join(", ")}${where}`, params };
}

function cellSql(compiler: PlainCompiler, field: Field, value: unknown, connection: BaseWrapper): Sql {
  if (value instanceof Expression) return compiler.compile(value);
  if (value === DATABASE_DEFAULT) {
    if (connection.features.supportsDefaultKeyword) return { sql: "DEFAULT", params: [] };
    const { dbDefault } = field;
    return dbDefault instanceof Expression
      ? compiler.compile(dbDefault.resolve(compiler.query, { allowJoins: false, forSave: true }))
      : { sql: PARAM, params: [field.getDbPrepSave(dbDefault, connection)] };
  }
  return { sql: PARAM, params: [field.getDbPrepSave(value, connection)] };
}
