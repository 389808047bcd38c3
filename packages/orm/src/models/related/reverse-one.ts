// `reader.profile`: the one row that refers here.

import { FieldError } from "@tsgo/core/exceptions";

import { describeValue } from "../../fields/field.ts";
import type { Relation } from "../../fields/relation.ts";
import { isInstance } from "../../lookups/related-value.ts";
import { FieldFetchBlocked } from "../fetch-blocked.ts";
import { modelOf, valuesOf } from "../instances.ts";
import type { ModelBase } from "../model.ts";
import { prefetchInto } from "../prefetch.ts";
import { STATE } from "../state.ts";
import { RelatedObjectDoesNotExist } from "./errors.ts";

/** Puts the accessor of the far side of a one-to-one relation on its model. */
export function defineReverseOne(relation: Relation, name: string): void {
  Object.defineProperty(relation.model.prototype, name, {
    configurable: true,
    get(this: ModelBase) {
      return read(this, relation, name);
    },
    set(this: ModelBase, value: unknown) {
      assign(this, relation, name, value);
    },
  });
}

function missing(instance: ModelBase, name: string): Promise<never> {
  const failure = Promise.reject(
    new RelatedObjectDoesNotExist(`${modelOf(instance)._meta.objectName} has no ${name}.`),
  );
  // Who never looks at it need not handle it.
  failure.catch(() => {});
  return failure;
}

function read(instance: ModelBase, relation: Relation, name: string): unknown {
  const cached = instance[STATE].cached(name);
  if (cached !== undefined) return cached.value === null ? missing(instance, name) : cached.value;
  return fetch(instance, relation, name);
}

async function fetch(instance: ModelBase, relation: Relation, name: string): Promise<unknown> {
  const state = instance[STATE];
  const { field } = relation;
  const key = valuesOf(instance)[field.targetField.attname] ?? instance.pk;
  if (key === null || key === undefined) return missing(instance, name);
  if (state.fetchMode === "raise")
    throw new FieldFetchBlocked(
      `${modelOf(instance)._meta.label}.${name} was not loaded, and the fetch mode of its queryset is "raise".`,
    );
  await state.peers?.fetch(name, (peers) => prefetchInto(peers, [name]));
  const cached = state.cached(name);
  if (cached !== undefined) return cached.value === null ? missing(instance, name) : cached.value;
  const rows = await relation.relatedModel._meta.baseManager
    .getQueryset()
    .about(instance)
    .inFetchModeOf(instance)
    .filter({ [field.name]: key })
    .slice(0, 2);
  const row = rows[0] ?? null;
  state.cache(name, row, undefined);
  if (row === null) return missing(instance, name);
  row[STATE].cache(field.name, instance, valuesOf(row)[field.attname]);
  return row;
}

function assign(instance: ModelBase, relation: Relation, name: string, value: unknown): void {
  const { field } = relation;
  const state = instance[STATE];
  if (value === null || value === undefined) {
    const before = state.cached(name)?.value as ModelBase | null | undefined;
    if (before === null || before === undefined) return;
    state.uncache(name);
    valuesOf(before)[field.name] = null;
    return;
  }
  if (
    !isInstance(value) ||
    (modelOf(value)._meta.concreteModel !== relation.relatedModel._meta.concreteModel &&
      !modelOf(value)._meta.getParentList().includes(relation.relatedModel))
  )
    throw new FieldError(
      `Cannot assign ${describeValue(value)}: '${modelOf(instance)._meta.objectName}.${name}' must be an instance of '${relation.relatedModel._meta.objectName}'.`,
    );
  valuesOf(value)[field.name] = instance;
  state.cache(name, value, undefined);
}
