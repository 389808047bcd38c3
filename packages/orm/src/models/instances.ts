// Making instances, and finding the model of one.

import type { ModelBase, ModelClass } from "./model.ts";

/** Given to a constructor in place of values: the row is filled by whoever calls. */
export const BARE: unique symbol = Symbol.for("tsgo.orm.bare");

/** The model of an instance. */
export function modelOf(instance: ModelBase): ModelClass {
  return instance.constructor as unknown as ModelClass;
}

/** An instance without values, to be filled by the caller. */
export function bareInstance<M extends ModelBase>(model: ModelClass<M>): M {
  return new (model as unknown as new (bare: typeof BARE) => M)(BARE);
}

/** The values of an instance, by attribute. */
export function valuesOf(instance: ModelBase): Record<string, unknown> {
  return instance as unknown as Record<string, unknown>;
}
