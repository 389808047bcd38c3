// What a field or a model needs because of the models it refers to.

import type { Field } from "../../fields/field.ts";
import { type ModelKey, resolveRelation } from "../state/model-key.ts";
import type { ModelState } from "../state/model-state.ts";
import type { Detection } from "./detection.ts";
import { type OperationDependency, swappableDependency } from "./dependency.ts";

/** The models that must exist for a relation: its target, and its link model. */
export function relationDependencies(field: Field, from: ModelKey): OperationDependency[] {
  const { remoteField } = field;
  if (remoteField === undefined) return [];
  const setting = swappableSettingOf(field);
  const target: OperationDependency =
    setting === undefined
      ? { model: resolveRelation(remoteField.to, from), kind: "create" }
      : swappableDependency(setting, "create");
  const { through } = remoteField;
  return through === undefined ? [target] : [target, { model: resolveRelation(through, from), kind: "create" }];
}

/** The setting that a relation's target goes by (`AUTH_USER_MODEL`), if it does. */
export function swappableSettingOf(field: Field): string | undefined {
  const to = field.remoteField?.to;
  return typeof to === "string" && /^[A-Z][A-Z0-9_]*$/.test(to) ? to : undefined;
}

/** The models that must exist for all relations of a model. */
export function modelDependencies(model: ModelState): OperationDependency[] {
  return [...model.fields.values()].flatMap((field) => relationDependencies(field, model.key));
}

/** The models that refer to a model must exist before it is renamed, so that their keys can follow. */
export function reverseDependencies(detection: Detection, model: ModelKey): OperationDependency[] {
  return [...detection.to.relations.to(model).keys()].map((key) => ({ model: key, kind: "create" as const }));
}
