// Makes a table anew with another definition: rows, indexes and triggers are carried over.

import type { Field } from "../../fields/field.ts";
import type { Constraint } from "../../models/constraints/constraint.ts";
import type { ModelClass } from "../../models/model.ts";
import { columnSql, compositeKeySql, dbDefaultSql, effectiveDefault } from "../column-sql.ts";
import { constraintSql, isIndexOnly } from "../constraint-sql.ts";
import type { SchemaEditor } from "../editor.ts";
import { createIndexSql } from "../index-sql.ts";
import { dependentObjects } from "./catalog.ts";

/** How the new table differs from the one that is there. */
export interface TableChange {
  readonly added?: Field;
  readonly removed?: Field;
  /** Fields with their new definitions. A column that changes its name has been renamed before. */
  readonly altered?: readonly (readonly [oldField: Field, newField: Field])[];
  /** The altered columns stay where they are; else they go to the end, as in Django. */
  readonly keepsOrder?: boolean;
  /** All constraints of the new table, where they change. */
  readonly constraints?: readonly Constraint[];
}

/** A column of the new table, and what its value is made of; undefined for one that is computed. */
interface TargetColumn {
  readonly field: Field;
  readonly column: string;
  readonly source: string | undefined;
}

/**
 * Makes the table of a model anew. The new table is filled under another name, the old one dropped, the new one renamed:
 * what refers to the table goes on referring to it by its name.
 */
export async function rebuildTable(editor: SchemaEditor, model: ModelClass, change: TableChange): Promise<void> {
  const table = model._meta.dbTable;
  const temporary = `new__${table}`;
  const target = change.altered?.[0]?.[1].model ?? change.added?.model ?? model;
  const columns = targetColumns(editor, model, target, change);
  const objects = editor.collectSql
    ? declaredObjects(editor, target, change)
    : await dependentObjects(editor, table, change.removed?.column ?? undefined);
  const [name, quotedTable] = [editor.quoteName(temporary), editor.quoteName(table)];

  await editor.execute(`CREATE TABLE ${name} (${tableBody(editor, target, columns, change)})`);
  const filled = columns.filter(({ source }) => source !== undefined);
  const list = editor.columnList(filled.map(({ column }) => column));
  await editor.execute(
    `INSERT INTO ${name} (${list}) SELECT ${filled.map(({ source }) => source).join(", ")} FROM ${quotedTable}`,
  );
  await editor.execute(`DROP TABLE ${quotedTable}`);
  // The plain way of renaming looks into every view and trigger, and stumbles over those on the table just dropped.
  await editor.execute("PRAGMA legacy_alter_table = ON");
  await editor.execute(`ALTER TABLE ${name} RENAME TO ${quotedTable}`);
  await editor.execute("PRAGMA legacy_alter_table = OFF");
  for (const sql of objects) await editor.execute(sql);
}

function tableBody(
  editor: SchemaEditor,
  target: ModelClass,
  columns: readonly TargetColumn[],
  change: TableChange,
): string {
  const constraints = (change.constraints ?? target._meta.constraints).filter((constraint) => !isIndexOnly(constraint));
  return [
    ...columns.map(({ field, column }) => `${editor.quoteName(column)} ${columnSql(editor, field.model, field)}`),
    ...compositeKeySql(editor, target),
    ...constraints.map((constraint) => constraintSql(editor, target, constraint)),
  ].join(", ");
}

function targetColumns(
  editor: SchemaEditor,
  model: ModelClass,
  target: ModelClass,
  change: TableChange,
): TargetColumn[] {
  const { added, removed, altered = [] } = change;
  if (change.keepsOrder === true)
    return model._meta.localConcreteFields.map((field) => {
      const pair = altered.find(([, newField]) => newField.name === field.name);
      return pair === undefined ? keptColumn(editor, field) : alteredColumn(editor, ...pair);
    });
  const gone = new Set([removed?.name, ...altered.flatMap(([oldField, newField]) => [oldField.name, newField.name])]);
  const newKey = [added, ...altered.map(([, newField]) => newField)].some((field) => field?.primaryKey === true);
  const kept = model._meta.localConcreteFields.filter((field) => !gone.has(field.name));
  return [
    ...(newKey ? withoutKey(kept) : kept).map((field) => keptColumn(editor, asInTarget(target, field))),
    ...altered.map(([oldField, newField]) => alteredColumn(editor, oldField, newField)),
    ...(added === undefined ? [] : [addedColumn(editor, added)]),
  ];
}

/** A column that stays follows the key that it holds, where that is in the same table and changes its type. */
function asInTarget(target: ModelClass, field: Field): Field {
  const { remoteField } = field;
  if (remoteField === undefined || remoteField.model._meta.label !== target._meta.label) return field;
  return target._meta.localConcreteFields.find((other) => other.name === field.name) ?? field;
}

/** The fields beside a new key: an automatic one goes, one of the user's own becomes a column like others. */
function withoutKey(fields: readonly Field[]): Field[] {
  return fields
    .filter((field) => !(field.primaryKey && field.autoCreated))
    .map((field) => {
      if (!field.primaryKey) return field;
      const plain = field.clone({ primaryKey: false });
      plain.setAttributesFromName(field.name);
      plain.model = field.model;
      return plain;
    });
}

function keptColumn(editor: SchemaEditor, field: Field): TargetColumn {
  const column = field.column ?? field.name;
  return { field, column, source: field.generated ? undefined : editor.quoteName(column) };
}

function alteredColumn(editor: SchemaEditor, oldField: Field, newField: Field): TargetColumn {
  const { source, ...kept } = keptColumn(editor, newField);
  if (source === undefined || !oldField.null || newField.null) return { ...kept, source };
  const filling = fillingSql(editor, newField);
  return { ...kept, source: filling === undefined ? source : `coalesce(${source}, ${filling})` };
}

function addedColumn(editor: SchemaEditor, field: Field): TargetColumn {
  const column = field.column ?? field.name;
  return { field, column, source: field.generated ? undefined : (fillingSql(editor, field) ?? "NULL") };
}

/** What rows get that have no value yet: the database's default, else the program's. */
function fillingSql(editor: SchemaEditor, field: Field): string | undefined {
  if (field.hasDbDefault()) return dbDefaultSql(editor, field.model, field);
  const value = effectiveDefault(field, editor.connection);
  return value === null ? undefined : editor.quoteValue(value);
}

/** The statements for the indexes that the model declares, for SQL that is only written down: there may be no table to look at. */
function declaredObjects(editor: SchemaEditor, target: ModelClass, change: TableChange): string[] {
  const { indexes, uniqueTogether, localConcreteFields, constraints } = target._meta;
  const changing = new Set([
    change.added?.name,
    change.removed?.name,
    ...(change.altered ?? [])
      .filter(([oldField, newField]) => !(oldField.dbIndex && newField.dbIndex))
      .map(([, field]) => field.name),
  ]);
  return [
    ...uniqueTogether.map((names) => editor.createUniqueTogetherSql(target, names)),
    ...localConcreteFields
      .filter((field) => !changing.has(field.name))
      .flatMap((field) => editor.fieldIndexesSql(target, field)),
    ...indexes
      .filter((index) => !index.fieldOrders.some(([name]) => changing.has(name)))
      .map((index) => createIndexSql(editor, target, index)),
    ...constraints
      .filter((constraint) => isIndexOnly(constraint))
      .map((constraint) => editor.createConstraintSql(target, constraint)),
  ];
}
