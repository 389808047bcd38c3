// The tables and counters that belong to the project's models.

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import type { Sequence } from "../backends/base/operations.ts";
import type { ModelClass } from "../models/model.ts";
import { modelRegistry } from "../models/registry.ts";
import { router } from "../router.ts";
import { introspect } from "../schema/introspection.ts";

/** The models whose tables migrations keep on a database, automatic link tables included. */
export function managedModels(connection: BaseWrapper): ModelClass[] {
  return modelRegistry
    .getModels()
    .filter((model) => model._meta.canMigrate && router.allowMigrateModel(connection.alias, model));
}

/** Those of them whose table is there. */
export async function managedModelsInDatabase(connection: BaseWrapper): Promise<ModelClass[]> {
  const tables = new Set(await introspect(connection).tableNames());
  return managedModels(connection).filter((model) => tables.has(model._meta.dbTable));
}

/** The counters behind the automatic keys of models. */
export function sequencesOf(models: readonly ModelClass[]): Sequence[] {
  return models.flatMap(({ _meta: { dbTable, autoField, proxy } }) =>
    autoField?.column === undefined || autoField.column === null || proxy
      ? []
      : [{ table: dbTable, column: autoField.column }],
  );
}
