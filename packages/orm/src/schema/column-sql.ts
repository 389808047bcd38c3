// How a column is defined: type, generated value, default, NULL, keys, checks, reference.

import type { DatabaseWrapper } from "../backends/base/wrapper.ts";
import { Expression } from "../expressions/expression.ts";
import { CompositePrimaryKey } from "../fields/composite.ts";
import type { Field } from "../fields/field.ts";
import type { ForeignKey } from "../fields/foreign-key.ts";
import type { GeneratedField } from "../fields/generated.ts";
import { NOT_PROVIDED } from "../fields/not-provided.ts";
import type { ModelClass } from "../models/model.ts";
import { schemaExpressionSql } from "./compile.ts";
import type { SchemaEditor } from "./editor.ts";
import { SchemaError } from "./exceptions.ts";

/** What goes beside the type in the definition of a column. */
export interface ColumnOptions {
  /** Gives the column the default of the program, so that the rows that are there get a value. */
  readonly includeDefault?: boolean;
}

/** The definition of a column without its name, as CREATE TABLE and ADD COLUMN take it. */
export function columnSql(editor: SchemaEditor, model: ModelClass, field: Field, options: ColumnOptions = {}): string {
  const { check } = field.dbParameters(editor.connection);
  const suffix = field.dbTypeSuffix(editor.connection);
  return [
    columnCoreSql(editor, model, field, options),
    check === null ? "" : `CHECK (${check})`,
    suffix ?? "",
    inlineReference(editor, field),
  ]
    .filter((part) => part !== "")
    .join(" ");
}

/** The definition of a column without check and reference. */
function columnCoreSql(
  editor: SchemaEditor,
  model: ModelClass,
  field: Field,
  { includeDefault }: ColumnOptions,
): string {
  const { type, collation } = field.dbParameters(editor.connection);
  const parts = [type ?? ""];
  if (collation !== null) parts.push(editor.connection.operations.collateSql(collation));
  if (field.generated) parts.push(generatedSql(editor, model, field as GeneratedField));
  else {
    if (field.hasDbDefault()) parts.push(`DEFAULT ${dbDefaultSql(editor, model, field)}`);
    else if (includeDefault === true) {
      const value = effectiveDefault(field, editor.connection);
      if (value !== null) parts.push(`DEFAULT ${editor.quoteValue(value)}`);
    }
    parts.push(field.null ? "NULL" : "NOT NULL");
  }
  if (field.primaryKey) parts.push("PRIMARY KEY");
  else if (field.unique) parts.push("UNIQUE", uniqueTablespace(editor, field));
  parts.push(...editor.columnComment(field));
  return parts.filter((part) => part !== "").join(" ");
}

// The index behind a unique column is made with it.
function uniqueTablespace(editor: SchemaEditor, field: Field): string {
  const place = editor.tablespace(field.dbTablespace).trim();
  return place === "" ? "" : `USING INDEX ${place}`;
}

function generatedSql(editor: SchemaEditor, model: ModelClass, field: GeneratedField): string {
  if (!field.dbPersist && !editor.connection.features.supportsVirtualGeneratedColumns)
    throw new SchemaError(
      `${field.toString()} is computed at each reading, which this database cannot: set dbPersist to true.`,
    );
  const expression = schemaExpressionSql(editor, model, field.expression);
  return `GENERATED ALWAYS AS (${expression}) ${field.dbPersist ? "STORED" : "VIRTUAL"}`;
}

/** The composite primary key of a model, as it stands behind the columns; nothing where one column is the key. */
export function compositeKeySql(editor: SchemaEditor, model: ModelClass): string[] {
  const meta = model._meta;
  if (!meta.hasPk || !(meta.pk instanceof CompositePrimaryKey)) return [];
  return [`PRIMARY KEY (${editor.columnList(meta.pkFields.map((field) => field.column ?? field.name))})`];
}

/** The reference that stands in the column itself, on databases that add no constraints later. */
function inlineReference(editor: SchemaEditor, field: Field): string {
  return editor.hasInlineReferences && hasForeignKey(field) ? referencesSql(editor, field) : "";
}

/** Whether the database is to keep the reference of a field. */
export function hasForeignKey(field: Field): field is ForeignKey {
  return (
    field.remoteField !== undefined && !field.manyToMany && field.column !== null && field.remoteField.dbConstraint
  );
}

/** `REFERENCES "t" ("id") ...` */
export function referencesSql(editor: SchemaEditor, field: ForeignKey): string {
  const table = field.remoteField.model._meta.dbTable;
  const column = field.targetField.column ?? field.targetField.name;
  const onDelete = field.remoteField.onDelete?.database;
  const rule = onDelete === undefined ? "" : ` ON DELETE ${onDelete}`;
  const target = `${editor.quoteName(table)} (${editor.quoteName(column)})`;
  return `REFERENCES ${target}${rule}${editor.connection.operations.deferrableSql}`;
}

/** The default that the database itself keeps. */
export function dbDefaultSql(editor: SchemaEditor, model: ModelClass, field: Field): string {
  const value = field.dbDefault;
  if (value instanceof Expression) return `(${schemaExpressionSql(editor, model, value)})`;
  return editor.quoteValue(field.getDbPrepSave(value, editor.connection));
}

/** The value that rows get which are there already, ready for the driver; null for none. */
export function effectiveDefault(field: Field, connection: DatabaseWrapper): unknown {
  const value = fillingValue(field);
  return value === null || value === undefined ? null : field.getDbPrepSave(value, connection);
}

function fillingValue(field: Field): unknown {
  if (field.default !== NOT_PROVIDED) return field.getDefault();
  if (!field.null && field.blank && field.emptyStringsAllowed)
    return field.internalType === "BinaryField" ? new Uint8Array() : "";
  const { autoNow, autoNowAdd } = field.options as { autoNow?: boolean; autoNowAdd?: boolean };
  return autoNow === true || autoNowAdd === true ? field.toValue(new Date()) : null;
}
