import { settings } from "@tsgo/core/conf";

import { CompositePrimaryKey } from "../../fields/composite.ts";
import type { Field } from "../../fields/field.ts";
import { AddConstraint } from "../operations/add-constraint.ts";
import { AddField } from "../operations/add-field.ts";
import { AddIndex } from "../operations/add-index.ts";
import { AlterOrderWithRespectTo } from "../operations/alter-order-with-respect-to.ts";
import { AlterUniqueTogether } from "../operations/alter-unique-together.ts";
import { CreateModel } from "../operations/create-model.ts";
import { type ModelKey, resolveRelation } from "../state/model-key.ts";
import type { ModelState } from "../state/model-state.ts";
import type { OperationDependency } from "./dependency.ts";
import { type Detection, compareNames, difference, sortedKeys } from "./detection.ts";
import { relationDependencies } from "./relation-dependencies.ts";

/**
 * Notes the creation of new models. Relations, and options that speak of fields, come as operations of their own, so that
 * models may refer to each other; the optimizer merges what can be merged.
 */
export function detectCreatedModels(detection: Detection): void {
  const { old, new: now } = detection;
  for (const kind of [now.models, now.unmanaged])
    for (const key of creationOrder(detection, difference(kind, old.models, old.unmanaged)))
      createModel(detection, detection.newModel(key));
}

// Each is put before those already noted, so the order is from the back; models that others may be swapped for come first of all.
function creationOrder(detection: Detection, keys: ReadonlySet<ModelKey>): ModelKey[] {
  const rank = (key: ModelKey): string => (mayBeSwapped(detection.newModel(key)) ? `___${key}` : key);
  return [...keys].toSorted((a, b) => (rank(a) < rank(b) ? 1 : -1));
}

function mayBeSwapped(model: ModelState): boolean {
  const userModel = (settings as unknown as Record<string, unknown>)["AUTH_USER_MODEL"];
  return (
    model.options.swappable !== undefined || (typeof userModel === "string" && userModel.toLowerCase() === model.key)
  );
}

function createModel(detection: Detection, model: ModelState): void {
  const related = relatedFields(model);
  const { indexes: _i, constraints: _c, uniqueTogether: _u, orderWithRespectTo: _o, ...options } = model.options;
  detection.add(
    model.key,
    new CreateModel({
      name: model.name,
      fields: Object.fromEntries([...model.fields].filter(([name]) => !related.has(name))),
      options,
      bases: model.bases,
      managers: model.managers,
    }),
    creationDependencies(detection, model),
    true,
  );
  // What others look after gets no table from here.
  if (!model.managed) return;
  for (const [name, field] of [...related].toSorted(([a], [b]) => compareNames(a, b)))
    detection.add(model.key, new AddField({ modelName: model.name, name, field }), [
      ...relationDependencies(field, model.key),
      { model: model.key, kind: "create" },
    ]);
  addOptions(detection, model, related);
}

/** The relations that are added after the model: all but its key, and the links to its parents. */
function relatedFields(model: ModelState): Map<string, Field> {
  return new Map(
    [...model.fields].filter(([name, field]) => {
      const { remoteField } = field;
      if (remoteField === undefined) return false;
      return remoteField.through !== undefined || (!isKey(model, name, field) && !remoteField.parentLink);
    }),
  );
}

/** Whether a field is the primary key or, by its name or that of its attribute, a part of a composite one. */
function isKey(model: ModelState, name: string, field: Field): boolean {
  const key = model.fields.get("pk");
  const parts = key instanceof CompositePrimaryKey ? key.fieldNames : [];
  return field.primaryKey || parts.includes(name) || parts.includes(`${name}Id`);
}

function creationDependencies(detection: Detection, model: ModelState): OperationDependency[] {
  // A proxy of the same name has to go first.
  const dependencies: OperationDependency[] = [{ model: model.key, kind: "remove" }];
  for (const base of model.bases) {
    const key = resolveRelation(base, model.key);
    dependencies.push({ model: key, kind: "create" });
    for (const field of movedDown(detection, key, model)) dependencies.push({ model: key, field, kind: "remove" });
  }
  for (const [name, field] of model.fields)
    if (field.remoteField !== undefined && isKey(model, name, field))
      dependencies.push({ model: resolveRelation(field.remoteField.to, model.key), kind: "create" });
  return dependencies;
}

/** The fields that a base had and that the new model has in its place. */
function movedDown(detection: Detection, base: ModelKey, model: ModelState): string[] {
  const [before, after] = [detection.from.models.get(base), detection.to.models.get(base)];
  if (before === undefined || after === undefined) return [];
  return [...before.fields.keys()].filter((name) => !after.fields.has(name) && model.fields.has(name));
}

function addOptions(detection: Detection, model: ModelState, related: ReadonlyMap<string, Field>): void {
  const { key, name: modelName } = model;
  const { orderWithRespectTo, uniqueTogether = [] } = model.options;
  const created: OperationDependency = { model: key, kind: "create" };
  if (orderWithRespectTo !== undefined)
    detection.add(key, new AlterOrderWithRespectTo({ name: modelName, orderWithRespectTo }), [
      { model: key, field: orderWithRespectTo, kind: "create" },
      created,
    ]);
  const all: OperationDependency[] = [
    ...[...related.keys()].map((field) => ({ model: key, field, kind: "create" as const })),
    created,
  ];
  for (const index of model.indexes) detection.add(key, new AddIndex({ modelName, index }), all);
  for (const constraint of model.constraints) detection.add(key, new AddConstraint({ modelName, constraint }), all);
  if (uniqueTogether.length > 0) detection.add(key, new AlterUniqueTogether({ name: modelName, uniqueTogether }), all);
}

/** Notes the creation of new proxies. */
export function detectCreatedProxies(detection: Detection): void {
  for (const key of sortedKeys(difference(detection.new.proxies, detection.old.proxies))) {
    const model = detection.newModel(key);
    const { name, options, bases, managers } = model;
    const dependencies: OperationDependency[] = [
      { model: key, kind: "remove" },
      ...bases.map((base) => ({ model: resolveRelation(base, key), kind: "create" as const })),
    ];
    detection.add(key, new CreateModel({ name, fields: {}, options, bases, managers }), dependencies);
  }
}
