// Databases for tests: made beside those of the project, with the tables of all migrations, and taken away again.

import { settings } from "@tsgo/core/conf";
import { callCommand } from "@tsgo/core/management";
import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import { type DatabaseSettings, connections, createConnection } from "@tsgo/orm/db";
import { didYouMean } from "@tsgo/utils/nearest-name";

/** What `createTestDatabases` takes. */
export interface TestDatabaseOptions {
  /**
   * Asked where a database of the name is there already, left behind by a run that was killed; it is replaced when the answer is
   * true, and an error otherwise. Where nothing is given it is replaced.
   */
  readonly replace?: (name: string) => boolean | Promise<boolean>;
  /** Stands behind the names of the databases: for tests that run in several processes. */
  readonly suffix?: string;
}

/** The databases of a test run. */
export interface TestDatabases extends AsyncDisposable {
  /** The names by alias. */
  readonly names: Readonly<Record<string, string>>;
}

let inForce: TestDatabases | undefined;

/** Whether the connections lead to test databases. */
export function haveTestDatabases(): boolean {
  return inForce !== undefined;
}

/**
 * Makes an empty database for each one in DATABASES, migrates it, and has the connections lead there until the result is
 * disposed of. On SQLite it is kept in memory, elsewhere it has the name of the project's database with `test_` in front, or
 * the one that `TEST: { NAME }` gives. Answers to Django's `setup_databases` and `teardown_databases`.
 *
 * @throws ImproperlyConfigured where a database is in the way and may not be replaced.
 * @example
 * await using databases = await createTestDatabases();
 */
export async function createTestDatabases(options: TestDatabaseOptions = {}): Promise<TestDatabases> {
  const configured = settings.DATABASES as unknown as Readonly<Record<string, DatabaseSettings>>;
  const mirrors = mirrorsOf(configured);
  const databases = Object.fromEntries(
    Object.entries(configured)
      .filter(([alias]) => !Object.hasOwn(mirrors, alias))
      .map(([alias, entry]) => [alias, { ...entry, NAME: testName(entry, options.suffix ?? "") }]),
  );
  const made: string[] = [];
  const remove = async (): Promise<void> => {
    inForce = undefined;
    await connections.closeAll();
    connections.configure(undefined);
    for (const alias of made.splice(0)) await onServer(alias, databases[alias], "drop");
  };
  try {
    for (const [alias, entry] of Object.entries(databases)) {
      await create(alias, entry, options);
      made.push(alias);
    }
    await connections.closeAll();
    connections.configure(databases, mirrors);
    for (const alias of made)
      if (databases[alias]?.TEST?.["MIGRATE"] !== false)
        await callCommand("migrate", { database: alias, interactive: false, verbosity: 0 });
  } catch (error) {
    await remove();
    throw error;
  }
  const names = Object.fromEntries(Object.entries(databases).map(([alias, { NAME }]) => [alias, NAME]));
  return (inForce = { names, [Symbol.asyncDispose]: remove });
}

// Replicas, with the aliases of what they are replicas of.
function mirrorsOf(configured: Readonly<Record<string, DatabaseSettings>>): Readonly<Record<string, string>> {
  const mirrors: Record<string, string> = {};
  for (const [alias, { TEST }] of Object.entries(configured)) {
    const original = TEST?.["MIRROR"];
    if (typeof original !== "string") continue;
    if (!Object.hasOwn(configured, original) || typeof configured[original]?.TEST?.["MIRROR"] === "string")
      throw new ImproperlyConfigured(
        `DATABASES['${alias}'].TEST.MIRROR must be the alias of a database that is no mirror itself, not '${original}'.${didYouMean(original, Object.keys(configured))}`,
      );
    mirrors[alias] = original;
  }
  return mirrors;
}

function testName(entry: DatabaseSettings, suffix: string): string {
  const given = entry.TEST?.["NAME"];
  const named = typeof given === "string" && given !== "" ? given : undefined;
  if (named === undefined && isSqlite(entry)) return ":memory:";
  return `${named ?? `test_${entry.NAME}`}${suffix}`;
}

function isSqlite({ ENGINE }: DatabaseSettings): boolean {
  return /sqlite3?$/.test(ENGINE);
}

async function create(alias: string, entry: DatabaseSettings, { replace }: TestDatabaseOptions): Promise<void> {
  if (isSqlite(entry)) return;
  if (await onServer(alias, entry, "exists")) {
    if (replace !== undefined && !(await replace(entry.NAME)))
      throw new ImproperlyConfigured(
        `The database '${entry.NAME}' is in the way of the tests. Drop it, or name another with TEST: { NAME }.`,
      );
    await onServer(alias, entry, "drop");
  }
  await onServer(alias, entry, "create");
}

/** Does something to a whole database, over a connection that is not to it. Says whether it is there. */
async function onServer(
  alias: string,
  entry: DatabaseSettings | undefined,
  action: "create" | "drop" | "exists",
): Promise<boolean> {
  if (entry === undefined || isSqlite(entry)) return false;
  const server = createConnection(alias, { ...entry, NAME: /postgres/.test(entry.ENGINE) ? "postgres" : "mysql" });
  try {
    const name = server.operations.quoteName(entry.NAME);
    if (action === "create") await server.execute(`CREATE DATABASE ${name}${creationOptions(entry)}`);
    if (action === "drop") await server.execute(`DROP DATABASE IF EXISTS ${name}`);
    if (action !== "exists") return action === "create";
    const { rows } = await server.execute(EXISTS[server.vendor] ?? "", [entry.NAME]);
    return rows.length > 0;
  } finally {
    await server.close();
  }
}

function creationOptions({ ENGINE, TEST = {} }: DatabaseSettings): string {
  const word = (key: string): string | undefined => {
    const value = TEST[key];
    if (typeof value !== "string") return undefined;
    if (/^[\w-]+$/.test(value)) return value;
    throw new ImproperlyConfigured(`TEST.${key} must be a name, not ${JSON.stringify(value)}.`);
  };
  const [charset, collation, template] = [word("CHARSET"), word("COLLATION"), word("TEMPLATE")];
  if (/postgres/.test(ENGINE))
    return `${charset === undefined ? "" : ` ENCODING '${charset}'`}${template === undefined ? "" : ` TEMPLATE "${template}"`}`;
  return ` CHARACTER SET ${charset ?? "utf8mb4"}${collation === undefined ? "" : ` COLLATE ${collation}`}`;
}

const EXISTS: Readonly<Record<string, string>> = {
  postgresql: "SELECT 1 FROM pg_database WHERE datname = $1",
  mysql: "SELECT 1 FROM information_schema.schemata WHERE schema_name = ?",
};
