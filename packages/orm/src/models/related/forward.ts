// `choice.question`: the row that a foreign key refers to.

import { FieldError } from "@tsgo/core/exceptions";

import { allowRelation, routerDbForWrite } from "../../db/routing.ts";
import { describeValue } from "../../fields/field.ts";
import type { ForeignKey } from "../../fields/foreign-key.ts";
import { isInstance } from "../../lookups/related-value.ts";
import { FieldFetchBlocked } from "../fetch-blocked.ts";
import { bareInstance, modelOf, valuesOf } from "../instances.ts";
import type { ModelBase } from "../model.ts";
import { prefetchInto } from "../prefetch.ts";
import { STATE } from "../state.ts";
import { RelatedObjectDoesNotExist } from "./errors.ts";

/** Puts the accessor of a foreign key on its model. */
export function defineForward(field: ForeignKey): void {
  Object.defineProperty(field.model.prototype, field.name, {
    configurable: true,
    get(this: ModelBase) {
      return readForward(this, field);
    },
    set(this: ModelBase, value: unknown) {
      assignForward(this, field, value);
    },
  });
}

/** The related row where it was loaded, else a promise of it; null where there is none. */
function readForward(instance: ModelBase, field: ForeignKey): unknown {
  const key = valuesOf(instance)[field.attname];
  if (key instanceof Promise) return key.then((loaded) => readLoaded(instance, field, loaded));
  return readLoaded(instance, field, key);
}

function readLoaded(instance: ModelBase, field: ForeignKey, key: unknown): unknown {
  const state = instance[STATE];
  const cached = state.cached(field.name);
  if (cached !== undefined && sameKey(cached.key, key)) return required(field, cached.value);
  if (key === null || key === undefined) return required(field, null);
  const parent = parentRow(instance, field, key);
  if (parent !== undefined) {
    state.cache(field.name, parent, key);
    return parent;
  }
  return fetchForward(instance, field, key);
}

function required(field: ForeignKey, value: unknown): unknown {
  if (value !== null && value !== undefined) return value;
  if (field.null) return null;
  throw new RelatedObjectDoesNotExist(`${field.model._meta.objectName} has no ${field.name}.`);
}

function sameKey(a: unknown, b: unknown): boolean {
  // oxlint-disable-next-line typescript/no-base-to-string -- keys that are objects are decimals and moments, which have a text
  return a === b || (isEmpty(a) && isEmpty(b)) || (typeof a === "object" && a !== null && textOf(a) === textOf(b));
}

// Decimals and dates are the same key when their texts are.
function textOf(value: unknown): string | undefined {
  return isEmpty(value) ? undefined : (value as { toString(): string }).toString();
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined;
}

// A child has all values of its parent's row.
function parentRow(instance: ModelBase, field: ForeignKey, key: unknown): ModelBase | undefined {
  if (!field.remoteField.parentLink) return undefined;
  const model = field.remoteField.model;
  const { concreteFields } = model._meta;
  if (!concreteFields.every((column) => Object.hasOwn(instance, column.attname))) return undefined;
  const parent = bareInstance(model);
  for (const column of concreteFields) valuesOf(parent)[column.attname] = valuesOf(instance)[column.attname];
  valuesOf(parent)[model._meta.pk.attname] = key;
  parent[STATE].adding = instance[STATE].adding;
  parent[STATE].db = instance[STATE].db;
  return parent;
}

async function fetchForward(instance: ModelBase, field: ForeignKey, key: unknown): Promise<unknown> {
  const state = instance[STATE];
  if (state.fetchMode === "raise")
    throw new FieldFetchBlocked(`${field.toString()} was not loaded, and the fetch mode of its queryset is "raise".`);
  await state.peers?.fetch(field.name, (peers) => prefetchInto(peers, [field.name]));
  const cached = state.cached(field.name);
  if (cached !== undefined && sameKey(cached.key, key)) return required(field, cached.value);
  const { targetField } = field;
  const row = await field.remoteField.model._meta.baseManager
    .getQueryset()
    .about(instance)
    .inFetchModeOf(instance)
    .filter({ [targetField.name]: key })
    .get();
  state.cache(field.name, row, key);
  linkBack(instance, field, row);
  return row;
}

// One row each: the other side need not look for this one.
function linkBack(instance: ModelBase, field: ForeignKey, row: ModelBase): void {
  const back = field.oneToOne ? field.remoteField.accessorName : undefined;
  if (back !== undefined) row[STATE].cache(back, instance, undefined);
}

function assignForward(instance: ModelBase, field: ForeignKey, value: unknown): void {
  const { model } = field.remoteField;
  if (value !== null && value !== undefined && !isRowOf(value, field)) {
    throw new FieldError(
      `Cannot assign ${describeValue(value)}: '${field.toString()}' must be an instance of '${model._meta.objectName}'.`,
    );
  }
  const row = (value ?? null) as ModelBase | null;
  const state = instance[STATE];
  if (row !== null) {
    shareDatabase(instance, row);
  }
  const key = row === null ? null : (field.targetField.valueFromObject(row) ?? null);
  const before = state.cached(field.name)?.value as ModelBase | null | undefined;
  if (
    row === null &&
    field.oneToOne &&
    before !== null &&
    before !== undefined &&
    field.remoteField.accessorName !== undefined
  )
    before[STATE].uncache(field.remoteField.accessorName);
  valuesOf(instance)[field.attname] = key;
  state.cache(field.name, row, key);
  if (row !== null) {
    linkBack(instance, field, row);
    if (field.remoteField.parentLink) takeParentValues(instance, field, row);
  }
}

// Of two rows one that is nowhere yet will go where the other one is, as far as the routers agree.
function shareDatabase(instance: ModelBase, row: ModelBase): void {
  const [state, rowState] = [instance[STATE], row[STATE]];
  if (rowState.db === undefined && state.db === undefined) return;
  state.db ??= routerDbForWrite(modelOf(instance), row);
  rowState.db ??= routerDbForWrite(modelOf(row), instance);
  if (!allowRelation(instance, row))
    throw new FieldError(
      `Cannot assign '${String(row)}': it is in the database '${rowState.db}', and its new relative in '${state.db}'. ` +
        "Relations between databases need a router whose allowRelation() permits them.",
    );
}

function isRowOf(value: unknown, field: ForeignKey): boolean {
  if (!isInstance(value)) return false;
  const concrete = field.remoteField.model._meta.concreteModel;
  const meta = modelOf(value)._meta;
  return meta.concreteModel === concrete || meta.getParentList().includes(concrete);
}

// Assigning the parent row of a child makes its values the child's.
function takeParentValues(instance: ModelBase, field: ForeignKey, row: ModelBase): void {
  for (const column of field.remoteField.model._meta.concreteFields)
    if (Object.hasOwn(row, column.attname)) valuesOf(instance)[column.attname] = valuesOf(row)[column.attname];
}
