// From rows to records: what a fixture says about one object, before it is written in a format.

import { FieldError } from "@tsgo/core/exceptions";

import type { Field } from "../fields/field.ts";
import { ForeignKey } from "../fields/foreign-key.ts";
import type { ManyToManyField } from "../fields/many-to-many.ts";
import { modelOf, valuesOf } from "../models/instances.ts";
import type { ModelBase } from "../models/model.ts";
import type { QuerySet } from "../models/queryset.ts";
import { STATE } from "../models/state.ts";
import { SerializationError } from "./errors.ts";
import { fixtureName } from "./field-names.ts";
import { plainValue, valueField } from "./plain-value.ts";
import { hasNaturalKey, naturalKeyOf } from "./natural-keys.ts";

/** One object in a fixture. */
export interface FixtureRecord {
  /** `polls.question` */
  readonly model: string;
  /** Left out where the natural key stands for it. */
  readonly pk?: unknown;
  /** Values by the names that Django gives the fields. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What goes into records. */
export interface RecordOptions {
  /** The names of the fields to write, in TypeScript's or Django's spelling; all where nothing is said. */
  readonly fields?: readonly string[] | undefined;
  /** Refers to other rows by their natural keys, where their models have such. */
  readonly useNaturalForeignKeys?: boolean | undefined;
  /** Leaves out the primary keys of models with natural keys. */
  readonly useNaturalPrimaryKeys?: boolean | undefined;
}

/** How a format writes a value that is not null; `field` is undefined for a part of a natural key. */
export type EncodeValue = (value: unknown, field: Field | undefined) => unknown;

/** The record of an object. Relations that are not loaded are fetched. */
export async function recordOf(object: ModelBase, options: RecordOptions, encode: EncodeValue): Promise<FixtureRecord> {
  const model = modelOf(object)._meta.concreteModel;
  const meta = model._meta;
  const fields: Record<string, unknown> = {};
  const chosen = options.fields === undefined ? undefined : new Set(options.fields);
  const write = async (field: Field, read: () => unknown): Promise<void> => {
    const name = fixtureName(model, field);
    if (chosen !== undefined && !chosen.has(name) && !chosen.has(field.name)) return;
    fields[name] = await located(object, field, read);
  };
  for (const field of meta.localFields) {
    // Without its key, a child could not be put together with its parent again.
    const link = options.useNaturalPrimaryKeys === true && field === meta.pk && field.remoteField?.parentLink === true;
    if (!isSerialized(field) && !link) continue;
    await write(field, () =>
      field instanceof ForeignKey && options.useNaturalForeignKeys === true && hasNaturalKey(field.relatedModel)
        ? naturalReference(object, field, encode)
        : encodedValue(object, field, encode),
    );
  }
  for (const field of meta.localManyToMany)
    if (isSerialized(field) && field.remoteField.throughModel._meta.autoCreated !== false)
      await write(field, () => linkedRows(object, field, options, encode));
  const label = modelOf(object)._meta.labelLower;
  const natural = options.useNaturalPrimaryKeys === true && hasNaturalKey(model);
  return natural ? { model: label, fields } : { model: label, pk: keyOf(object, encode), fields };
}

/** The key has a place of its own. */
function isSerialized(field: Field): boolean {
  return !field.primaryKey && field.options.serialize !== false;
}

/** The primary key as a fixture has it. */
function keyOf(object: ModelBase, encode: EncodeValue): unknown {
  const keys = modelOf(object)._meta.concreteModel._meta.pkFields.map((field) => encodedValue(object, field, encode));
  return keys.length === 1 ? keys[0] : keys;
}

function encodedValue(object: ModelBase, field: Field, encode: EncodeValue): unknown {
  const value = plainValue(object, field);
  return value === null ? null : encode(value, valueField(field));
}

async function naturalReference(object: ModelBase, field: ForeignKey, encode: EncodeValue): Promise<unknown> {
  if (field.valueFromObject(object) === null) return null;
  const related = (await valuesOf(object)[field.name]) as ModelBase;
  return naturalKeyOf(related, encode);
}

async function linkedRows(
  object: ModelBase,
  field: ManyToManyField,
  options: RecordOptions,
  encode: EncodeValue,
): Promise<unknown[]> {
  const natural = options.useNaturalForeignKeys === true && hasNaturalKey(field.relatedModel);
  const manager = valuesOf(object)[field.name] as { all(): QuerySet };
  const loaded = object[STATE].prefetched(field.name) !== undefined;
  const rows = await (natural || loaded ? manager.all() : manager.all().only("pk"));
  return natural ? Promise.all(rows.map((row) => naturalKeyOf(row, encode))) : rows.map((row) => keyOf(row, encode));
}

// Names the object and field where a value cannot be written.
async function located(object: ModelBase, field: Field, read: () => unknown): Promise<unknown> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof SerializationError) && !(error instanceof FieldError)) throw error;
    const { labelLower } = modelOf(object)._meta;
    throw new SerializationError(`${labelLower}(pk=${String(object.pk)}).${field.name}: ${error.message}`, {
      cause: error,
    });
  }
}
