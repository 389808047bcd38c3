// A database with the tables of one state and rows in them, and what migrations make of it.

import type { BaseWrapper } from "../../../packages/orm/src/backends/base/base-wrapper.ts";
import type { Migration } from "../../../packages/orm/src/migrations/migration.ts";
import { applyOperations, unapplyOperations } from "../../../packages/orm/src/migrations/run/apply-operations.ts";
import { ProjectState } from "../../../packages/orm/src/migrations/state/project-state.ts";
import type { Field } from "../../../packages/orm/src/fields/field.ts";
import type { ModelClass } from "../../../packages/orm/src/models/model.ts";
import { type ConstraintInfo, introspect } from "../../../packages/orm/src/schema/introspection.ts";
import { schemaEditor } from "../../../packages/orm/src/schema/schema-editor.ts";
import { decode, encode } from "../../values.ts";

export type RecordedRows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** Makes the tables of a state, by the migrations that lead to it, and puts the rows in. */
export async function fillDatabase(
  connection: BaseWrapper,
  state: ProjectState,
  migrations: readonly Migration[],
  rows: RecordedRows,
): Promise<void> {
  await applyMigrations(connection, new ProjectState(), migrations);
  await schemaEditor(connection, async () => {
    for (const [label, list] of Object.entries(rows))
      for (const row of list) await insertRow(connection, findModel(state, label), row);
  });
}

/** A model by its label; `blog.Book.authors` is the link table of a many-to-many field. */
function findModel(state: ProjectState, label: string): ModelClass {
  const [app = "", name = "", field] = label.split(".");
  const model = state.apps.getModel(app, name);
  if (field === undefined) return model;
  const link = model._meta.localManyToMany.find((known) => known.name === field);
  if (link === undefined) throw new Error(`${label} is no many-to-many field`);
  return link.remoteField.throughModel;
}

async function insertRow(
  connection: BaseWrapper,
  model: ModelClass,
  row: Readonly<Record<string, unknown>>,
): Promise<void> {
  const fields = model._meta.localConcreteFields.filter((field) => field.attname in row && !field.generated);
  const columns = fields.map((field) => connection.quoteName(field.column ?? "")).join(", ");
  const values = fields.map((field) =>
    connection.operations.adaptUnknown(
      field.getDbPrepSave(field.toValue(plainValue(decode(row[field.attname]), field)), connection),
    ),
  );
  const marks = values.map((_value, index) => connection.operations.placeholder(index + 1)).join(", ");
  await connection.execute(
    `INSERT INTO ${connection.quoteName(model._meta.dbTable)} (${columns}) VALUES (${marks})`,
    values,
  );
}

// Instants are recorded as ISO texts and decoded as Temporal values; a model holds a Date.
function plainValue(value: unknown, field: Field): unknown {
  if (typeof value === "boolean" && field.internalType === "IntegerField") return Number(value);
  const tag = String((value as { readonly [Symbol.toStringTag]?: unknown } | null)?.[Symbol.toStringTag]);
  if (tag === "Temporal.ZonedDateTime")
    return new Date((value as { readonly epochMilliseconds: number }).epochMilliseconds);
  return value;
}

/** Applies the migrations in an order that their dependencies allow. */
export async function applyMigrations(
  connection: BaseWrapper,
  state: ProjectState,
  migrations: readonly Migration[],
): Promise<{
  readonly state: ProjectState;
  readonly steps: readonly { migration: Migration; before: ProjectState }[];
}> {
  const steps: { migration: Migration; before: ProjectState }[] = [];
  let current = state;
  for (const migration of inOrder(migrations)) {
    const before = current;
    steps.push({ migration, before });
    current = await schemaEditor(connection, (editor) => applyOperations(editor, migration, before), {
      atomic: migration.atomic,
    });
  }
  return { state: current, steps };
}

/** Takes them back again. */
export async function unapplyMigrations(
  connection: BaseWrapper,
  steps: readonly { migration: Migration; before: ProjectState }[],
): Promise<void> {
  for (const { migration, before } of [...steps].reverse())
    await schemaEditor(connection, (editor) => unapplyOperations(editor, migration, before), {
      atomic: migration.atomic,
    });
}

function inOrder(migrations: readonly Migration[]): Migration[] {
  const sorted: Migration[] = [];
  const byKey = new Map(migrations.map((migration) => [migration.key.join("."), migration]));
  const visit = (migration: Migration): void => {
    if (sorted.includes(migration)) return;
    for (const dependency of migration.dependencies) {
      const parent = "setting" in dependency ? undefined : byKey.get(dependency.join("."));
      if (parent !== undefined) visit(parent);
    }
    sorted.push(migration);
  };
  for (const migration of migrations) visit(migration);
  return sorted;
}

/** The tables in the recorded form. */
export async function readTables(connection: BaseWrapper): Promise<Record<string, unknown>> {
  const introspection = introspect(connection);
  const tables: Record<string, unknown> = {};
  for (const table of await introspection.tableNames()) {
    const constraints = await introspection.constraints(table);
    const columns = await introspection.columns(table);
    const checks = constraints.filter((info) => info.check && info.name !== null).map((info) => info.name);
    const namedUnique = constraints.filter(
      (info) => info.unique && !info.index && !info.primaryKey && info.name !== null,
    );
    tables[table] = {
      columns: columns.map(({ name, type, notNull, default: value, primaryKey, generated }) => ({
        name,
        type,
        notNull,
        default: value,
        pk: primaryKey,
        ...(generated !== null && { generated }),
      })),
      indexes: constraints
        .filter((info) => (info.index || info.unique) && !info.primaryKey)
        .map(showIndex)
        .toSorted(byText),
      foreignKeys: (await introspection.foreignKeys(table))
        .map(({ column, table: target, target: to }) => ({ column, table: target, to }))
        .toSorted(byText),
      ...(checks.length > 0 && { checks: checks.toSorted() }),
      ...(namedUnique.length > 0 && { namedUnique: namedUnique.map((info) => info.name).toSorted() }),
    };
  }
  return tables;
}

function showIndex(info: ConstraintInfo): Record<string, unknown> {
  return {
    columns: info.columns.map((column, at) => (info.orders[at] === "DESC" ? `-${column}` : column)),
    unique: info.unique,
    ...(info.index ? { name: info.name } : { constraint: true }),
    ...(info.where !== null && { where: info.where }),
  };
}

/** The order in which lists are compared that have none. */
export function byText(a: unknown, b: unknown): number {
  const [left, right] = [JSON.stringify(sortKeys(a)), JSON.stringify(sortKeys(b))];
  return left < right ? -1 : 1;
}

function sortKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The rows of the models of a state in the recorded form, for the labels asked about. */
export async function readRows(
  connection: BaseWrapper,
  state: ProjectState,
  labels: readonly string[],
): Promise<Record<string, unknown>> {
  const rows: Record<string, unknown> = {};
  for (const label of labels) {
    const model = findModel(state, label);
    const fields = model._meta.localConcreteFields;
    const columns = fields.map((field) => connection.quoteName(field.column ?? "")).join(", ");
    const order = connection.quoteName(model._meta.pk.column ?? "");
    const result = await connection.execute(
      `SELECT ${columns} FROM ${connection.quoteName(model._meta.dbTable)} ORDER BY ${order}`,
    );
    rows[label] = result.rows.map((row) =>
      Object.fromEntries(
        fields.map((field, at) => {
          const convert = field.fromDb(connection);
          const value =
            row[at] === null && field.internalType !== "JSONField"
              ? null
              : convert === undefined
                ? row[at]
                : convert(row[at]);
          return [field.attname, showRowValue(value)];
        }),
      ),
    );
  }
  return rows;
}

function showRowValue(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  const encoded = encode(value);
  if (typeof encoded === "object" && encoded !== null && "$datetime" in encoded)
    return { $datetime: encoded.$datetime };
  return encoded;
}
