// CREATE INDEX for declared indexes.

import type { Expression } from "../expressions/expression.ts";
import { OpClass } from "../expressions/op-class.ts";
import { F } from "../expressions/references.ts";
import type { Index } from "../models/indexes.ts";
import type { ModelClass } from "../models/model.ts";
import { localField } from "./columns.ts";
import { schemaExpressionSql } from "./compile.ts";
import type { SchemaEditor } from "./editor.ts";

/** The statement for an index of Meta. */
export function createIndexSql(editor: SchemaEditor, model: ModelClass, index: Index, how: string = ""): string {
  const table = editor.quoteName(model._meta.dbTable);
  const columns = index.containsExpressions
    ? expressionList(editor, model, index.expressions)
    : index.fieldOrders
        .map(([name, direction], at) => {
          const column = editor.quoteName(localField(model, name).column ?? name);
          return [column, index.opclasses[at] ?? "", direction].filter((part) => part !== "").join(" ");
        })
        .join(", ");
  const keyword = ["CREATE INDEX", how].filter((part) => part !== "").join(" ");
  return `${keyword} ${editor.quoteName(index.name)} ON ${table}${editor.indexMethod(index)} (${columns})${editor.indexTail(model, index)}`;
}

/** Expressions as the columns of an index: each in parentheses, unless it is a bare column. */
export function expressionList(
  editor: SchemaEditor,
  model: ModelClass,
  expressions: readonly (Expression | string)[],
): string {
  return expressions.map((expression) => expressionTerm(editor, model, expression)).join(", ");
}

function expressionTerm(editor: SchemaEditor, model: ModelClass, expression: Expression | string): string {
  if (expression instanceof OpClass)
    return `${expressionTerm(editor, model, expression.source(0))} ${expression.operatorClass}`;
  if (typeof expression === "string") return schemaExpressionSql(editor, model, new F(expression));
  const sql = schemaExpressionSql(editor, model, expression);
  const ordered = / (?:ASC|DESC)$/.exec(sql);
  const [body, direction] = ordered === null ? [sql, ""] : [sql.slice(0, ordered.index), ordered[0]];
  return /^(?:"(?:[^"]|"")*"|`(?:[^`]|``)*`)$/.test(body) ? `${body}${direction}` : `(${body})${direction}`;
}
