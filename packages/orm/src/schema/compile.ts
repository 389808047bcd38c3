// Conditions and expressions as text for schema statements, which take no parameters.

import type { Expression } from "../expressions/expression.ts";
import type { Q } from "../expressions/q.ts";
import type { ModelClass } from "../models/model.ts";
import { schemaSql } from "../query/schema-sql.ts";
import type { SchemaEditor } from "./editor.ts";

/** A condition or expression over the columns of a model's table, its values written as literals. */
export function schemaExpressionSql(
  editor: SchemaEditor,
  model: ModelClass,
  expression: Expression | Q | string,
): string {
  return schemaSql(model, expression, editor.connection);
}
