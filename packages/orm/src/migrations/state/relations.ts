// Which model refers to which, read from a project state without making classes of it.

import type { Field } from "../../fields/field.ts";
import { type ModelKey, resolveRelation } from "./model-key.ts";
import type { ModelState } from "./model-state.ts";

/** The fields of one model that refer to another, by name. */
export type ReferringFields = ReadonlyMap<string, Field>;

/** The relations of a project state, seen from the model that is referred to. */
export class Relations {
  readonly #byTarget = new Map<ModelKey, Map<ModelKey, Map<string, Field>>>();

  constructor(state: { readonly models: ReadonlyMap<ModelKey, ModelState>; readonly realApps: ReadonlySet<string> }) {
    const concrete = concreteModels(state.models);
    for (const model of state.models.values())
      for (const [name, field] of model.fields) {
        const { remoteField } = field;
        if (remoteField === undefined) continue;
        for (const reference of [remoteField.to, remoteField.through]) {
          if (reference === undefined) continue;
          const target = resolveRelation(reference, model.key);
          this.#add(concrete.get(target) ?? target, model.key, name, field);
        }
      }
  }

  #add(target: ModelKey, from: ModelKey, name: string, field: Field): void {
    const referring = this.#byTarget.get(target) ?? new Map<ModelKey, Map<string, Field>>();
    this.#byTarget.set(target, referring);
    referring.set(from, (referring.get(from) ?? new Map<string, Field>()).set(name, field));
  }

  /** The fields that refer to a model, by the model they are in. A key to a proxy refers to the model behind it. */
  to(target: ModelKey): ReadonlyMap<ModelKey, ReferringFields> {
    return this.#byTarget.get(target) ?? new Map();
  }
}

/** For each proxy, the model whose table it shares. */
function concreteModels(models: ReadonlyMap<ModelKey, ModelState>): Map<ModelKey, ModelKey> {
  const concrete = new Map<ModelKey, ModelKey>();
  for (const proxy of models.values()) {
    if (!proxy.isProxy) continue;
    let model: ModelState | undefined = proxy;
    while (model?.isProxy) {
      const base: string | undefined = model.bases[0];
      model = base === undefined ? undefined : models.get(resolveRelation(base, model.key));
    }
    if (model !== undefined) concrete.set(proxy.key, model.key);
  }
  return concrete;
}
