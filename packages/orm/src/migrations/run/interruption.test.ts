import { spawn } from "node:child_process";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import type { DatabaseSettings, Vendor } from "../../backends/base/wrapper.ts";
import { connections } from "../../db/connections.ts";
import { introspect } from "../../schema/introspection.ts";
import { schemaEditor } from "../../schema/schema-editor.ts";
import { type Place, VENDORS, dropTables, makePlace } from "../../testdata/servers.ts";
import type { Migration } from "../migration.ts";
import { applyOperations } from "./apply-operations.ts";
import { MigrationExecutor, migrationPlan } from "./executor.ts";
import { forgetUnfinished, refuseUnfinished } from "./housekeeping.ts";
import type { LoadedMigrations } from "./loader.ts";
import { configure, first, load, second, target, tenOperations } from "./testdata/blog.ts";

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

/** How many rows the two tables have, under whatever name. */
async function rowCounts(connection: BaseWrapper): Promise<number[]> {
  const tables = await introspect(connection).tableNames();
  const counts: number[] = [];
  for (const table of tables.filter((name) => /^blog_(?:author|writer|book)$/.test(name))) {
    const { rows } = await connection.execute(`SELECT count(*) FROM ${connection.quoteName(table)}`);
    counts.push(Number(rows[0]?.[0]));
  }
  return counts.toSorted();
}

async function fill(connection: BaseWrapper): Promise<void> {
  await migrateTo(connection, await load(connection, [first]), first);
  await connection.execute("INSERT INTO blog_author (id, name, age) VALUES (1, 'Ann', 40), (2, 'Bö', NULL)");
  await connection.execute(
    "INSERT INTO blog_book (id, title, pages, author_id) VALUES (1, 'One', 10, 1), (2, 'Two', 20, 2), (3, 'Three', 30, 1)",
  );
}

async function migrateTo(connection: BaseWrapper, loaded: LoadedMigrations, migration: Migration): Promise<void> {
  await new MigrationExecutor(connection, loaded).migrate(migrationPlan(loaded, [migration.key]));
}

/** Migrates in a process of its own that is killed before operation `at`; gives the signal it ended by. */
function migrateAndDie(
  databases: Readonly<Record<string, DatabaseSettings>>,
  at: number,
): Promise<NodeJS.Signals | null> {
  const script = join(import.meta.dirname, "testdata", "interrupted.ts");
  const child = spawn(
    process.execPath,
    ["--conditions=@tsgo/source", "--import", "tsx", script, JSON.stringify(databases), String(at)],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (_code, signal) => resolve(signal));
  });
}

/** Does by hand what the report says is left, from operation `at`, and says so. */
async function finishByHand(connection: BaseWrapper, loaded: LoadedMigrations, at: number): Promise<void> {
  const before = loaded.projectState([first.key]);
  const half = second()
    .with({ operations: tenOperations.slice(0, at) })
    .mutateState(before);
  const rest = second().with({ operations: tenOperations.slice(at) });
  await schemaEditor(connection, (editor) => applyOperations(editor, rest, half));
  const executor = new MigrationExecutor(connection, loaded);
  await executor.migrate(migrationPlan(loaded, [target]), { fake: true });
}

/** Undoes by hand what the report says is done, and says so. */
async function undoByHand(connection: BaseWrapper): Promise<void> {
  await connection.execute("DROP TABLE blog_tag");
  await forgetUnfinished(connection, "blog");
}

/** What is there after the kill at operation `at`. */
interface Aftermath {
  readonly connection: BaseWrapper;
  readonly loaded: LoadedMigrations;
  readonly at: number;
  readonly report: string | undefined;
  readonly before: unknown;
}

async function expectAsBefore({ connection, report, before }: Aftermath): Promise<void> {
  expect(report).toBeUndefined();
  expect(await snapshot(connection)).toEqual(before);
}

async function expectReport({ connection, loaded, at, report }: Aftermath): Promise<void> {
  expect(report?.match(/^ {2}\[x\]/gm) ?? []).toHaveLength(at);
  expect(report).toContain("blog.0002_ten (blog/migrations/0002_ten.ts)");
  expect(report).toMatch(/'migrate --fake blog 0002_ten'.*'migrate --fake blog 0001_initial'/);
  await (at === 1 ? undoByHand(connection) : finishByHand(connection, loaded, at));
}

describe("a migration whose process is killed", () => {
  let places: ReadonlyMap<Vendor, Place>;

  // One process is killed for all databases: starting one takes more time than all the rest.
  beforeAll(async () => {
    places = new Map(
      await Promise.all(VENDORS.map(async (vendor) => [vendor, await makePlace(vendor, "killed")] as const)),
    );
    configure(Object.fromEntries([...places].map(([vendor, { settings }]) => [vendor, settings])));
  });

  afterEach(async () => {
    for (const vendor of VENDORS) await dropTables(connections.get(vendor));
  });

  afterAll(async () => {
    await connections.closeAll();
    connections.configure(undefined);
    for (const place of places.values()) await place.remove();
  });

  const positions = [...tenOperations.keys(), tenOperations.length];

  test.each(positions)(
    "before operation %i loses no row, leaves the database as it was or tells what is done, and can be gone on with",
    { timeout: 60_000 },
    async (at) => {
      const before = new Map<Vendor, unknown>();
      for (const vendor of VENDORS) {
        await fill(connections.get(vendor));
        before.set(vendor, await snapshot(connections.get(vendor)));
      }
      await connections.closeAll();
      const databases = Object.fromEntries([...places].map(([vendor, { settings }]) => [vendor, settings]));
      expect(await migrateAndDie(databases, at)).toBe("SIGKILL");

      for (const vendor of VENDORS) {
        const connection = connections.get(vendor);
        expect({ vendor, rows: await rowCounts(connection) }).toEqual({ vendor, rows: [2, 3] });
        const loaded = await load(connection, [first, second()]);
        const report = await refuseUnfinished(connection, loaded).then(() => undefined, String);
        const goOn = connection.features.canRollbackDdl ? expectAsBefore : expectReport;
        await goOn({ connection, loaded, at, report, before: before.get(vendor) });
        await migrateTo(connection, await load(connection, [first, second()]), second());
        const { rows } = await connection.execute(
          "SELECT id, title, pages, author_id, stars FROM blog_book ORDER BY id",
        );
        expect({ vendor, rows }).toEqual({
          vendor,
          rows: [
            [1, "One", 11, 1, 3],
            [2, "Two", 21, 2, 3],
            [3, "Three", 31, 1, 3],
          ],
        });
        expect((await load(connection, [first, second()])).isApplied(target)).toBe(true);
      }
    },
  );
});
