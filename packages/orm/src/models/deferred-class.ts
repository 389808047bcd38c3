// Instances of which some columns were not loaded.

import type { Field } from "../fields/field.ts";
import type { ModelBase, ModelClass } from "./model.ts";
import { inheritedKey, loadDeferred } from "./refresh.ts";

const classes = new WeakMap<ModelClass, Map<string, ModelClass>>();

/**
 * The class for rows with these columns: the model's own where all are there. Otherwise one between, whose prototype has an
 * accessor for each missing column; reading it loads the value, as a promise.
 */
export function instanceClass(model: ModelClass, loaded: readonly Field[]): ModelClass {
  const missing = model._meta.concreteFields.filter((field) => !loaded.includes(field));
  if (missing.length === 0) return model;
  const key = missing.map((field) => field.attname).join(",");
  let known = classes.get(model);
  if (known === undefined) classes.set(model, (known = new Map()));
  let found = known.get(key);
  if (found === undefined) known.set(key, (found = makeClass(model, missing)));
  return found;
}

function makeClass(model: ModelClass, missing: readonly Field[]): ModelClass {
  const Deferred = class extends (model as unknown as new (bare: unknown) => ModelBase) {};
  // To everybody else it is an instance of the model.
  Object.defineProperty(Deferred.prototype, "constructor", { value: model, configurable: true, writable: true });
  for (const field of missing) {
    Object.defineProperty(Deferred.prototype, field.attname, {
      configurable: true,
      get(this: ModelBase) {
        return inheritedKey(this, field) ?? loadDeferred(this, field);
      },
      set(this: ModelBase, value: unknown) {
        field.place(this, value);
      },
    });
  }
  return Deferred as unknown as ModelClass;
}
