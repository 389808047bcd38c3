// From a record to an object.

import { ObjectDoesNotExist, ValidationError } from "@tsgo/core/exceptions";
import { didYouMean } from "@tsgo/utils/nearest-name";

import type { Field } from "../fields/field.ts";
import { ForeignKey } from "../fields/foreign-key.ts";
import type { ManyToManyField } from "../fields/many-to-many.ts";
import { valuesOf } from "../models/instances.ts";
import type { ModelBase, ModelClass } from "../models/model.ts";
import { modelRegistry } from "../models/registry.ts";
import { STATE } from "../models/state.ts";
import { DeserializedObject, type ResolveReference, refuseRecord } from "./deserialized-object.ts";
import { fieldByFixtureName, fixtureNames } from "./field-names.ts";
import type { RawRecord } from "./formats/format.ts";
import { type WithNaturalKey, hasNaturalKey, naturalKeyManager } from "./natural-keys.ts";

/** How records are taken in. */
export interface ReadOptions {
  /** The database whose rows natural keys refer to. */
  readonly using?: string | undefined;
  /** Passes over models and fields that are not there (any more). */
  readonly ignoreNonexistent?: boolean | undefined;
  /** Lets natural keys refer to rows that come later: see `saveDeferredFields`. */
  readonly handleForwardReferences?: boolean | undefined;
}

/** The object that a record describes, or undefined where its model is not there and that is to be ignored. */
export async function readRecord(record: RawRecord, options: ReadOptions): Promise<DeserializedObject | undefined> {
  const { line, value } = record;
  const { label, pk, fields } = takeApart(value, line);
  const model = modelRegistry.findModel(label);
  if (model === undefined) {
    if (options.ignoreNonexistent === true) return undefined;
    const known = modelRegistry.getModels().map((candidate) => candidate._meta.labelLower);
    return refuseRecord(line, `there is no model '${label}'.${didYouMean(label, known)}`);
  }
  return new RecordReader(model, pk, line, options).read(fields);
}

function takeApart(
  value: unknown,
  line: number | undefined,
): { readonly label: string; readonly pk: unknown; readonly fields: object } {
  if (!isRecord(value))
    return refuseRecord(line, `an object with "model" and "fields" is expected, not ${shown(value)}.`);
  const { model, pk, fields } = value as Readonly<Partial<Record<string, unknown>>>;
  if (typeof model !== "string")
    return refuseRecord(line, `"model" is a label such as "polls.question", not ${shown(model)}.`);
  if (!isRecord(fields)) return refuseRecord(line, `"fields" of ${model} is an object, not ${shown(fields)}.`);
  return { label: model, pk: pk ?? null, fields };
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

class RecordReader {
  readonly #model: ModelClass;
  readonly #pk: unknown;
  readonly #line: number | undefined;
  readonly #options: ReadOptions;
  readonly #using: string;
  readonly #links = new Map<ManyToManyField, readonly unknown[]>();
  readonly #deferred = new Map<Field, ResolveReference>();

  constructor(model: ModelClass, pk: unknown, line: number | undefined, options: ReadOptions) {
    this.#model = model;
    this.#pk = pk;
    this.#line = line;
    this.#options = options;
    this.#using = options.using ?? "default";
  }

  async read(fields: object): Promise<DeserializedObject> {
    const values = this.#key();
    for (const [name, value] of Object.entries(fields) as [string, unknown][]) {
      const field = this.#field(name);
      if (field === undefined || field.generated) continue;
      if (field.manyToMany) await this.#readLinks(field as ManyToManyField, value);
      else if (field instanceof ForeignKey) await this.#readReference(field, value, values);
      else values.set(field.attname, this.#convert(field, value));
    }
    const object = await this.#instance(values);
    return new DeserializedObject(object, this.#links, this.#deferred, this.#line);
  }

  #field(name: string): Field | undefined {
    const field = fieldByFixtureName(this.#model, name);
    if (field !== undefined || this.#options.ignoreNonexistent === true) return field;
    return this.#refuse(
      `has no field '${name}'.${didYouMean(name, fixtureNames(this.#model))} ` +
        "Fields that are gone are passed over with --ignorenonexistent.",
    );
  }

  #key(): Map<string, unknown> {
    const keys = this.#model._meta.pkFields;
    if (this.#pk === null) return new Map();
    const parts = keys.length === 1 ? [this.#pk] : this.#pk;
    if (!Array.isArray(parts) || parts.length !== keys.length)
      return this.#refuse(`the key is a list of ${keys.length} values, not ${shown(this.#pk)}.`);
    return new Map(keys.map((field, index) => [field.attname, this.#convert(field, parts[index])]));
  }

  #convert(field: Field, value: unknown): unknown {
    try {
      return field.toValue(value);
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      return this.#refuse(`${field.name}: ${error.messages.join(" ")}`, error);
    }
  }

  /** A row by its key, or by its natural key: that is a list. */
  async #readReference(field: ForeignKey, value: unknown, values: Map<string, unknown>): Promise<void> {
    const target = field.relatedModel;
    const manager = Array.isArray(value) && hasNaturalKey(target) ? naturalKeyManager(target, this.#using) : undefined;
    if (manager === undefined) {
      values.set(field.attname, value === null ? null : this.#convert(field, value));
      return;
    }
    const find = async (): Promise<unknown> => {
      const row = (await manager.getByNaturalKey(...(value as unknown[]))) as ModelBase;
      return field.targetField.valueFromObject(row);
    };
    await this.#findOrDefer(field, value, find, (found) => values.set(field.attname, found));
  }

  async #readLinks(field: ManyToManyField, value: unknown): Promise<void> {
    const target = field.relatedModel;
    if (!Array.isArray(value)) return this.#refuse(`${field.name}: a list of keys is expected, not ${shown(value)}.`);
    const manager = hasNaturalKey(target) ? naturalKeyManager(target, this.#using) : undefined;
    const keyField = field.targetField;
    const find = (): Promise<unknown[]> =>
      Promise.all(
        value.map(async (item: unknown) => {
          if (manager === undefined || !Array.isArray(item)) return this.#convert(keyField, item);
          return keyField.valueFromObject((await manager.getByNaturalKey(...(item as unknown[]))) as ModelBase);
        }),
      );
    await this.#findOrDefer(field, value, find, (found) => this.#links.set(field, found as unknown[]));
  }

  async #findOrDefer(
    field: Field,
    value: unknown,
    find: ResolveReference,
    take: (found: unknown) => unknown,
  ): Promise<void> {
    const missing = (error: unknown): never =>
      error instanceof ObjectDoesNotExist
        ? this.#refuse(`${field.name}: there is no row with the natural key ${shown(value)}.`, error)
        : raise(error);
    try {
      take(await find());
    } catch (error) {
      if (!(error instanceof ObjectDoesNotExist) || this.#options.handleForwardReferences !== true) missing(error);
      this.#deferred.set(field, () => find().catch(missing));
    }
  }

  /** Without a key, the row that has the same natural key is the one that is meant. */
  async #instance(values: ReadonlyMap<string, unknown>): Promise<ModelBase> {
    const object = new this.#model(Object.fromEntries(values));
    object[STATE].db = this.#using;
    const { pk } = this.#model._meta;
    const manager = hasNaturalKey(this.#model) ? naturalKeyManager(this.#model, this.#using) : undefined;
    if (manager === undefined || this.#pk !== null) return object;
    try {
      const known = (await manager.getByNaturalKey(
        ...(await (object as ModelBase & WithNaturalKey).naturalKey()),
      )) as ModelBase;
      valuesOf(object)[pk.attname] = known.pk;
    } catch (error) {
      // The key may lead over a row that is not there yet.
      if (!(error instanceof ObjectDoesNotExist)) throw error;
    }
    return object;
  }

  #refuse(message: string, cause?: unknown): never {
    const { labelLower } = this.#model._meta;
    const key = this.#pk === null ? "" : `(pk=${shown(this.#pk)})`;
    return refuseRecord(this.#line, `${labelLower}${key}${message.startsWith("has ") ? " " : ": "}${message}`, cause);
  }
}

function raise(error: unknown): never {
  throw error;
}
