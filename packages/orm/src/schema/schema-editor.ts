// The way in: an editor for a connection, in the frame it needs.

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import type { SchemaEditor, SchemaEditorOptions } from "./editor.ts";
import { MysqlSchemaEditor } from "./mysql/editor.ts";
import { PostgresqlSchemaEditor } from "./postgresql/editor.ts";
import { SqliteSchemaEditor } from "./sqlite/editor.ts";

/** How a schema editor is opened. */
export interface OpenOptions extends SchemaEditorOptions {
  /** True where left out: all that is done is done, or nothing, if the database has transactions for its schema. */
  readonly atomic?: boolean;
}

/**
 * Calls `fn` with a schema editor for the connection, in a transaction where the database can.
 *
 * @example
 * await schemaEditor(connection, (editor) => editor.createModel(Question));
 */
export async function schemaEditor<T>(
  connection: BaseWrapper,
  fn: (editor: SchemaEditor) => Promise<T>,
  { atomic = true, ...options }: OpenOptions = {},
): Promise<T> {
  const editor = makeEditor(connection, options);
  return editor.run(() => fn(editor), atomic && connection.features.canRollbackDdl);
}

const EDITORS = { sqlite: SqliteSchemaEditor, postgresql: PostgresqlSchemaEditor, mysql: MysqlSchemaEditor } as const;

/** The editor of the database's kind. */
export function makeEditor(connection: BaseWrapper, options: SchemaEditorOptions = {}): SchemaEditor {
  return new EDITORS[connection.vendor](connection, options);
}
