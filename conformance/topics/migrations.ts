// Pairs of model states: the operations between them, and what those do to a database with rows.

import { configureSettings, isConfigured, overrideSettings } from "@tsgo/core/conf";

import { SqliteWrapper } from "../../packages/orm/src/backends/sqlite/wrapper.ts";
import { connections } from "../../packages/orm/src/db/connections.ts";
import { detectChanges } from "../../packages/orm/src/migrations/autodetector/autodetector.ts";
import { arrangeForGraph } from "../../packages/orm/src/migrations/autodetector/naming.ts";
import { MigrationGraph } from "../../packages/orm/src/migrations/graph.ts";
import { Migration } from "../../packages/orm/src/migrations/migration.ts";
import { RemoveField } from "../../packages/orm/src/migrations/operations/remove-field.ts";
import type { Questioner } from "../../packages/orm/src/migrations/questioner/questioner.ts";
import { ProjectState } from "../../packages/orm/src/migrations/state/project-state.ts";
import { SchemaError } from "../../packages/orm/src/schema/exceptions.ts";
import type { Case } from "../corpus.ts";
import { type Outcome, type Topic, compare, passed } from "../topic.ts";
import { decode } from "../values.ts";
import {
  type RecordedRows,
  applyMigrations,
  byText,
  fillDatabase,
  readRows,
  readTables,
  unapplyMigrations,
} from "./migrations/database.ts";
import { showOperation } from "./migrations/operations.ts";
import { showExpression } from "./migrations/expressions.ts";
import { type TestDatabase, openServers } from "./migrations/servers.ts";
import { type RecordedState, makeState } from "./migrations/state.ts";

interface Expected {
  readonly migrations: readonly unknown[];
  readonly asked?: readonly unknown[];
  readonly tables?: Readonly<Record<string, RecordedTable>>;
  readonly rows?: Readonly<Record<string, unknown>>;
  readonly applyError?: string;
}

interface RecordedTable {
  readonly indexes: readonly unknown[];
  readonly foreignKeys: readonly unknown[];
}

let servers: readonly TestDatabase[] = [];
let restore: Disposable | undefined;

export const topic: Topic = {
  async open() {
    if (!isConfigured()) configureSettings({});
    servers = await openServers();
    restore = overrideSettings({ DEFAULT_AUTO_FIELD: "BigAutoField" });
    return evaluate;
  },
  async close() {
    restore?.[Symbol.dispose]();
    for (const server of servers) await server.drop();
    servers = [];
  },
};

async function evaluate(testCase: Case): Promise<Outcome> {
  const from = makeState(testCase["before"] as RecordedState);
  const to = makeState(testCase["after"] as RecordedState);
  const { migrations, asked } = await detect(testCase, from, to);
  const expected = testCase.expect as Expected;
  const shown = migrations.map((migration) => ({
    app: migration.appLabel,
    name: migration.name,
    initial: migration.initial ?? false,
    dependencies: migration.dependencies,
    operations: migration.operations.map((operation) => showOperation(operation, showExpression)),
  }));
  const outcome = compare(
    { migrations: shown, asked },
    { migrations: expected.migrations, asked: expected.asked ?? [] },
  );
  if (outcome.status !== "passed" || testCase["rows"] === undefined) return outcome;
  const rows = testCase["rows"] as RecordedRows;
  const onSqlite = await applyToSqlite(from, migrations, rows, expected);
  if (onSqlite.status !== "passed") return onSqlite;
  for (const server of servers) {
    const onServer = await applyToServer(server, from, migrations, rows, expected);
    if (onServer.status === "failed") return { ...onServer, actual: { [server.server]: onServer.actual } };
  }
  return passed;
}

/** The same on a server, where types and names of parts are its own: columns, keys, references and rows count. */
async function applyToServer(
  server: TestDatabase,
  from: ProjectState,
  migrations: readonly Migration[],
  rows: RecordedRows,
  expected: Expected,
): Promise<Outcome> {
  const { connection } = server;
  connections.set("default", connection);
  try {
    await server.empty();
    await fillDatabase(connection, from, await firstMigrations(from), rows);
    const before = { tables: await readTables(connection), rows: await readRows(connection, from, Object.keys(rows)) };
    let applied;
    try {
      applied = await applyMigrations(connection, from, migrations);
    } catch (error) {
      if (expected.applyError === undefined || error instanceof SchemaError) throw error;
      if (!connection.features.canRollbackDdl) return passed;
      return compare(await readTables(connection), before.tables);
    }
    if (expected.applyError !== undefined)
      return { status: "failed", expected: expected.applyError, actual: "applied" };
    const after = {
      tables: shapes(await readTables(connection)),
      rows: showRows(await readRows(connection, applied.state, Object.keys(expected.rows ?? {}))),
    };
    const outcome = compare(after, { tables: shapes(expected.tables ?? {}), rows: showRows(expected.rows ?? {}) });
    if (outcome.status !== "passed" || losesValues(from, migrations)) return outcome;
    await unapplyMigrations(connection, applied.steps);
    return compare(shapes(await readTables(connection)), shapes(before.tables));
  } catch (error) {
    // What the database cannot have at all is refused with a word about it.
    if (error instanceof SchemaError) return passed;
    throw error;
  } finally {
    connections.set("default", undefined);
  }
}

/** What tables have in common on all databases. */
function shapes(tables: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(
    Object.entries(tables).map(([name, table]) => {
      const { columns, foreignKeys } = table as {
        columns: readonly { name: string; notNull: boolean; pk: boolean }[];
        foreignKeys: readonly unknown[];
      };
      return [
        name,
        {
          columns: columns
            .map((column) => ({ name: column.name, notNull: column.notNull, pk: column.pk }))
            .toSorted(byText),
          foreignKeys: foreignKeys.toSorted(byText),
        },
      ];
    }),
  );
}

/** The migrations by app, and the questions that were put. */
async function detect(
  testCase: Case,
  from: ProjectState,
  to: ProjectState,
): Promise<{ migrations: Migration[]; asked: readonly unknown[] }> {
  const graph = new MigrationGraph<Migration>();
  for (const [app, models] of Object.entries(testCase["before"] as RecordedState))
    if (models.length > 0)
      graph.addNode([app, "0001_initial"], new Migration({ operations: [] }, [app, "0001_initial"]));
  const { questioner, asked } = recordedQuestioner((testCase["answers"] ?? {}) as Readonly<Record<string, unknown>>);
  const changes = await arrangeForGraph(await detectChanges(from, to, questioner), graph, questioner);
  const migrations = [...changes].toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, list]) => list);
  return { migrations, asked };
}

/** Answers as the case says, and notes what was asked. */
function recordedQuestioner(answers: Readonly<Record<string, unknown>>): { questioner: Questioner; asked: unknown[] } {
  const asked: unknown[] = [];
  const ask = (kind: string, fallback: unknown, about: Readonly<Record<string, unknown>>): unknown => {
    const answer = kind in answers ? answers[kind] : fallback;
    asked.push({ ask: kind, ...about, answer });
    return answer === "ignore" ? undefined : toValue(answer);
  };
  const questioner: Questioner = {
    askInitial: () => true,
    askRenameModel: (old, now) =>
      ask("renameModel", false, { app: now.appLabel, old: old.name, new: now.name }) === true,
    askRenameField: (model, old, now) => ask("renameField", false, { model: model.name, old, new: now }) === true,
    askNotNullAddition: (model, field) => ask("notNullAddition", null, { model: model.name, field }),
    askNotNullAlteration: (model, field) => {
      const value = ask("notNullAlteration", "ignore", { model: model.name, field });
      return value === undefined ? undefined : { value };
    },
    askAutoNowAddAddition: (model, field) => ask("autoNowAddAddition", null, { model: model.name, field }),
    askUniqueCallableDefaultAddition: () => {},
    askMerge: () => false,
  };
  return { questioner, asked };
}

// An instant is recorded as text; a field holds a Date.
function toValue(answer: unknown): unknown {
  if (typeof answer === "object" && answer !== null && "$datetime" in answer) return new Date(String(answer.$datetime));
  return decode(answer);
}

/** Makes the tables with their rows, applies the migrations, looks, and takes them back again. */
async function applyToSqlite(
  from: ProjectState,
  migrations: readonly Migration[],
  rows: RecordedRows,
  expected: Expected,
): Promise<Outcome> {
  const connection = new SqliteWrapper("default", { ENGINE: "sqlite", NAME: ":memory:" });
  connections.set("default", connection);
  try {
    await fillDatabase(connection, from, await firstMigrations(from), rows);
    const before = { tables: await readTables(connection), rows: await readRows(connection, from, Object.keys(rows)) };
    let applied;
    try {
      applied = await applyMigrations(connection, from, migrations);
    } catch (error) {
      if (expected.applyError === undefined) throw error;
      const name = (error as { readonly cause?: Error }).cause?.name ?? (error as Error).name;
      const outcome = compare(
        (error as Error).name === expected.applyError ? expected.applyError : name,
        expected.applyError,
      );
      // What failed must have left no trace.
      return outcome.status === "passed" ? compare(await readTables(connection), before.tables) : outcome;
    }
    if (expected.applyError !== undefined)
      return { status: "failed", expected: expected.applyError, actual: "applied" };
    const after = {
      tables: await readTables(connection),
      rows: showRows(await readRows(connection, applied.state, Object.keys(expected.rows ?? {}))),
    };
    const outcome = compare(after, {
      tables: sortedTables(expected.tables ?? {}),
      rows: showRows(expected.rows ?? {}),
    });
    if (outcome.status !== "passed" || losesValues(from, migrations)) return outcome;
    await unapplyMigrations(connection, applied.steps);
    return sameTables(await readTables(connection), before.tables);
  } finally {
    connections.set("default", undefined);
    await connection.close();
  }
}

/** The migrations that make the tables of a state in the first place. */
async function firstMigrations(state: ProjectState): Promise<Migration[]> {
  const { questioner } = recordedQuestioner({});
  const changes = await detectChanges(new ProjectState(), state, questioner);
  return [...changes.values()].flat();
}

/** Whether a column goes that took no NULL and had no default: its values cannot be made up on the way back. */
function losesValues(from: ProjectState, migrations: readonly Migration[]): boolean {
  return migrations.some(({ appLabel, operations }) =>
    operations.some((operation) => {
      if (!(operation instanceof RemoveField) || !from.has(appLabel, operation.modelName)) return false;
      const field = from.get(appLabel, operation.modelName).fields.get(operation.name);
      return field !== undefined && !field.null && !field.hasDefault() && !field.manyToMany && !field.generated;
    }),
  );
}

function withoutOrder(tables: Record<string, unknown>): unknown {
  return Object.fromEntries(
    Object.entries(tables).map(([name, table]) => {
      const { columns, ...rest } = table as { columns: readonly unknown[] };
      return [name, { ...rest, columns: columns.toSorted(byText) }];
    }),
  );
}

/** Columns that were dropped and made again stand behind the others. */
function sameTables(actual: Record<string, unknown>, expected: Record<string, unknown>): Outcome {
  const outcome = compare(withoutOrder(actual), withoutOrder(expected));
  return outcome.status === "passed"
    ? passed
    : { ...outcome, ...("actual" in outcome && { actual: { takenBack: outcome.actual } }) };
}

function sortedTables(tables: Readonly<Record<string, RecordedTable>>): unknown {
  return Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [
      name,
      { ...table, indexes: table.indexes.toSorted(byText), foreignKeys: table.foreignKeys.toSorted(byText) },
    ]),
  );
}

/** Rows with decimals written the shortest way, since they count by their value. */
function showRows(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(showRows);
  if (typeof value !== "object" || value === null) return value;
  // What was taken from the clock is recorded as such.
  if ("$datetime" in value && Math.abs(Date.now() - Date.parse(String(value.$datetime))) < 60_000)
    return { $now: true };
  if ("$decimal" in value) return { $decimal: String(Number(value.$decimal)) };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, showRows(item)]));
}
