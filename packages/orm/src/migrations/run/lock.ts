// Lets one process at a time migrate a database.

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import { OperationalError } from "../../exceptions.ts";

/** The number that stands for "tsgo migrates" among PostgreSQL's advisory locks. */
const POSTGRESQL_LOCK = 7_476_361;
/** How long a process waits for another one to finish, in seconds. */
const PATIENCE = 600;

/**
 * Calls `fn` while no other process migrates the database. Servers that start together migrate once: the second waits, and
 * then finds nothing to do. SQLite needs no lock of its own, since a writer has the whole database.
 */
export async function withMigrationLock<T>(connection: BaseWrapper, fn: () => Promise<T>): Promise<T> {
  if (connection.vendor === "sqlite") return fn();
  return connection.withConnection(async () => {
    await takeLock(connection);
    try {
      return await fn();
    } finally {
      await releaseLock(connection);
    }
  });
}

async function takeLock(connection: BaseWrapper): Promise<void> {
  if (connection.vendor === "postgresql") {
    await connection.execute(`SELECT pg_advisory_lock(${POSTGRESQL_LOCK})`);
    return;
  }
  const { rows } = await connection.execute(`SELECT GET_LOCK(CONCAT('tsgo_migrate_', DATABASE()), ${PATIENCE})`);
  if (Number(rows[0]?.[0]) !== 1)
    throw new OperationalError(
      `Another process has been migrating the database '${connection.alias}' for ${PATIENCE} seconds. Look what it is waiting for.`,
    );
}

async function releaseLock(connection: BaseWrapper): Promise<void> {
  await connection.execute(
    connection.vendor === "postgresql"
      ? `SELECT pg_advisory_unlock(${POSTGRESQL_LOCK})`
      : "SELECT RELEASE_LOCK(CONCAT('tsgo_migrate_', DATABASE()))",
  );
}
