// The same tests on every database: SQLite in memory, and the servers that answer.

import { configureSettings, isConfigured } from "@tsgo/core/conf";
import { afterAll, beforeAll, beforeEach, describe } from "vitest";

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import type { DatabaseSettings, LoggedQuery } from "../backends/base/wrapper.ts";
import { connections, createConnection } from "../db/connections.ts";
import type { ModelClass } from "../models/model.ts";
import { createTables, register } from "./database.ts";

/** Where servers are looked for. */
export const SERVERS: Readonly<Record<string, DatabaseSettings>> = {
  PostgreSQL: { ENGINE: "postgresql", NAME: "postgres", USER: "postgres", HOST: "127.0.0.1", PORT: 5432 },
  MariaDB: { ENGINE: "mariadb", NAME: "mysql", USER: "root", HOST: "127.0.0.1", PORT: 3306 },
};

const required = process.env["TSGO_TEST_REQUIRE_SERVICES"] === "1";

async function answers(settings: DatabaseSettings): Promise<boolean> {
  const connection = createConnection("probe", settings);
  try {
    await connection.execute("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}

if (!isConfigured()) configureSettings({ USE_TZ: true, TIME_ZONE: "UTC" });
const reachable = new Map(
  await Promise.all(
    Object.entries(SERVERS).map(async ([name, settings]) => [name, required || (await answers(settings))] as const),
  ),
);

/**
 * Runs tests on SQLite, PostgreSQL and MariaDB, each with the tables of these models, which are empty before every test. A server
 * that does not answer is skipped, unless TSGO_TEST_REQUIRE_SERVICES=1 says that there must be one.
 */
export function describeDatabases(
  appLabel: string,
  models: readonly object[],
  tests: (log: LoggedQuery[], database: "SQLite" | "PostgreSQL" | "MariaDB") => void,
): void {
  register(appLabel, ...models);
  describe("SQLite", () => {
    const log = prepared(models, () => Promise.resolve({ ENGINE: "sqlite", NAME: ":memory:" }));
    tests(log, "SQLite");
  });
  for (const [name, settings] of Object.entries(SERVERS)) {
    describe.skipIf(reachable.get(name) !== true)(name, () => {
      const database = `tsgo_test_${appLabel}_${process.pid}`;
      let admin: BaseWrapper;
      afterAll(async () => {
        await admin.execute(`DROP DATABASE ${database}`);
        await admin.close();
      });
      const open = async (): Promise<DatabaseSettings> => {
        admin = createConnection("admin", settings);
        await admin.execute(`DROP DATABASE IF EXISTS ${database}`);
        await admin.execute(`CREATE DATABASE ${database}`);
        return { ...settings, NAME: database };
      };
      tests(prepared(models, open), name as "PostgreSQL" | "MariaDB");
    });
  }
}

function prepared(models: readonly object[], open: () => Promise<DatabaseSettings>): LoggedQuery[] {
  const log: LoggedQuery[] = [];
  beforeAll(async () => {
    connections.set("default", createConnection("default", await open()));
    await createTables(...models);
    connections.get().onQuery((query) => log.push(query));
  });
  beforeEach(async () => {
    // The last tables refer to the first.
    for (const model of [...models].reverse() as ModelClass[]) {
      for (const { remoteField } of model._meta.localManyToMany)
        if (remoteField.throughModel._meta.autoCreated !== false) await empty(remoteField.throughModel);
      if (!model._meta.proxy) await empty(model);
    }
    log.length = 0;
  });
  afterAll(async () => {
    await connections.closeAll();
  });
  return log;
}

async function empty(model: ModelClass): Promise<void> {
  const connection = connections.get();
  await connection.execute(`DELETE FROM ${connection.quoteName(model._meta.dbTable)}`);
}
