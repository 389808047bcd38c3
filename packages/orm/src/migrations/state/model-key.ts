// How models are addressed in a project state, whatever way a relation names its target.

import type { ModelReference } from "../../fields/relation.ts";

/** The address of a model: `polls.question`. The name is in small letters, as tables are. */
export type ModelKey = `${string}.${string}`;

/** The address of the model `name` of an app. */
export function modelKey(appLabel: string, name: string): ModelKey {
  return `${appLabel}.${name.toLowerCase()}`;
}

/** Takes an address apart. */
export function splitModelKey(key: ModelKey): [appLabel: string, name: string] {
  const dot = key.indexOf(".");
  return [key.slice(0, dot), key.slice(dot + 1)];
}

/** The label that a reference stands for when it is read in model `name` of app `appLabel`: `polls.Question`. */
export function resolveLabel(reference: ModelReference, appLabel: string, name: string): string {
  if (typeof reference !== "string") return reference._meta.label;
  if (reference === "self") return `${appLabel}.${name}`;
  return reference.includes(".") ? reference : `${appLabel}.${reference}`;
}

/** The address that a reference stands for when it is read in the model `from`. Answers to `resolve_relation`. */
export function resolveRelation(reference: ModelReference, from: ModelKey): ModelKey {
  const [appLabel, name] = splitModelKey(from);
  const label = resolveLabel(reference, appLabel, name);
  const dot = label.indexOf(".");
  return modelKey(label.slice(0, dot), label.slice(dot + 1));
}
