// The database servers that the cases are run on, where they can be reached.

import type { BaseWrapper } from "../../../packages/orm/src/backends/base/base-wrapper.ts";
import type { DatabaseSettings } from "../../../packages/orm/src/backends/base/wrapper.ts";
import { createConnection } from "../../../packages/orm/src/db/connections.ts";
import { introspect } from "../../../packages/orm/src/schema/introspection.ts";

const SERVERS: Readonly<Record<string, DatabaseSettings>> = {
  postgresql: { ENGINE: "postgresql", NAME: "postgres", USER: "postgres", HOST: "127.0.0.1", PORT: 5432 },
  mariadb: { ENGINE: "mariadb", NAME: "mysql", USER: "root", HOST: "127.0.0.1", PORT: 3306 },
};

/** A database of our own on a server. */
export interface TestDatabase {
  readonly server: string;
  readonly connection: BaseWrapper;
  /** Drops all tables. */
  empty(): Promise<void>;
  /** Drops the database. */
  drop(): Promise<void>;
}

/** A database on each server that answers. With TSGO_TEST_REQUIRE_SERVICES=1 one that does not is an error. */
export async function openServers(): Promise<TestDatabase[]> {
  const databases: TestDatabase[] = [];
  for (const [server, settings] of Object.entries(SERVERS)) {
    try {
      databases.push(await openServer(server, settings));
    } catch (error) {
      if (process.env["TSGO_TEST_REQUIRE_SERVICES"] === "1") throw error;
    }
  }
  return databases;
}

async function openServer(server: string, settings: DatabaseSettings): Promise<TestDatabase> {
  const name = `tsgo_test_migrations_${process.pid}`;
  const admin = createConnection("admin", settings);
  try {
    await admin.execute(`DROP DATABASE IF EXISTS ${name}`);
    await admin.execute(`CREATE DATABASE ${name}`);
  } catch (error) {
    await admin.close();
    throw error;
  }
  const connection = createConnection("default", { ...settings, NAME: name });
  return {
    server,
    connection,
    empty: () => dropTables(connection),
    drop: async () => {
      await connection.close();
      await admin.execute(`DROP DATABASE ${name}`);
      await admin.close();
    },
  };
}

async function dropTables(connection: BaseWrapper): Promise<void> {
  const tables = await introspect(connection).tableNames();
  const list = tables.map((table) => connection.quoteName(table)).join(", ");
  if (list === "") return;
  if (connection.vendor === "postgresql") await connection.execute(`DROP TABLE ${list} CASCADE`);
  else
    await connection.withConnection(async () => {
      await connection.execute("SET FOREIGN_KEY_CHECKS = 0");
      await connection.execute(`DROP TABLE ${list}`);
      await connection.execute("SET FOREIGN_KEY_CHECKS = 1");
    });
}
