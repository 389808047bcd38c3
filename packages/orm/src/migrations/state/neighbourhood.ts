// Which models have to be there for the table of one to be changed.

import type { Field } from "../../fields/field.ts";
import type { ModelReference } from "../../fields/relation.ts";
import { type ModelKey, resolveRelation } from "./model-key.ts";
import type { ModelState } from "./model-state.ts";

interface Neighbours {
  readonly models: ReadonlyMap<ModelKey, ModelState>;
  /** The label that a setting such as AUTH_USER_MODEL holds. */
  readonly swap: (setting: string) => string | undefined;
}

/**
 * The model, what its keys lead to, and what leads to it with the targets of that: all that a statement about its table, or
 * about a column that refers to it, speaks of. Making classes of these few takes no longer in a project of a thousand models.
 */
export function neighbourhood(state: Neighbours, key: ModelKey): ReadonlySet<ModelKey> {
  const found = new Set<ModelKey>();
  const visited = new Set<ModelKey>();
  const visit = (place: ModelKey): void => {
    const model = state.models.get(place);
    if (model === undefined || visited.has(place)) return;
    visited.add(place);
    addModel(state, found, place);
    for (const target of targetsOf(state, model, () => true)) addModel(state, found, target);
  };
  visit(key);
  const names = namesOf(state, key);
  for (const model of state.models.values())
    if (targetsOf(state, model, () => true).some((target) => names.has(target))) visit(model.key);
  return found;
}

/** Adds a model with its parents, and with what the keys among its own columns lead to: their types follow from there. */
function addModel(state: Neighbours, found: Set<ModelKey>, key: ModelKey): void {
  const model = state.models.get(key);
  if (model === undefined || found.has(key)) return;
  found.add(key);
  for (const base of model.bases) addModel(state, found, resolveRelation(base, key));
  for (const target of targetsOf(state, model, isKey)) addModel(state, found, target);
}

function isKey(field: Field): boolean {
  return field.primaryKey || field.unique;
}

/** The model under its own name, and its proxies. */
function namesOf(state: Neighbours, key: ModelKey): ReadonlySet<ModelKey> {
  const names = new Set([key]);
  let before = 0;
  while (names.size > before) {
    before = names.size;
    for (const proxy of state.models.values())
      if (proxy.isProxy && proxy.bases.some((base) => names.has(resolveRelation(base, proxy.key))))
        names.add(proxy.key);
  }
  return names;
}

function targetsOf(state: Neighbours, model: ModelState, wanted: (field: Field) => boolean): ModelKey[] {
  return [...model.fields.values()].flatMap((field) => {
    const { remoteField } = field;
    if (remoteField === undefined || !wanted(field)) return [];
    const { to, through } = remoteField;
    const target = targetKey(state, to, model.key);
    if (through === undefined) return [target];
    const link = targetKey(state, through, model.key);
    const ends = state.models.get(link);
    return [target, link, ...(ends === undefined || link === model.key ? [] : plainTargets(state, ends))];
  });
}

/** What the keys of a link model of the user's own lead to. */
function plainTargets(state: Neighbours, link: ModelState): ModelKey[] {
  return [...link.fields.values()].flatMap(({ remoteField }) =>
    remoteField === undefined ? [] : [targetKey(state, remoteField.to, link.key)],
  );
}

function targetKey(state: Neighbours, reference: ModelReference, from: ModelKey): ModelKey {
  const swapped = typeof reference === "string" ? state.swap(reference) : undefined;
  return resolveRelation(swapped ?? reference, from);
}
