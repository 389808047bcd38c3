import { AlterModelManagers } from "../operations/alter-model-managers.ts";
import { ALTERABLE_OPTIONS, AlterModelOptions } from "../operations/alter-model-options.ts";
import { AlterModelTableComment } from "../operations/alter-model-table-comment.ts";
import { AlterModelTable } from "../operations/alter-model-table.ts";
import { AlterOrderWithRespectTo } from "../operations/alter-order-with-respect-to.ts";
import { AlterUniqueTogether } from "../operations/alter-unique-together.ts";
import { sameDefinition } from "../state/definition.ts";
import type { ModelKey } from "../state/model-key.ts";
import type { StateOptions } from "../state/model-state.ts";
import type { OperationDependency } from "./dependency.ts";
import { type Detection, intersection, sortedKeys } from "./detection.ts";
import { relationDependencies } from "./relation-dependencies.ts";

/** Notes changes of options that no table shows. */
export function detectAlteredOptions(detection: Detection): void {
  const { old, new: now } = detection;
  const models = new Set([
    ...detection.keptModels,
    ...detection.keptProxies,
    ...detection.keptUnmanaged,
    ...intersection(old.unmanaged, now.models),
    ...intersection(old.models, now.unmanaged),
  ]);
  for (const key of sortedKeys(models)) {
    const [before, after] = [detection.oldModel(key), detection.newModel(key)];
    const options = alterable(after.options);
    if (!sameDefinition(alterable(before.options), options))
      detection.add(key, new AlterModelOptions({ name: after.name, options }));
  }
}

function alterable(options: StateOptions): StateOptions {
  return Object.fromEntries(Object.entries(options).filter(([key]) => ALTERABLE_OPTIONS.includes(key)));
}

/** Notes changes of the managers that migrations may use. */
export function detectAlteredManagers(detection: Detection): void {
  for (const key of detection.keptModels) {
    const [before, after] = [detection.oldModel(key), detection.newModel(key)];
    if (!sameDefinition(before.managers, after.managers))
      detection.add(key, new AlterModelManagers({ name: after.name, managers: after.managers }));
  }
}

/** Notes changes of the order among siblings. */
export function detectAlteredOrder(detection: Detection): void {
  for (const key of detection.keptModels) {
    const [before, after] = [detection.oldModel(key), detection.newModel(key)];
    const field = after.options.orderWithRespectTo;
    if (before.options.orderWithRespectTo === field) continue;
    const needs: OperationDependency[] = field === undefined ? [] : [{ model: key, field, kind: "create" }];
    detection.add(key, new AlterOrderWithRespectTo({ name: after.name, orderWithRespectTo: field ?? null }), needs);
  }
}

/** Notes changes of table names, and of their comments. */
export function detectAlteredTables(detection: Detection): void {
  for (const key of sortedKeys(
    new Set([...detection.keptModels, ...detection.keptProxies, ...detection.keptUnmanaged]),
  )) {
    const [before, after] = [detection.oldModel(key), detection.newModel(key)];
    if (before.options.dbTable !== after.options.dbTable)
      detection.add(key, new AlterModelTable({ name: after.name, table: after.options.dbTable ?? null }));
  }
}

/** Notes changes of the comments of tables. */
export function detectAlteredTableComments(detection: Detection): void {
  for (const key of sortedKeys(new Set([...detection.keptModels, ...detection.keptUnmanaged]))) {
    const [before, after] = [detection.oldModel(key), detection.newModel(key)];
    const comment = after.options.dbTableComment;
    if (before.options.dbTableComment !== comment)
      detection.add(key, new AlterModelTableComment({ name: after.name, tableComment: comment ?? null }));
  }
}

/** How `uniqueTogether` of one model differs, with renamed fields under their new names. */
interface TogetherChange {
  readonly model: ModelKey;
  readonly before: readonly (readonly string[])[];
  readonly after: readonly (readonly string[])[];
  readonly kept: readonly (readonly string[])[];
  readonly dependencies: readonly OperationDependency[];
}

function togetherChanges(detection: Detection): TogetherChange[] {
  return detection.keptModels.flatMap((key) => {
    const newModel = detection.newModel(key);
    const names = new Map([...newModel.fields.keys()].map((name) => [detection.oldFieldName(key, name), name]));
    const before = (detection.oldModel(key).options.uniqueTogether ?? []).map((list) =>
      list.map((name) => names.get(name) ?? name),
    );
    const after = newModel.options.uniqueTogether ?? [];
    const kept = after.filter((list) => includesList(before, list));
    if (kept.length === after.length && before.every((list) => includesList(after, list))) return [];
    const dependencies = after.flat().flatMap((name) => relationDependencies(newModel.getField(name), key));
    return [{ model: key, before, after, kept, dependencies }];
  });
}

/** Notes the lists of unique fields that go, before the fields do. */
export function detectRemovedTogether(detection: Detection): void {
  for (const { model, before, kept, dependencies } of togetherChanges(detection))
    if (before.length > 0)
      detection.add(
        model,
        new AlterUniqueTogether({ name: detection.newModel(model).name, uniqueTogether: kept }),
        dependencies,
      );
}

/** Notes the lists of unique fields that come, after the fields do. */
export function detectAddedTogether(detection: Detection): void {
  for (const { model, after, kept, dependencies } of togetherChanges(detection))
    if (kept.length !== after.length)
      detection.add(
        model,
        new AlterUniqueTogether({ name: detection.newModel(model).name, uniqueTogether: after }),
        dependencies,
      );
}

function includesList(lists: readonly (readonly string[])[], list: readonly string[]): boolean {
  return lists.some((known) => known.join() === list.join());
}
