// DELETE.

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import { Q } from "../../expressions/q.ts";
import { Subquery } from "../../expressions/subquery.ts";
import { PlainCompiler } from "../compiler/plain.ts";
import { finishSql } from "../compiler/compiler.ts";
import { fetchRows } from "../execute.ts";
import { Query } from "../query.ts";
import { EMPTY, FULL } from "../sql.ts";

/** Deletes the rows of a query from its own table. Gives how many there were. */
export async function deleteRows(query: Query, connection: BaseWrapper): Promise<number> {
  const target = await singleTable(query.clone(), connection);
  const compiler = new PlainCompiler(target, connection);
  target.initialAlias();
  let where = "";
  let params: readonly unknown[] = [];
  try {
    const condition = compiler.compile(target.where);
    where = ` WHERE ${condition.sql}`;
    params = condition.params;
  } catch (error) {
    if (error === EMPTY) return 0;
    if (error !== FULL) throw error;
  }
  const statement = finishSql(
    { sql: `DELETE FROM ${connection.quoteName(target.meta.dbTable)}${where}`, params },
    connection,
  );
  const { rowCount } = await connection.execute(statement.sql, statement.params);
  return rowCount;
}

// DELETE has one table, so a query over several becomes a list of keys.
async function singleTable(query: Query, connection: BaseWrapper): Promise<Query> {
  query.initialAlias();
  const used = [...query.aliases.tables.keys()].filter((alias) => query.aliases.count(alias) > 0);
  const [base] = used;
  if (
    used.length === 1 &&
    base === query.meta.dbTable &&
    !query.isSliced &&
    query.combinator === undefined &&
    !query.where.containsAggregate &&
    !query.where.containsOverClause
  )
    return query;
  const ids = query.clone();
  ids.clearSelectClause();
  ids.clearOrdering(false);
  ids.addFields(["pk"]);
  const target = new Query(query.model);
  if (connection.features.updateCanSelfSelect) target.addQ(Q.create([["pk__in", new Subquery(ids)]]));
  else target.addQ(Q.create([["pk__in", (await fetchRows(ids, connection)).rows.map((row) => row[0])]]));
  return target;
}
