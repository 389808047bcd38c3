// SQL for DDL: conditions of checks and indexes, expressions of indexes and generated columns.

import { EmptyResultSet, FullResultSet } from "@tsgo/core/exceptions";

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import type { Expression } from "../expressions/expression.ts";
import { Q } from "../expressions/q.ts";
import { F } from "../expressions/references.ts";
import type { ModelClass } from "../models/model.ts";
import { BareCompiler } from "./compiler/plain.ts";
import { Query } from "./query.ts";
import { PARAM, type Sql } from "./sql.ts";

/** The SQL of a condition or expression on the columns of a model, which stand without their table. */
export function compileForSchema(model: ModelClass, expression: Expression | Q | string, connection: BaseWrapper): Sql {
  const query = new Query(model);
  const source = typeof expression === "string" ? new F(expression) : expression;
  const resolved = source instanceof Q ? query.buildWhere(source) : source.resolve(query, { allowJoins: false });
  return new BareCompiler(query, connection).compile(resolved);
}

/** The same with its values written into the text, since DDL takes no parameters. */
export function schemaSql(model: ModelClass, expression: Expression | Q | string, connection: BaseWrapper): string {
  const compiled = compiledOrSettled(model, expression, connection);
  if (typeof compiled === "string") return compiled;
  const { sql, params } = compiled;
  const values = [...params];
  return sql.split(PARAM).reduce((text, part) => text + connection.operations.quoteValue(values.shift()) + part);
}

/**
 * A condition that all rows meet, or none, has no SQL of its own in a query; here it has to be written all the same. It
 * speaks of a column, since MariaDB drops a check of none together with the next column.
 */
function compiledOrSettled(
  model: ModelClass,
  expression: Expression | Q | string,
  connection: BaseWrapper,
): Sql | string {
  try {
    return compileForSchema(model, expression, connection);
  } catch (error) {
    if (!(error instanceof FullResultSet || error instanceof EmptyResultSet)) throw error;
    const column = model._meta.localConcreteFields.find((field) => !field.primaryKey)?.column;
    const connector = error instanceof FullResultSet ? "OR" : "AND";
    const tested = column === undefined || column === null ? "1" : connection.quoteName(column);
    return `(${tested} IS NULL ${connector} ${tested} IS NOT NULL)`;
  }
}
