// The class of a related manager: the model's default manager, narrowed to the rows that belong to one instance.

import type { ModelBase, ModelClass } from "../model.ts";
import type { Manager } from "../manager.ts";
import type { Lookups } from "../../expressions/q.ts";
import type { QuerySet } from "../queryset.ts";
import type { BulkCreateOptions, UpdateOrCreateOptions } from "../queryset/writes.ts";
import { STATE } from "../state.ts";

/** Puts an accessor on a model that gives a manager for each instance. */
export function defineManagerAccessor(
  model: ModelClass,
  name: string,
  make: (instance: ModelBase) => ExtensibleManager,
): void {
  Object.defineProperty(model.prototype, name, {
    configurable: true,
    get(this: ModelBase) {
      return make(this);
    },
    set(this: ModelBase) {
      throw new TypeError(`'${name}' cannot be assigned to: use ${name}.set([...]).`);
    },
  });
}

/** What related managers replace in the manager that they extend. */
export interface ExtensibleManager extends Pick<Manager, "model" | "contributeToClass"> {
  getQueryset(): QuerySet;
  create(values?: Values, options?: LinkOptions): Promise<ModelBase>;
  getOrCreate(lookups: Lookups, defaults?: Values, options?: LinkOptions): Promise<[ModelBase, boolean]>;
  updateOrCreate(
    lookups: Lookups,
    values?: UpdateOrCreateOptions,
    options?: LinkOptions,
  ): Promise<[ModelBase, boolean]>;
  bulkCreate(objects: Iterable<ModelBase>, options?: BulkCreateOptions): Promise<ModelBase[]>;
}

type Values = Readonly<Record<string, unknown>>;

/** Values for the link table's own columns. */
export interface LinkOptions {
  readonly throughDefaults?: Values;
}

type ManagerClass = new () => ExtensibleManager;

/** The class of a model's default manager. */
export function defaultManagerClass(model: ModelClass): ManagerClass {
  return model._meta.defaultManager.constructor as unknown as ManagerClass;
}

/** Forgets the rows that prefetchRelated loaded, since they are about to change. */
export function forgetPrefetched(instance: ModelBase, name: string): void {
  instance[STATE].dropPrefetched(name);
}
