// Writing one row, with the rows of its parents.

import { FieldError } from "@tsgo/core/exceptions";
import { type Awaitable, settled, whenThere } from "@tsgo/utils/awaitable";

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import { connections } from "../db/connections.ts";
import { routerDbForWrite } from "../db/routing.ts";
import { atomic, markForRollbackOnError } from "../db/transaction.ts";
import { NotUpdated } from "../exceptions.ts";
import { Max } from "../expressions/aggregate.ts";
import { Q } from "../expressions/q.ts";
import type { Field } from "../fields/field.ts";
import { DATABASE_DEFAULT } from "../fields/not-provided.ts";
import { queryAggregates, queryExists } from "../query/execute.ts";
import { Query } from "../query/query.ts";
import { insertRows } from "../query/writes/insert.ts";
import { rowByKey } from "../query/shapes/by-key.ts";
import { updateRecipe } from "../query/shapes/writes.ts";
import type { Assignment } from "../query/writes/update.ts";
import { modelOf, valuesOf } from "./instances.ts";
import type { ModelBase } from "./model.ts";
import type { Options } from "./options.ts";
import { readRows } from "./read-rows.ts";
import { postSave, preSave } from "./signals.ts";
import { STATE } from "./state.ts";

/** How a row is saved. */
export interface SaveOptions {
  /** Inserts, and fails where the row is there already. */
  readonly forceInsert?: boolean;
  /** Changes a row that is there, and fails where there is none. */
  readonly forceUpdate?: boolean;
  /** Writes these fields only. An empty list writes nothing. */
  readonly updateFields?: Iterable<string> | undefined;
  readonly using?: string;
}

interface Saving {
  readonly connection: BaseWrapper;
  readonly raw: boolean;
  readonly forceInsert: boolean;
  readonly forceUpdate: boolean;
  readonly updateFields: ReadonlySet<string> | undefined;
}

/** Saves an instance. Answers to `Model.save`. */
export function saveInstance(instance: ModelBase, options: SaveOptions): Promise<void> {
  return settled(() => {
    const meta = modelOf(instance)._meta;
    takeKeysOfRelated(instance, meta, "save");
    const using = options.using ?? routerDbForWrite(meta.model, instance);
    if (options.forceInsert === true && (options.forceUpdate === true || options.updateFields !== undefined))
      throw new FieldError("save() cannot force an insert and an update at the same time.");
    const isWhole = meta.concreteFields.every((field) => field.generated || Object.hasOwn(instance, field.attname));
    const updateFields = chosenFields(instance, meta, options, !isWhole && using === instance[STATE].db);
    if (updateFields !== undefined && updateFields.size === 0) return undefined;
    const saving: Saving = {
      connection: connections.get(using),
      raw: false,
      forceInsert: options.forceInsert ?? false,
      forceUpdate: options.forceUpdate ?? false,
      updateFields,
    };
    return isWhole
      ? saveBase(instance, saving)
      : loadMissing(instance, meta, updateFields).then(() => saveBase(instance, saving));
  });
}

// The fields that the call names, or those that were loaded of a row that was loaded in part.
function chosenFields(
  instance: ModelBase,
  meta: Options,
  options: SaveOptions,
  loadedInPart: boolean,
): ReadonlySet<string> | undefined {
  if (options.updateFields !== undefined) {
    const names = new Set(options.updateFields);
    const known = new Set(
      meta.concreteFields.filter((field) => !meta.isKey(field)).flatMap((field) => [field.name, field.attname]),
    );
    const unknown = [...names].filter((name) => !known.has(name));
    if (unknown.length > 0)
      throw new FieldError(
        `${meta.label} has no fields ${unknown.map((name) => `'${name}'`).join(", ")} to save: updateFields takes columns that are no key.`,
      );
    return names;
  }
  if (options.forceInsert === true || !loadedInPart) return undefined;
  // What the database computes is missing on a new row, too.
  const written = meta.concreteFields.filter((field) => !field.generated);
  const loaded = written.filter((field) => Object.hasOwn(instance, field.attname));
  if (loaded.length === written.length) return undefined;
  return new Set(loaded.filter((field) => !meta.isKey(field)).map((field) => field.name));
}

// What is written must be there: columns that were left out are read first.
async function loadMissing(
  instance: ModelBase,
  meta: Options,
  updateFields: ReadonlySet<string> | undefined,
): Promise<void> {
  for (const field of meta.concreteFields) {
    if (field.generated || Object.hasOwn(instance, field.attname)) continue;
    if (updateFields === undefined || updateFields.has(field.name) || updateFields.has(field.attname))
      await valuesOf(instance)[field.attname];
  }
}

/** Saves an instance as it stands, with signals. `raw` is for fixtures: nothing is filled in, no parent is saved. */
export function saveBase(instance: ModelBase, saving: Saving): Awaitable<void> {
  const origin = modelOf(instance);
  const concrete = origin._meta.concreteModel._meta;
  const using = saving.connection.alias;
  const { raw, updateFields } = saving;
  const isHeard = origin._meta.autoCreated === false;
  const prepare = (): Awaitable<void> => {
    if (!raw && concrete.preparedFields.length > 0) return prepareFields(instance, concrete, updateFields);
    return undefined;
  };
  const before =
    isHeard && preSave.hasListeners(origin)
      ? preSave.asend({ sender: origin, instance, raw, using, updateFields }).then(prepare)
      : prepare();
  return whenThere(before, () =>
    whenThere(writeTables(instance, concrete, saving), (updated) => {
      instance[STATE].db = using;
      instance[STATE].adding = false;
      if (!isHeard || !postSave.hasListeners(origin)) return undefined;
      return postSave
        .asend({ sender: origin, instance, created: !updated, raw, using, updateFields })
        .then(() => undefined);
    }),
  );
}

// True where the row was there. One statement needs no transaction; the rows of parents make it several.
function writeTables(instance: ModelBase, meta: Options, saving: Saving): Awaitable<boolean> {
  const using = saving.connection.alias;
  if (meta.parents.size === 0) return markForRollbackOnError(using, () => saveTable(instance, meta, saving));
  return atomic(
    async () => {
      const parentInserted = saving.raw ? false : await saveParents(instance, meta, saving);
      return saveTable(instance, meta, { ...saving, forceInsert: saving.forceInsert || parentInserted });
    },
    { using, savepoint: false },
  );
}

/** Lets fields do what must be done before their row is written: files are stored. */
export async function prepareFields(
  instance: ModelBase,
  meta: Options,
  updateFields?: ReadonlySet<string>,
): Promise<void> {
  for (const field of meta.preparedFields)
    if (updateFields?.has(field.name) ?? true) await field.prepareToSave?.(instance);
}

async function saveParents(instance: ModelBase, meta: Options, saving: Saving): Promise<boolean> {
  const values = valuesOf(instance);
  let inserted = false;
  for (const [parent, link] of meta.parents) {
    const parentKey = parent._meta.pk.attname;
    // The link and the parent's key are the same value; one of them may not have been given.
    if (link !== null && isUnset(values[parentKey]) && !isUnset(values[link.attname]))
      values[parentKey] = values[link.attname];
    const parentInserted = await saveParents(instance, parent._meta, saving);
    const updated = await saveTable(instance, parent._meta, { ...saving, forceInsert: parentInserted });
    if (!updated) inserted = true;
    if (link !== null) {
      values[link.attname] = values[parentKey];
      instance[STATE].uncache(link.name);
    }
  }
  return inserted;
}

function isUnset(value: unknown): boolean {
  return value === null || value === undefined;
}

function saveTable(instance: ModelBase, meta: Options, saving: Saving): Awaitable<boolean> {
  const values = valuesOf(instance);
  const { connection, raw, updateFields } = saving;
  const { pk } = meta;
  if (isUnset(values[pk.attname])) {
    const key = pk.hasDefault() ? pk.getDefault() : undefined;
    if (!isUnset(key)) values[pk.attname] = key;
  }
  const pkSet = !isUnset(values[pk.attname]) && values[pk.attname] !== DATABASE_DEFAULT;
  if (!pkSet && (saving.forceUpdate || updateFields !== undefined))
    throw new FieldError("Cannot force an update in save() of a row without a primary key.");
  // A key that was made up just now is not there yet.
  const skipUpdate =
    !raw &&
    !saving.forceUpdate &&
    instance[STATE].adding &&
    updateFields === undefined &&
    (pk.hasDefault() || pk.hasDbDefault());
  const insert = (): Awaitable<boolean> => insertTable(instance, meta, pkSet, connection, raw);
  if (!pkSet || saving.forceInsert || skipUpdate) return insert();
  return whenThere(updateTable(instance, meta, saving), (updated) => updated || insert());
}

// True where the row is there.
function updateTable(instance: ModelBase, meta: Options, saving: Saving): Awaitable<boolean> {
  const { connection, raw, updateFields, forceUpdate } = saving;
  const assignments: Assignment[] = [];
  for (const field of meta.localConcreteFields) {
    if (meta.isKey(field) || field.generated) continue;
    if (updateFields !== undefined && !updateFields.has(field.name) && !updateFields.has(field.attname)) continue;
    assignments.push([field, raw ? field.valueFromObject(instance) : field.preSave(instance, false)]);
  }
  if (assignments.length === 0 && updateFields !== undefined && !forceUpdate) return true;
  const row = rowByKey(meta.model, valuesOf(instance)[meta.pk.attname]);
  const isThere = (): Promise<boolean> => queryExists(row.query, connection);
  if (assignments.length === 0 && !forceUpdate) return isThere();
  if (assignments.length === 0) return isThere().then((found) => updatedOrRefused(found, saving));
  const change = (): Awaitable<boolean> => whenThere(updateRecipe(row, assignments, connection), (count) => count > 0);
  const isForced = updateFields !== undefined || forceUpdate;
  if (meta.selectOnSave && !isForced)
    return isThere().then(async (found) => found && ((await change()) || (await isThere())));
  return isForced ? whenThere(change(), (updated) => updatedOrRefused(updated, saving)) : change();
}

function updatedOrRefused(updated: boolean, { forceUpdate }: Saving): boolean {
  if (updated) return true;
  throw new NotUpdated(
    forceUpdate
      ? "The forced update did not affect any rows."
      : "save({ updateFields }) did not affect any rows: the row is not there any more.",
  );
}

// Rows that are ordered by hand go to the end.
async function nextOrder(instance: ModelBase, meta: Options, field: Field, connection: BaseWrapper): Promise<number> {
  const query = new Query(meta.model);
  query.addQ(Q.create([[field.name, field.valueFromObject(instance)]]));
  const { last } = await queryAggregates(query, connection, new Map([["last", new Max("_order")]]));
  return last === null || last === undefined ? 0 : Number(last) + 1;
}

// False: the row was not there.
function insertTable(
  instance: ModelBase,
  meta: Options,
  pkSet: boolean,
  connection: BaseWrapper,
  raw: boolean,
): Awaitable<boolean> {
  if (meta.orderWithRespectTo !== undefined && isUnset(valuesOf(instance)["_order"]))
    return nextOrder(instance, meta, meta.orderWithRespectTo, connection).then((order) => {
      valuesOf(instance)["_order"] = order;
      return insertTable(instance, meta, pkSet, connection, raw);
    });
  const returning = returningFields(meta, instance, connection, pkSet);
  const fields = pkSet ? meta.writtenFields : meta.writtenFieldsWithoutAuto;
  return whenThere(insertRows(connection, meta.model, fields, [instance], { returning, raw }), ([row]) => {
    if (row !== undefined)
      for (const [index, field] of returning.entries()) valuesOf(instance)[field.attname] = row[index];
    if (connection.features.canReturnRows || raw) return false;
    return readMadeValues(instance, meta, connection).then(() => false);
  });
}

// MySQL gives nothing back but the key, so what else it made is asked for.
async function readMadeValues(instance: ModelBase, meta: Options, connection: BaseWrapper): Promise<void> {
  const fields = madeFields(meta, instance);
  if (fields.length === 0) return;
  const query = new Query(meta.model);
  query.addQ(Q.create([["pk", instance.pk]]));
  const names = fields.map(({ attname }) => attname);
  const [fresh] = await readRows(connection)(meta.model, query, names);
  if (fresh === undefined) return;
  for (const name of names) valuesOf(instance)[name] = valuesOf(fresh)[name];
}

// The columns of a new row whose values the database makes, the automatic key aside.
function madeFields(meta: Options, instance: ModelBase | undefined): Field[] {
  return meta.localConcreteFields.filter(
    (field) => field.generated || (instance !== undefined && valuesOf(instance)[field.attname] === DATABASE_DEFAULT),
  );
}

/** The columns to read back after an insert: the key that the database made, and other values of its making. */
export function returningFields(
  meta: Options,
  instance: ModelBase | undefined,
  connection: BaseWrapper,
  pkSet: boolean,
): Field[] {
  const auto = meta.autoField;
  const fields = auto !== undefined && !pkSet ? [auto] : [];
  return connection.features.canReturnRows ? [...fields, ...madeFields(meta, instance)] : fields;
}

/** Takes over the keys of related rows that got theirs after they were assigned. */
export function takeKeysOfRelated(instance: ModelBase, meta: Options, operation: string): void {
  const state = instance[STATE];
  const values = valuesOf(instance);
  for (const field of meta.concreteFields) {
    if (field.remoteField === undefined) continue;
    const cached = state.cached(field.name);
    const related = cached?.value as ModelBase | null | undefined;
    if (cached === undefined || related === null || related === undefined) continue;
    const key = field.remoteField.targetField.valueFromObject(related);
    if (isUnset(related.pk)) {
      // An assigned row without a key would be lost without a word.
      if (!isUnset(values[field.attname])) continue;
      throw new FieldError(
        `${operation}() was prevented: the related '${field.name}' of ${meta.label} is not saved. Save it first.`,
      );
    }
    if (isUnset(values[field.attname]) && isUnset(cached.key)) {
      values[field.attname] = key;
      state.cache(field.name, related, key);
    }
  }
}
