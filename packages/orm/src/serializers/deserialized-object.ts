// An object that was read from a fixture, before it is saved.

import { connections } from "../db/connections.ts";
import { routerDbForWrite } from "../db/routing.ts";
import type { Field } from "../fields/field.ts";
import type { ManyToManyField } from "../fields/many-to-many.ts";
import { modelOf, valuesOf } from "../models/instances.ts";
import type { ModelBase } from "../models/model.ts";
import { saveBase } from "../models/save.ts";
import { STATE } from "../models/state.ts";
import { DeserializationError } from "./errors.ts";

/** Finds what a deferred reference means once all rows are there. */
export type ResolveReference = () => Promise<unknown>;

/** An object of a fixture with its many-to-many links. Nothing is in the database before `save()`. Answers to `DeserializedObject`. */
export class DeserializedObject {
  /** The instance, unsaved. */
  readonly object: ModelBase;
  /** The keys of linked rows, by field. */
  readonly m2mData: Map<ManyToManyField, readonly unknown[]>;
  /** References by natural key to rows that were not there when this one was read. */
  readonly deferredFields: ReadonlyMap<Field, ResolveReference>;
  /** The line of the file on which the object begins. */
  readonly line: number | undefined;

  constructor(
    object: ModelBase,
    links: ReadonlyMap<ManyToManyField, readonly unknown[]>,
    deferredFields: ReadonlyMap<Field, ResolveReference>,
    line: number | undefined,
  ) {
    this.object = object;
    this.m2mData = new Map(links);
    this.deferredFields = deferredFields;
    this.line = line;
  }

  /**
   * Writes the row as it stands - no `save()` of the model, no automatic dates, no rows of parents - and its links. A row of the
   * same key is replaced.
   */
  async save(options: { readonly using?: string; readonly saveM2m?: boolean } = {}): Promise<void> {
    const using = options.using ?? this.object[STATE].db ?? routerDbForWrite(modelOf(this.object), this.object);
    await saveBase(this.object, {
      connection: connections.get(using),
      raw: true,
      forceInsert: false,
      forceUpdate: false,
      updateFields: undefined,
    });
    if (options.saveM2m === false) return;
    for (const [field, keys] of this.m2mData) await this.#link(field, keys);
    this.m2mData.clear();
  }

  /** Fills in what could not be found when the object was read, and saves it. Answers to `save_deferred_fields`. */
  async saveDeferredFields(options: { readonly using?: string } = {}): Promise<void> {
    for (const [field, resolve] of this.deferredFields) {
      const value = await resolve();
      if (field.manyToMany) this.m2mData.set(field as ManyToManyField, value as readonly unknown[]);
      else valuesOf(this.object)[field.attname] = value;
    }
    if (this.deferredFields.size > 0) await this.save(options);
  }

  async #link(field: ManyToManyField, keys: readonly unknown[]): Promise<void> {
    const manager = valuesOf(this.object)[field.name] as { set(keys: readonly unknown[]): Promise<void> };
    await manager.set(keys);
  }

  /** `polls.Question(pk=3)` */
  toString(): string {
    return `${modelOf(this.object)._meta.label}(pk=${String(this.object.pk)})`;
  }
}

/** Where in a file something is wrong. */
export function atLine(line: number | undefined, message: string): string {
  return line === undefined ? message : `line ${line}: ${message}`;
}

export function refuseRecord(line: number | undefined, message: string, cause?: unknown): never {
  throw new DeserializationError(atLine(line, message), { cause });
}
