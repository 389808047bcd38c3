// Emptying a database without taking its tables away.

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import { atomic } from "../db/transaction.ts";
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
  const run = async (): Promise<void> => {
    const { begin, end } = connection.operations.deferConstraintsSql;
    try {
      for (const sql of [...begin, ...statements]) await connection.execute(sql);
    } finally {
      if (!connection.features.canRollbackDdl) for (const sql of end) await connection.execute(sql);
    }
  };
  if (connection.features.canRollbackDdl) await atomic(run, { using: connection.alias });
  else await connection.withConnection(run);
}
