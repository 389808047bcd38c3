// Emptying a database without taking its tables away.

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import { withDeferredConstraints } from "./constraints.ts";
import { managedModelsInDatabase, sequencesOf } from "./tables.ts";

/** The statements that remove all rows of the project's models. Answers to `sql_flush`. */
export async function flushStatements(connection: BaseWrapper): Promise<string[]> {
  const models = await managedModelsInDatabase(connection);
  const tables = models.map((model) => model._meta.dbTable).toSorted();
  const counted = sequencesOf(models).map(({ table }) => table);
  return connection.operations.flushSql(tables, counted.toSorted());
}

/** Removes all rows of the project's models; what migrations noted stays. In one transaction, where the database can. */
export async function flush(connection: BaseWrapper): Promise<void> {
  const statements = await flushStatements(connection);
  await withDeferredConstraints(connection, async () => {
    for (const sql of statements) await connection.execute(sql);
  });
}
