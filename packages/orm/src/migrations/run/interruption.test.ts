import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import type { DatabaseSettings } from "../../backends/base/wrapper.ts";
import { connections, createConnection } from "../../db/connections.ts";
import { introspect } from "../../schema/introspection.ts";
import { MigrationExecutor, migrationPlan } from "./executor.ts";
import { first, load, open, second, target, tenOperations } from "./testdata/blog.ts";

/** The whole database: tables with columns, constraints and rows. */
async function snapshot(connection: BaseWrapper): Promise<unknown> {
  const introspection = introspect(connection);
  const tables: Record<string, unknown> = {};
  for (const table of await introspection.tableNames()) {
    const { rows } = await connection.execute(`SELECT * FROM ${connection.quoteName(table)} ORDER BY 1`);
    // The record has the time at which the first migration ran, which stays as it is, too.
    tables[table] = [await introspection.columns(table), await introspection.constraints(table), rows];
  }
  return tables;
}

async function fill(connection: BaseWrapper): Promise<void> {
  const loaded = await load(connection, [first]);
  await new MigrationExecutor(connection, loaded).migrate(migrationPlan(loaded, [first.key]));
  await connection.execute("INSERT INTO blog_author (id, name, age) VALUES (1, 'Ann', 40), (2, 'Bö', NULL)");
  await connection.execute(
    "INSERT INTO blog_book (id, title, pages, author_id) VALUES (1, 'One', 10, 1), (2, 'Two', 20, 2), (3, 'Three', 30, 1)",
  );
}

/** Migrates in a process of its own that is killed before operation `at`; gives the signal it ended by. */
function migrateAndDie(settings: DatabaseSettings, at: number): Promise<NodeJS.Signals | null> {
  const script = join(import.meta.dirname, "testdata", "interrupted.ts");
  const child = spawn(
    process.execPath,
    ["--conditions=@tsgo/source", "--import", "tsx", script, JSON.stringify(settings), String(at)],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (_code, signal) => resolve(signal));
  });
}

const POSTGRESQL = { ENGINE: "postgresql", NAME: "postgres", USER: "postgres", HOST: "127.0.0.1", PORT: 5432 };
const required = process.env["TSGO_TEST_REQUIRE_SERVICES"] === "1";

async function hasPostgresql(): Promise<boolean> {
  const connection = createConnection("probe", POSTGRESQL);
  try {
    await connection.execute("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}

const there = await hasPostgresql();

async function onPostgresql(sql: string): Promise<void> {
  const admin = createConnection("admin", POSTGRESQL);
  try {
    await admin.execute(sql);
  } finally {
    await admin.close();
  }
}

/** Kills a migration before the operation `at`, compares the database with what it was, and runs the migration again. */
async function interruptAndGoOn(settings: DatabaseSettings, at: number): Promise<"as it was"> {
  const connection = open(settings);
  await fill(connection);
  const before = await snapshot(connection);
  await connections.closeAll();
  expect(await migrateAndDie(settings, at)).toBe("SIGKILL");
  const reopened = open(settings);
  expect(await snapshot(reopened)).toEqual(before);
  const loaded = await load(reopened, [first, second(undefined, () => {})]);
  await new MigrationExecutor(reopened, loaded).migrate(migrationPlan(loaded, [target]));
  const { rows } = await reopened.execute("SELECT id, title, pages, author_id, stars FROM blog_book ORDER BY id");
  expect(rows).toEqual([
    [1, "One", 11, 1, 3],
    [2, "Two", 21, 2, 3],
    [3, "Three", 31, 1, 3],
  ]);
  await connections.closeAll();
  return "as it was";
}

describe("a migration whose process is killed", () => {
  const positions = [...tenOperations.keys(), tenOperations.length];
  let folder = "";

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "tsgo-killed-"));
  });

  afterAll(async () => {
    await connections.closeAll();
    connections.configure(undefined);
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(positions)(
    "before operation %i leaves SQLite as it was, and can be run again",
    { timeout: 60_000 },
    async (at) => {
      const settings = { ENGINE: "sqlite", NAME: join(folder, `${at}.sqlite3`) };
      expect(await interruptAndGoOn(settings, at)).toBe("as it was");
    },
  );

  // Skipped where no server answers, unless TSGO_TEST_REQUIRE_SERVICES=1 says that there must be one.
  test.skipIf(!there && !required).each(positions)(
    "before operation %i leaves PostgreSQL as it was, and can be run again",
    { timeout: 60_000 },
    async (at) => {
      const name = `tsgo_test_migrations_${process.pid}_${at}`;
      await onPostgresql(`CREATE DATABASE ${name}`);
      try {
        expect(await interruptAndGoOn({ ...POSTGRESQL, NAME: name }, at)).toBe("as it was");
      } finally {
        await connections.closeAll();
        await onPostgresql(`DROP DATABASE ${name} WITH (FORCE)`);
      }
    },
  );
});
