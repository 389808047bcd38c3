import type { Field } from "../../fields/field.ts";
import { RenameModel } from "../operations/rename-model.ts";
import { comparableDefinition, sameDefinition } from "../state/definition.ts";
import { type ModelKey, splitModelKey } from "../state/model-key.ts";
import type { ModelState } from "../state/model-state.ts";
import { type Detection, compareNames, difference, sortedKeys } from "./detection.ts";
import { modelDependencies, reverseDependencies } from "./relation-dependencies.ts";

/** Finds models that look like one that is gone, asks, and notes the renaming. Must come before all else. */
export async function detectRenamedModels(detection: Detection): Promise<void> {
  for (const key of sortedKeys(difference(detection.new.models, detection.old.models)))
    await detectRenamedModel(detection, key);
}

async function detectRenamedModel(detection: Detection, key: ModelKey): Promise<void> {
  const model = detection.newModel(key);
  const shape = relationAgnosticShape(model);
  for (const oldKey of sortedKeys(difference(detection.old.models, detection.new.models))) {
    if (splitModelKey(oldKey)[0] !== model.appLabel) continue;
    const oldModel = detection.oldModel(oldKey);
    if (!sameDefinition(relationAgnosticShape(oldModel), shape)) continue;
    if (!(await detection.questioner.askRenameModel(oldModel, model))) continue;
    detection.add(key, new RenameModel({ oldName: oldModel.name, newName: model.name }), [
      ...modelDependencies(model),
      ...reverseDependencies(detection, key),
    ]);
    detection.renamedModels.set(key, oldKey);
    detection.old.models.delete(oldKey);
    detection.old.models.add(key);
    return;
  }
}

/** The definitions of the fields in the order of their names, without the names, and without what relations refer to. */
function relationAgnosticShape(model: ModelState): unknown[] {
  return [...model.fields]
    .toSorted(([a], [b]) => compareNames(a, b))
    .map(([, field]) => withoutTarget(field, model.key));
}

function withoutTarget(field: Field, key: ModelKey): unknown {
  const { type, options } = comparableDefinition(field, key);
  const { to: _to, ...rest } = options;
  return { type, options: rest };
}
