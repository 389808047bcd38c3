// Querysets that write: create and its relatives, and the bulk methods.

import { FieldError } from "@tsgo/core/exceptions";
import { type Awaitable, whenThere } from "@tsgo/utils/awaitable";

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import { atomic, markForRollbackOnError } from "../../db/transaction.ts";
import { IntegrityError, NotSupportedError } from "../../exceptions.ts";
import { Case, When } from "../../expressions/conditional.ts";
import { Expression, Value } from "../../expressions/expression.ts";
import { type Lookups, Q } from "../../expressions/q.ts";
import type { Field } from "../../fields/field.ts";
import { Cast } from "../../functions/cast.ts";
import { type ConflictHandling, NO_CONFLICTS, insertRows } from "../../query/writes/insert.ts";
import { updateRows } from "../../query/writes/update.ts";
import { valuesOf } from "../instances.ts";
import type { ModelBase, ModelClass } from "../model.ts";
import type { Options } from "../options.ts";
import type { QuerySet } from "../queryset.ts";
import { prepareFields, returningFields, takeKeysOfRelated } from "../save.ts";
import { STATE } from "../state.ts";

/** Where rows are written. */
export interface WriteTarget<M extends ModelBase = ModelBase> {
  readonly model: ModelClass<M>;
  readonly connection: BaseWrapper;
  readonly queryset: QuerySet<M>;
}

type Values = Readonly<Record<string, unknown>>;

/** Makes a row and saves it. */
export function create<M extends ModelBase>({ model, connection }: WriteTarget<M>, values: Values): Awaitable<M> {
  assertSettable(model._meta, values);
  const object = new model(values);
  return whenThere(object.save({ forceInsert: true, using: connection.alias }), () => object);
}

// Reverse one-to-one relations would be assigned and then lost.
function assertSettable(meta: Options, values: Values): void {
  for (const name of Object.keys(values)) {
    const field = meta.findField(name);
    if (field !== undefined && !("attname" in field))
      throw new FieldError(`${meta.label}: '${name}' leads here from another model, so a new row cannot be given it.`);
  }
}

/** Finds a row by lookups, or makes it. */
export async function getOrCreate<M extends ModelBase>(
  target: WriteTarget<M>,
  lookups: Lookups,
  defaults: Values,
): Promise<[M, boolean]> {
  const { queryset, connection, model } = target;
  const found = await findOne(queryset, lookups, connection, model);
  if (found !== undefined) return [found, false];
  assertKnownNames(model._meta, lookups, defaults);
  const values = await valuesForNew(lookups, defaults);
  try {
    return [await atomic(() => create(target, values), { using: connection.alias }), true];
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error;
    // Somebody else made it in between.
    const other = await findOne(queryset, lookups, connection, model);
    if (other !== undefined) return [other, false];
    throw error;
  }
}

async function findOne<M extends ModelBase>(
  queryset: QuerySet<M>,
  lookups: Lookups,
  connection: BaseWrapper,
  model: ModelClass<M>,
): Promise<M | undefined> {
  try {
    return await queryset.using(connection.alias).get(lookups);
  } catch (error) {
    if (error instanceof model.DoesNotExist) return undefined;
    throw error;
  }
}

// The lookups that are plain values, and the defaults, which may be functions.
async function valuesForNew(lookups: Lookups, defaults: Values): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(lookups)) if (!key.includes("__")) values[key] = value;
  for (const [key, value] of Object.entries(defaults))
    values[key] = typeof value === "function" ? ((await value()) as unknown) : value;
  return values;
}

function assertKnownNames(meta: Options, lookups: Lookups, ...others: readonly Values[]): void {
  const names = [
    ...Object.keys(lookups).filter((key) => !key.includes("__")),
    ...others.flatMap((values) => Object.keys(values)),
  ];
  const unknown = names.filter(
    (name) => name !== "pk" && meta.findField(name) === undefined && !hasSetter(meta.model, name),
  );
  if (unknown.length > 0)
    throw new FieldError(`${meta.label} has no fields ${unknown.map((name) => `'${name}'`).join(", ")}.`);
}

function hasSetter(model: ModelClass, name: string): boolean {
  for (
    let owner: object | null = model.prototype;
    owner !== null && owner !== Object.prototype;
    owner = Object.getPrototypeOf(owner) as object | null
  ) {
    const found = Object.getOwnPropertyDescriptor(owner, name);
    if (found !== undefined) return found.set !== undefined && name !== "__proto__";
  }
  return false;
}

/** What a row is changed to, and what a new one gets; the same where only `defaults` are given. */
export interface UpdateOrCreateOptions {
  readonly defaults?: Values;
  readonly createDefaults?: Values | undefined;
}

/** Finds a row by lookups and changes it, or makes it. */
export async function updateOrCreate<M extends ModelBase>(
  target: WriteTarget<M>,
  lookups: Lookups,
  { defaults = {}, createDefaults }: UpdateOrCreateOptions,
): Promise<[M, boolean]> {
  const { queryset, connection, model } = target;
  return atomic(
    async () => {
      const locked = { ...target, queryset: queryset.selectForUpdate() };
      const [object, created] = await getOrCreate(locked, lookups, createDefaults ?? defaults);
      if (created) return [object, true];
      assertKnownNames(model._meta, {}, defaults);
      for (const [name, value] of Object.entries(defaults))
        valuesOf(object)[name] = typeof value === "function" ? ((await value()) as unknown) : value;
      await object.save({ using: connection.alias, updateFields: fieldsToUpdate(model._meta, defaults) });
      return [object, false];
    },
    { using: connection.alias },
  );
}

// Only what was changed is written, with the columns that change at each save; a property that is no column writes everything.
function fieldsToUpdate(meta: Options, defaults: Values): Set<string> | undefined {
  const names = new Set(Object.keys(defaults));
  const concrete = new Map(
    meta.concreteFields.flatMap((field) => [[field.name, field] as const, [field.attname, field] as const]),
  );
  if (![...names].every((name) => concrete.has(name))) return undefined;
  for (const field of meta.localConcreteFields)
    if (!meta.isKey(field) && "autoNow" in field && field.autoNow === true) names.add(field.name);
  return new Set(
    [...names].filter((name) => {
      const field = concrete.get(name);
      return field === undefined || !meta.isKey(field);
    }),
  );
}

/** How many rows are inserted and what happens to those that are there. */
export interface BulkCreateOptions {
  readonly batchSize?: number;
  /** Leaves rows that are there alone. */
  readonly ignoreConflicts?: boolean;
  /** Changes rows that are there: `updateFields` of those with the same `uniqueFields`. */
  readonly updateConflicts?: boolean;
  readonly updateFields?: readonly string[];
  readonly uniqueFields?: readonly string[];
}

/** Inserts many rows with few statements. */
export async function bulkCreate<M extends ModelBase>(
  { model, connection }: WriteTarget<M>,
  objects: readonly M[],
  options: BulkCreateOptions,
): Promise<M[]> {
  checkBatchSize(options.batchSize);
  const meta = model._meta;
  for (const parent of meta.getParentList())
    if (parent._meta.concreteModel !== meta.concreteModel)
      throw new FieldError(
        `bulkCreate() is not possible for ${meta.label}: its rows have parts in the table of ${parent._meta.label}.`,
      );
  if (objects.length === 0) return [];
  const conflicts = conflictHandling(meta, connection, options);
  const concrete = meta.concreteModel._meta;
  for (const object of objects) {
    takeKeysOfRelated(object, meta, "bulkCreate");
    if (concrete.preparedFields.length > 0) await prepareFields(object, concrete);
    const values = valuesOf(object);
    if (values[meta.pk.attname] === null || values[meta.pk.attname] === undefined) {
      const key = meta.pk.hasDefault() ? meta.pk.getDefault() : undefined;
      if (key !== undefined && key !== null) values[meta.pk.attname] = key;
    }
  }
  const withKey = objects.filter((object) => hasKey(object, meta));
  const withoutKey = objects.filter((object) => !hasKey(object, meta));
  await atomic(
    async () => {
      const fields = concrete.writtenFields;
      if (withKey.length > 0)
        await insertBatches(connection, concrete.model, fields, withKey, options.batchSize, conflicts, true);
      const rest = concrete.writtenFieldsWithoutAuto;
      if (withoutKey.length > 0)
        await insertBatches(connection, concrete.model, rest, withoutKey, options.batchSize, conflicts, false);
    },
    { using: connection.alias, savepoint: false },
  );
  for (const object of objects) {
    object[STATE].adding = false;
    object[STATE].db = connection.alias;
  }
  return [...objects];
}

function hasKey(object: ModelBase, meta: Options): boolean {
  const key = valuesOf(object)[meta.pk.attname];
  return key !== null && key !== undefined && typeof key !== "symbol";
}

async function insertBatches(
  connection: BaseWrapper,
  model: ModelClass,
  fields: readonly Field[],
  objects: readonly ModelBase[],
  batchSize: number | undefined,
  conflicts: ConflictHandling,
  pkSet: boolean,
): Promise<void> {
  const size = effectiveBatchSize(connection, fields.length, batchSize);
  const canReturn = connection.features.canReturnRowsFromBulkInsert && conflicts.onConflict !== "ignore";
  for (let at = 0; at < objects.length; at += size) {
    const batch = objects.slice(at, at + size);
    const returning = canReturn
      ? returningFields(model._meta, batch[0], connection, pkSet && conflicts.onConflict !== "update")
      : [];
    const rows = await insertRows(connection, model, fields, batch, { returning, conflicts });
    for (const [index, row] of rows.entries()) {
      const object = batch[index];
      if (object === undefined) continue;
      for (const [position, field] of returning.entries()) valuesOf(object)[field.attname] = row[position];
    }
  }
}

function effectiveBatchSize(connection: BaseWrapper, columns: number, wanted: number | undefined): number {
  const limit = connection.features.maxQueryParams;
  const most = limit === null ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(limit / Math.max(1, columns)));
  return Math.min(most, wanted ?? most);
}

function checkBatchSize(size: number | undefined): void {
  if (size !== undefined && (!Number.isSafeInteger(size) || size < 1))
    throw new RangeError(`batchSize is a whole number from 1, not ${String(size)}.`);
}

function conflictHandling(meta: Options, connection: BaseWrapper, options: BulkCreateOptions): ConflictHandling {
  if (options.ignoreConflicts === true && options.updateConflicts === true)
    throw new FieldError("bulkCreate() takes ignoreConflicts or updateConflicts, not both.");
  if (options.ignoreConflicts === true) {
    if (!connection.features.supportsIgnoreConflicts)
      throw new NotSupportedError("This database cannot ignore conflicts.");
    return { ...NO_CONFLICTS, onConflict: "ignore" };
  }
  if (options.updateConflicts !== true) return NO_CONFLICTS;
  const { features } = connection;
  if (!features.supportsUpdateConflicts) throw new NotSupportedError("This database cannot update conflicting rows.");
  const { updateFields = [], uniqueFields = [] } = options;
  if (updateFields.length === 0)
    throw new FieldError("bulkCreate({ updateConflicts }) needs updateFields: what to change in rows that are there.");
  if (uniqueFields.length === 0)
    throw new FieldError("bulkCreate({ updateConflicts }) needs uniqueFields: what tells that a row is there.");
  const fieldsOf = (name: string): readonly Field[] => {
    if (name === "pk") return meta.pkFields;
    const field = meta.getField(name);
    if (!("attname" in field) || !field.concrete || field.manyToMany)
      throw new FieldError(`bulkCreate() takes names of columns, and '${name}' is none.`);
    return [field];
  };
  const updated = updateFields.flatMap(fieldsOf);
  if (updated.some((field) => meta.isKey(field))) throw new FieldError("bulkCreate() cannot update the primary key.");
  // What changes at each save changes here too.
  for (const field of meta.concreteFields)
    if ("autoNow" in field && field.autoNow === true && !updated.includes(field)) updated.push(field);
  return { onConflict: "update", updateFields: updated, uniqueFields: uniqueFields.flatMap(fieldsOf) };
}

/** Writes fields of many rows, with a CASE for each field. */
export async function bulkUpdate<M extends ModelBase>(
  { model, connection, queryset }: WriteTarget<M>,
  objects: readonly M[],
  names: readonly string[],
  options: { readonly batchSize?: number },
): Promise<number> {
  checkBatchSize(options.batchSize);
  if (names.length === 0) throw new FieldError("bulkUpdate() needs the names of the fields to write.");
  const meta = model._meta;
  const fields = names.map((name): Field => {
    const field = meta.getField(name);
    if (!("attname" in field) || !field.concrete || field.manyToMany)
      throw new FieldError(`bulkUpdate() takes names of columns, and '${name}' is none.`);
    if (meta.isKey(field) || meta.getParentList().some((parent) => parent._meta.pk === field))
      throw new FieldError("bulkUpdate() cannot write the primary key.");
    return field;
  });
  if (objects.some((object) => object.pk === null || object.pk === undefined))
    throw new FieldError("bulkUpdate() needs rows that are saved: one has no primary key.");
  if (objects.length === 0) return 0;
  for (const object of objects) takeKeysOfRelated(object, meta, "bulkUpdate");
  const keys = meta.pkFields.length;
  const size = effectiveBatchSize(connection, fields.length * (1 + keys) + keys, options.batchSize);
  return atomic(
    async () => {
      let updated = 0;
      for (let at = 0; at < objects.length; at += size)
        updated += await updateBatch(connection, objects.slice(at, at + size), fields, queryset);
      return updated;
    },
    { using: connection.alias, savepoint: false },
  );
}

async function updateBatch(
  connection: BaseWrapper,
  batch: readonly ModelBase[],
  fields: readonly Field[],
  queryset: QuerySet,
): Promise<number> {
  const assignments = fields.map((field): readonly [Field, unknown] => {
    const branches = batch.map((object) => {
      const value = valuesOf(object)[field.attname];
      const result = value instanceof Expression ? value : new Value(value, { outputField: field, forSave: true });
      return new When({ pk: object.pk }, result);
    });
    const cases = new Case(branches, { outputField: field });
    return [field, connection.features.requiresCastedCaseInUpdates ? new Cast(cases, field) : cases];
  });
  const query = queryset.query.chain();
  query.clearOrdering(true);
  query.addQ(Q.create([["pk__in", batch.map((object) => object.pk)]]));
  return markForRollbackOnError(connection.alias, () => updateRows(query, assignments, connection));
}
