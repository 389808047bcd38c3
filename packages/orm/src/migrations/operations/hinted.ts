import { router } from "../../router.ts";
import type { SchemaEditor } from "../../schema/editor.ts";

/** Facts that a migration tells the database router: `{ modelName: "question" }`, or any of its own. */
export type Hints = Readonly<Record<string, unknown>>;

/** Whether the router lets an operation that names no model run on this database. */
export function allowsHinted(editor: SchemaEditor, appLabel: string, hints: Hints = {}): boolean {
  return router.allowMigrate(editor.connection.alias, appLabel, hints);
}
