import { AlterUniqueTogether } from "../operations/alter-unique-together.ts";
import { DeleteModel } from "../operations/delete-model.ts";
import { RemoveField } from "../operations/remove-field.ts";
import { resolveRelation } from "../state/model-key.ts";
import type { ModelState } from "../state/model-state.ts";
import type { OperationDependency } from "./dependency.ts";
import { type Detection, compareNames, difference, sortedKeys } from "./detection.ts";

/** Notes which field uses which link model of the user's own, so that the field can go before the model. */
export function findThroughUsers(detection: Detection): void {
  for (const key of sortedKeys(detection.old.models)) {
    const model = detection.oldModel(key);
    for (const [name, field] of model.fields) {
      const through = field.remoteField?.through;
      if (through !== undefined)
        detection.throughUsers.set(resolveRelation(through, model.key), { model: model.key, name });
    }
  }
}

/** Notes the removal of models, after their own relations and all that refers to them. */
export function detectDeletedModels(detection: Detection): void {
  const { old, new: now } = detection;
  for (const kind of [old.models, old.unmanaged])
    for (const key of sortedKeys(difference(kind, now.models, now.unmanaged)))
      deleteModel(detection, detection.oldModel(key));
}

function deleteModel(detection: Detection, model: ModelState): void {
  const related = [...model.fields]
    .filter(([, field]) => field.remoteField !== undefined)
    .map(([name]) => name)
    .toSorted(compareNames);
  if ((model.options.uniqueTogether ?? []).length > 0)
    detection.add(model.key, new AlterUniqueTogether({ name: model.name, uniqueTogether: [] }));
  for (const name of related) detection.add(model.key, new RemoveField({ modelName: model.name, name }));
  detection.add(model.key, new DeleteModel({ name: model.name }), [
    ...referrerDependencies(detection, model),
    ...related.map((field) => ({ model: model.key, field, kind: "remove" as const })),
    ...throughUserDependency(detection, model),
  ]);
}

/** What refers to the model has to be removed or pointed elsewhere. */
function referrerDependencies(detection: Detection, model: ModelState): OperationDependency[] {
  return [...detection.from.relations.to(model.key)].flatMap(([referrer, fields]) =>
    [...fields.keys()].flatMap((field): OperationDependency[] => [
      { model: referrer, field, kind: "remove" },
      { model: referrer, field, kind: "alter" },
    ]),
  );
}

function throughUserDependency(detection: Detection, model: ModelState): OperationDependency[] {
  const user = detection.throughUsers.get(model.key);
  return user === undefined ? [] : [{ model: user.model, field: user.name, kind: "remove" }];
}

/** Notes the removal of proxies. */
export function detectDeletedProxies(detection: Detection): void {
  for (const key of sortedKeys(difference(detection.old.proxies, detection.new.proxies)))
    detection.add(key, new DeleteModel({ name: detection.oldModel(key).name }));
}
