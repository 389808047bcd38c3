// Lets one process at a time migrate a database.

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import { OperationalError } from "../../exceptions.ts";

/** The number that stands for "tsgo migrates" among PostgreSQL's advisory locks. */
const POSTGRESQL_LOCK = 7_476_361;
/** The same among the named locks of MariaDB, which are those of the whole server and have short names. */
const MYSQL_LOCK = "CONCAT('tsgo_migrate_', MD5(DATABASE()))";
/** How long a process waits for another one to finish, in seconds. */
const PATIENCE = 600;

/**
 * Calls `fn` while no other process migrates the database. Servers that start together migrate once: the second waits, and
 * then finds nothing to do. On SQLite a writer has the whole database, so there each migration waits for that of the other
 * process; it is enough to be patient. `onWait` is called where there is somebody to wait for.
 */
export async function withMigrationLock<T>(
  connection: BaseWrapper,
  fn: () => Promise<T>,
  onWait: () => void = () => {},
): Promise<T> {
  return connection.withConnection(async () => {
    const release = await LOCKS[connection.vendor](connection, onWait);
    try {
      return await fn();
    } finally {
      await release();
    }
  });
}

type Lock = (connection: BaseWrapper, onWait: () => void) => Promise<() => Promise<unknown>>;

const LOCKS: Readonly<Record<BaseWrapper["vendor"], Lock>> = {
  async sqlite(connection) {
    const usual = await ask(connection, "PRAGMA busy_timeout");
    await connection.execute(`PRAGMA busy_timeout = ${PATIENCE * 1000}`);
    return async () => connection.execute(`PRAGMA busy_timeout = ${usual}`);
  },

  async postgresql(connection, onWait) {
    const free = await ask(connection, `SELECT pg_try_advisory_lock(${POSTGRESQL_LOCK})::int`);
    if (free !== 1) {
      onWait();
      await connection.execute(`SELECT pg_advisory_lock(${POSTGRESQL_LOCK})`);
    }
    return async () => connection.execute(`SELECT pg_advisory_unlock(${POSTGRESQL_LOCK})`);
  },

  async mysql(connection, onWait) {
    const take = (seconds: number): Promise<number> => ask(connection, `SELECT GET_LOCK(${MYSQL_LOCK}, ${seconds})`);
    if ((await take(0)) !== 1) {
      onWait();
      if ((await take(PATIENCE)) !== 1)
        throw new OperationalError(
          `Another process has been migrating the database '${connection.alias}' for ${PATIENCE} seconds. Look what it is waiting for.`,
        );
    }
    return async () => connection.execute(`SELECT RELEASE_LOCK(${MYSQL_LOCK})`);
  },
};

async function ask(connection: BaseWrapper, sql: string): Promise<number> {
  const { rows } = await connection.execute(sql);
  return Number(rows[0]?.[0]);
}
