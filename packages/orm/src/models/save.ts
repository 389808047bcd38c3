// Writing one row, with the rows of its parents.

import { FieldError } from "@tsgo/core/exceptions";

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
import { updateRows } from "../query/writes/update.ts";
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
export async function saveInstance(instance: ModelBase, options: SaveOptions): Promise<void> {
  const meta = modelOf(instance)._meta;
  const state = instance[STATE];
  takeKeysOfRelated(instance, meta, "save");
  const using = options.using ?? routerDbForWrite(meta.model, instance);
  if (options.forceInsert === true && (options.forceUpdate === true || options.updateFields !== undefined))
    throw new FieldError("save() cannot force an insert and an update at the same time.");
  const updateFields = chosenFields(instance, meta, options, using === state.db);
  if (updateFields !== undefined && updateFields.size === 0) return;
  await loadMissing(instance, meta, updateFields);
  await saveBase(instance, {
    connection: connections.get(using),
    raw: false,
    forceInsert: options.forceInsert ?? false,
    forceUpdate: options.forceUpdate ?? false,
    updateFields,
  });
}

// The fields that the call names, or those that were loaded of a row that was loaded in part.
function chosenFields(
  instance: ModelBase,
  meta: Options,
  options: SaveOptions,
  sameDatabase: boolean,
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
  if (options.forceInsert === true || !sameDatabase) return undefined;
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
export async function saveBase(instance: ModelBase, saving: Saving): Promise<void> {
  const origin = modelOf(instance);
  const concrete = origin._meta.concreteModel;
  const using = saving.connection.alias;
  const { raw, updateFields } = saving;
  const created = origin._meta.autoCreated !== false;
  if (!created && preSave.hasListeners(origin))
    await preSave.asend({ sender: origin, instance, raw, using, updateFields });
  if (!raw && concrete._meta.preparedFields.length > 0) await prepareFields(instance, concrete._meta, updateFields);
  const run = async (): Promise<boolean> => {
    const parentInserted = raw ? false : await saveParents(instance, concrete._meta, saving);
    return saveTable(instance, concrete._meta, { ...saving, forceInsert: saving.forceInsert || parentInserted });
  };
  const updated =
    concrete._meta.parents.size > 0
      ? await atomic(run, { using, savepoint: false })
      : await markForRollbackOnError(using, run);
  instance[STATE].db = using;
  instance[STATE].adding = false;
  if (!created && postSave.hasListeners(origin))
    await postSave.asend({ sender: origin, instance, created: !updated, raw, using, updateFields });
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

async function saveTable(instance: ModelBase, meta: Options, saving: Saving): Promise<boolean> {
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
  if (pkSet && !saving.forceInsert && !skipUpdate && (await updateTable(instance, meta, saving))) return true;
  if (meta.orderWithRespectTo !== undefined && isUnset(values["_order"]))
    values["_order"] = await nextOrder(instance, meta, meta.orderWithRespectTo, connection);
  await insertTable(instance, meta, pkSet, connection, raw);
  return false;
}

async function updateTable(instance: ModelBase, meta: Options, saving: Saving): Promise<boolean> {
  const { connection, raw, updateFields } = saving;
  const fields = meta.localConcreteFields.filter(
    (field) =>
      !meta.isKey(field) &&
      !field.generated &&
      (updateFields === undefined || updateFields.has(field.name) || updateFields.has(field.attname)),
  );
  const forced = updateFields !== undefined || saving.forceUpdate;
  const assignments = fields.map((field): readonly [Field, unknown] => [
    field,
    raw ? field.valueFromObject(instance) : field.preSave(instance, false),
  ]);
  const query = new Query(meta.model);
  query.addQ(Q.create([["pk", valuesOf(instance)[meta.pk.attname]]]));
  if (assignments.length === 0 && !saving.forceUpdate)
    return updateFields !== undefined || (await queryExists(query, connection));
  if (meta.selectOnSave && !forced)
    return (
      (await queryExists(query, connection)) &&
      ((await updateRows(query, assignments, connection)) > 0 || (await queryExists(query, connection)))
    );
  const updated =
    assignments.length === 0
      ? await queryExists(query, connection)
      : (await updateRows(query, assignments, connection)) > 0;
  if (forced && !updated)
    throw new NotUpdated(
      saving.forceUpdate
        ? "The forced update did not affect any rows."
        : "save({ updateFields }) did not affect any rows: the row is not there any more.",
    );
  return updated;
}

// Rows that are ordered by hand go to the end.
async function nextOrder(instance: ModelBase, meta: Options, field: Field, connection: BaseWrapper): Promise<number> {
  const query = new Query(meta.model);
  query.addQ(Q.create([[field.name, field.valueFromObject(instance)]]));
  const { last } = await queryAggregates(query, connection, new Map([["last", new Max("_order")]]));
  return last === null || last === undefined ? 0 : Number(last) + 1;
}

async function insertTable(
  instance: ModelBase,
  meta: Options,
  pkSet: boolean,
  connection: BaseWrapper,
  raw: boolean,
): Promise<void> {
  const fields = meta.localConcreteFields.filter((field) => !field.generated && (pkSet || field !== meta.autoField));
  const returning = returningFields(meta, instance, connection, pkSet);
  const [row] = await insertRows(connection, meta.model, fields, [instance], { returning, raw });
  if (row !== undefined)
    for (const [index, field] of returning.entries()) valuesOf(instance)[field.attname] = row[index];
  if (!connection.features.canReturnRows && !raw) await readMadeValues(instance, meta, connection);
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
