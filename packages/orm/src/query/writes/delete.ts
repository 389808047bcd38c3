// DELETE.

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import { Q } from "../../expressions/q.ts";
import { Subquery } from "../../expressions/subquery.ts";
import { WriteCompiler } from "../compiler/plain.ts";
import { finishSql } from "../compiler/compiler.ts";
import { Query } from "../query.ts";
import { EMPTY, FULL, PARAM, type Sql } from "../sql.ts";

/**
 * Deletes the rows of a query from its own table. Gives how many there were. With `order`, the keys of all of them, a database
 * that checks foreign keys row by row deletes them in that order.
 */
export async function deleteRows(query: Query, connection: BaseWrapper, order?: readonly unknown[]): Promise<number> {
  const compiled = deleteSql(singleTable(query.clone()), connection, order);
  if (compiled === undefined) return 0;
  const statement = finishSql(compiled, connection);
  const { rowCount } = await connection.execute(statement.sql, statement.params);
  return rowCount;
}

/** DELETE from one table. Undefined where no row can be meant. */
export function deleteSql(target: Query, connection: BaseWrapper, order?: readonly unknown[]): Sql | undefined {
  const compiler = new WriteCompiler(target, connection);
  target.initialAlias();
  let where = "";
  let params: readonly unknown[] = [];
  try {
    const condition = compiler.compile(target.where);
    where = ` WHERE ${condition.sql}`;
    params = condition.params;
  } catch (error) {
    if (error === EMPTY) return undefined;
    if (error !== FULL) throw error;
  }
  let sorted = "";
  if (order !== undefined && !connection.features.canDeferConstraintChecks) {
    const { pk } = target.meta;
    sorted = ` ORDER BY FIELD(${connection.quoteName(pk.column ?? "")}, ${order.map(() => PARAM).join(", ")})`;
    params = [...params, ...order.map((key) => pk.getDbPrepValue(key, connection))];
  }
  return { sql: `DELETE FROM ${connection.quoteName(target.meta.dbTable)}${where}${sorted}`, params };
}

/** Whether the conditions of a query are about its own table alone. */
export function isOverOneTable(query: Query): boolean {
  query.initialAlias();
  const used = [...query.aliases.tables.keys()].filter((alias) => query.aliases.count(alias) > 0);
  return (
    used.length === 1 &&
    used[0] === query.meta.dbTable &&
    !query.isSliced &&
    query.combinator === undefined &&
    !query.where.containsAggregate &&
    !query.where.containsOverClause
  );
}

// DELETE has one table, so a query over several becomes a list of keys.
function singleTable(query: Query): Query {
  if (isOverOneTable(query)) return query;
  const ids = query.clone();
  ids.clearSelectClause();
  ids.clearOrdering(false);
  ids.addFields(["pk"]);
  const target = new Query(query.model);
  target.addQ(Q.create([["pk__in", new Subquery(ids)]]));
  return target;
}
