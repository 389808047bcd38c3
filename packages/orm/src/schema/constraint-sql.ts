// CHECK and UNIQUE, inside CREATE TABLE and on tables that are there.

import type { Constraint } from "../models/constraints/constraint.ts";
import { CheckConstraint } from "../models/constraints/check.ts";
import { UniqueConstraint } from "../models/constraints/unique.ts";
import type { ModelClass } from "../models/model.ts";
import { columnsOf } from "./columns.ts";
import { schemaExpressionSql } from "./compile.ts";
import type { SchemaEditor } from "./editor.ts";
import { expressionList } from "./index-sql.ts";

/** Whether a constraint can only be made as a unique index: with a condition, expressions, further columns. */
export function isIndexOnly(constraint: Constraint): constraint is UniqueConstraint {
  return (
    constraint instanceof UniqueConstraint &&
    (constraint.condition !== undefined ||
      constraint.containsExpressions ||
      constraint.include.length > 0 ||
      constraint.opclasses.length > 0 ||
      constraint.nullsDistinct !== undefined)
  );
}

/** A constraint as it stands in CREATE TABLE or behind ADD. */
export function constraintSql(editor: SchemaEditor, model: ModelClass, constraint: Constraint): string {
  return `CONSTRAINT ${editor.quoteName(constraint.name)} ${ruleSql(editor, model, constraint)}`;
}

function ruleSql(editor: SchemaEditor, model: ModelClass, constraint: Constraint): string {
  if (constraint instanceof CheckConstraint)
    return `CHECK (${schemaExpressionSql(editor, model, constraint.condition)})`;
  if (constraint instanceof UniqueConstraint) {
    const columns = editor.columnList(columnsOf(model, constraint.fields));
    const when =
      constraint.deferrable === undefined ? "" : ` DEFERRABLE INITIALLY ${constraint.deferrable.toUpperCase()}`;
    return `UNIQUE (${columns})${when}`;
  }
  return constraint.ruleSql({
    connection: editor.connection,
    quoteName: (name) => editor.quoteName(name),
    column: (field) => editor.columnList(columnsOf(model, [field])),
    expression: (expression) => schemaExpressionSql(editor, model, expression),
  });
}

/** The unique index that stands for a constraint which is more than a list of columns. */
export function uniqueIndexSql(editor: SchemaEditor, model: ModelClass, constraint: UniqueConstraint): string {
  const columns = constraint.containsExpressions
    ? expressionList(editor, model, constraint.expressions)
    : columnsOf(model, constraint.fields)
        .map((column, at) =>
          [editor.quoteName(column), constraint.opclasses[at] ?? ""].filter((part) => part !== "").join(" "),
        )
        .join(", ");
  const table = editor.quoteName(model._meta.dbTable);
  return `CREATE UNIQUE INDEX ${editor.quoteName(constraint.name)} ON ${table} (${columns})${editor.uniqueTail(model, constraint)}`;
}

/** The unique index for plain columns: what `uniqueTogether` makes on SQLite. */
export function uniqueColumnsSql(
  editor: SchemaEditor,
  table: string,
  columns: readonly string[],
  name: string,
): string {
  return `CREATE UNIQUE INDEX ${editor.quoteName(name)} ON ${editor.quoteName(table)} (${editor.columnList(columns)})`;
}
