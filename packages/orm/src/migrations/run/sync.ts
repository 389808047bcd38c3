// Tables for applications that have no migrations.

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import { modelRegistry } from "../../models/registry.ts";
import { introspect } from "../../schema/introspection.ts";
import { schemaEditor } from "../../schema/schema-editor.ts";

/** Makes the missing tables of these apps, and gives their names. Answers to `sync_apps`. */
export async function syncUnmigrated(connection: BaseWrapper, appLabels: ReadonlySet<string>): Promise<string[]> {
  const tables = new Set(await introspect(connection).tableNames());
  const created: string[] = [];
  await schemaEditor(connection, async (editor) => {
    for (const model of modelRegistry.getModels()) {
      const { appLabel, autoCreated, dbTable } = model._meta;
      if (!appLabels.has(appLabel) || autoCreated !== false || tables.has(dbTable) || !editor.allowsModel(model))
        continue;
      await editor.createModel(model);
      created.push(dbTable);
    }
  });
  return created;
}
