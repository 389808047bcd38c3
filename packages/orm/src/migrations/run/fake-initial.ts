// Whether the tables of a first migration are there already, because something else made them.

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import type { ModelClass } from "../../models/model.ts";
import { localField } from "../../schema/columns.ts";
import { linkModel } from "../../schema/editor.ts";
import { makeEditor } from "../../schema/schema-editor.ts";
import { introspect } from "../../schema/introspection.ts";
import type { Migration } from "../migration.ts";
import { AddField } from "../operations/add-field.ts";
import { CreateModel } from "../operations/create-model.ts";
import type { ProjectState } from "../state/project-state.ts";

/** Whether all tables and columns that an initial migration makes exist. Answers to `detect_soft_applied`. */
export async function softApplied(
  connection: BaseWrapper,
  migration: Migration,
  before: ProjectState,
  after: ProjectState,
): Promise<boolean> {
  const { appLabel } = migration;
  const dependsOnOwnApp = migration.dependencies.some(
    (dependency) => !("setting" in dependency) && dependency[0] === appLabel,
  );
  if (migration.initial === false || (migration.initial === undefined && dependsOnOwnApp)) return false;
  const editor = makeEditor(connection);
  const tables = new Set((await introspect(connection).tableNames()).map((name) => name.toLowerCase()));
  const has = (model: ModelClass): boolean => tables.has(model._meta.dbTable.toLowerCase());
  let found = false;
  for (const operation of migration.operations) {
    if (operation instanceof CreateModel) {
      const model = after.modelClass(appLabel, operation.modelName);
      if (!editor.allowsModel(model)) continue;
      const links = model._meta.localManyToMany.map(linkModel).filter((link) => link !== undefined);
      if (![model, ...links].every(has)) return false;
      found = true;
    } else if (operation instanceof AddField) {
      const model = after.modelClass(appLabel, operation.modelName);
      if (!editor.allowsModel(model) || before.has(appLabel, operation.modelName)) continue;
      const field = localField(model, operation.name);
      const link = linkModel(field);
      const columns = (await introspect(connection).columns(model._meta.dbTable)).map((column) =>
        column.name.toLowerCase(),
      );
      if (link === undefined ? field.column !== null && !columns.includes(field.column.toLowerCase()) : !has(link))
        return false;
      found = true;
    }
  }
  return found;
}
