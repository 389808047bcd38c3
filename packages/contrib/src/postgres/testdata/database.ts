// A database of PostgreSQL for the tests of one file, with the extensions and the tables of its models.

import { afterAll, beforeAll, beforeEach } from "vitest";

import type { BaseWrapper } from "@tsgo/orm/db";
import { schemaEditor } from "@tsgo/orm/schema";

import { VENDORS, makeDatabase, type TestDatabase } from "../../../../orm/src/testdata/servers.ts";
import { PostgresConfig } from "../apps.ts";

/** False where no PostgreSQL answers, so that its tests are skipped. */
export const hasPostgresql = VENDORS.includes("postgresql");

export interface Tables {
  readonly connection: BaseWrapper;
}

/** Gives the tests of a file the tables of these models, empty before each. */
export function useTables(purpose: string, ...models: readonly { new (...args: never[]): object }[]): Tables {
  let database: TestDatabase | undefined;
  const key = Symbol.for("tsgo.model.register");
  beforeAll(async () => {
    new PostgresConfig("tsgo/contrib/postgres", "").register();
    if (!hasPostgresql) return;
    database = await makeDatabase("postgresql", purpose);
    for (const extension of ["hstore", "citext", "pg_trgm", "unaccent", "btree_gist"])
      await database.connection.execute(`CREATE EXTENSION ${extension}`);
    const { connection } = database;
    for (const model of models) (model as unknown as Record<symbol, (app: { label: string }) => void>)[key]?.({ label: "extras" });
    await schemaEditor(connection, async (editor) => {
      for (const model of models) await editor.createModel(model as never);
    });
  });
  beforeEach(async () => {
    for (const model of models)
      await database?.connection.execute(`TRUNCATE ${database.connection.quoteName((model as unknown as { _meta: { dbTable: string } })._meta.dbTable)} RESTART IDENTITY CASCADE`);
  });
  afterAll(async () => {
    await database?.drop();
  });
  return {
    get connection() {
      if (database === undefined) throw new Error("No PostgreSQL answers.");
      return database.connection;
    },
  };
}
