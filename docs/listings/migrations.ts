// A database in memory for the listings on migrations: operations are applied to it one after the other, as `migrate` does.

import { applyOperations, unapplyOperations } from "../../packages/orm/src/migrations/run/apply-operations.ts";
import { ProjectState } from "../../packages/orm/src/migrations/state/project-state.ts";
import { introspect } from "../../packages/orm/src/schema/introspection.ts";
import { schemaEditor } from "@tsgo/orm/schema";
import { configureSettings, isConfigured } from "tsgo/conf";
import { connections, migrations } from "tsgo/db";

const MEMORY = { ENGINE: "sqlite", NAME: ":memory:" };

let state = new ProjectState();
let undo: (() => Promise<void>)[] = [];

/** Begins with an empty database. */
export async function begin(): Promise<void> {
  if (!isConfigured()) configureSettings({ DATABASES: { default: MEMORY } });
  await connections.closeAll();
  state = new ProjectState();
  undo = [];
}

/** Applies one migration of an application. */
export async function apply(app: string, ...operations: migrations.Operation[]): Promise<void> {
  const before = state;
  const migration = new migrations.Migration({ operations }, [app, "listing"]);
  state = await schemaEditor(connections.get(), (editor) => applyOperations(editor, migration, before));
  undo.push(async () => {
    await schemaEditor(connections.get(), (editor) => unapplyOperations(editor, migration, before));
    state = before;
  });
}

/** Takes the last migration back. */
export async function takeBack(): Promise<void> {
  await undo.pop()?.();
}

/** What `sqlmigrate` writes for these operations. */
export async function sqlOf(app: string, ...operations: migrations.Operation[]): Promise<string> {
  const migration = new migrations.Migration({ operations }, [app, "listing"]);
  const collect = { collectSql: true };
  const write = (editor: migrations.SchemaEditor): Promise<string> =>
    applyOperations(editor, migration, state).then(() =>
      editor.collected.filter((line) => !line.startsWith("--")).join("\n"),
    );
  return schemaEditor(connections.get(), write, collect);
}

/** What `migrate --plan` would mark on PostgreSQL. */
export function hazardsOf(app: string, operation: migrations.Operation): string[] {
  const after = operation.stateForwards(app, state);
  return operation.hazards(app, state, after, "postgresql").map(({ kind, detail }) => `${kind}: ${detail}`);
}

export async function tables(): Promise<string[]> {
  return introspect(connections.get()).tableNames();
}

export async function columns(table: string): Promise<string[]> {
  return (await introspect(connections.get()).columns(table)).map(({ name }) => name);
}

/** The named indexes and constraints of a table. */
export async function parts(table: string): Promise<string[]> {
  return (await introspect(connections.get()).constraints(table)).flatMap(({ name }) => name ?? []).toSorted();
}

export async function rows(sql: string): Promise<readonly (readonly unknown[])[]> {
  return (await connections.get().execute(sql)).rows;
}
