// The class that all models extend, and what every row can do.

import { FieldError, type MultipleObjectsReturned, type ObjectDoesNotExist } from "@tsgo/core/exceptions";
import { closest } from "@tsgo/utils/nearest-name";

import { CompositePrimaryKey } from "../fields/composite.ts";
import type { Field } from "../fields/field.ts";
import type { Manager } from "./manager.ts";
import type { Options } from "./options.ts";
import { deleteInstance } from "./delete-instance.ts";
import { type RefreshOptions, refreshInstance } from "./refresh.ts";
import { type SaveOptions, saveInstance } from "./save.ts";
import { BARE, modelOf, valuesOf } from "./instances.ts";
import { comparableKey } from "../values/comparable.ts";
import { InstanceState, STATE } from "./state.ts";
import { postInit, preInit } from "./signals.ts";
import { cleanFields, fullClean, validateConstraints, validateUnique } from "./validation.ts";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** The class of a model, as code that works with any model sees it. */
export interface ModelClass<M extends ModelBase = ModelBase> {
  new (values?: Readonly<Record<string, unknown>>): M;
  readonly name: string;
  readonly prototype: M;
  readonly _meta: Options;
  readonly objects: Manager<M>;
  readonly DoesNotExist: new (message?: string) => ObjectDoesNotExist;
  readonly MultipleObjectsReturned: new (message?: string) => MultipleObjectsReturned;
}

/** What every model instance has. Its own properties are the values of its columns. */
export abstract class ModelBase {
  /** @internal */
  declare [STATE]: InstanceState;

  constructor(values?: Readonly<Record<string, unknown>> | typeof BARE) {
    this[STATE] = new InstanceState();
    if (values === BARE) return;
    const model = modelOf(this);
    if (preInit.hasListeners(model)) preInit.send({ sender: model, values: values ?? {} });
    assignInitial(this, model._meta, values ?? {});
    if (postInit.hasListeners(model)) postInit.send({ sender: model, instance: this });
  }

  /** The primary key, whatever its name. */
  get pk(): unknown {
    return this.getPk();
  }

  set pk(value: unknown) {
    const meta = modelOf(this)._meta;
    if (meta.pk instanceof CompositePrimaryKey) {
      meta.pk.assign(this, value);
      return;
    }
    setParentKeys(this, meta, value);
    valuesOf(this)[meta.pk.attname] = value;
  }

  /** @internal */
  getPk(): unknown {
    return modelOf(this)._meta.pk.valueFromObject(this);
  }

  /** Where the row comes from, and whether it is new. */
  get _state(): InstanceState {
    return this[STATE];
  }

  /** Writes the row: changes it where it is there, inserts it otherwise. */
  save(options: SaveOptions = {}): Promise<void> {
    return saveInstance(this, options);
  }

  /** Deletes the row and what hangs on it. Gives how many rows went, in all and by model. */
  delete(
    options: { readonly using?: string; readonly keepParents?: boolean } = {},
  ): Promise<[number, Record<string, number>]> {
    return deleteInstance(this, options);
  }

  /** Reads the values again. Answers to `refresh_from_db`. */
  refreshFromDb(options: RefreshOptions = {}): Promise<void> {
    return refreshInstance(this, options);
  }

  /** The value of a field as it is stored: of a foreign key the key. Answers to `serializable_value`. */
  serializableValue(name: string): unknown {
    const field = modelOf(this)._meta.findField(name);
    return valuesOf(this)[field !== undefined && "attname" in field ? field.attname : name];
  }

  /** The attributes that were not loaded. */
  getDeferredFields(): Set<string> {
    const meta = modelOf(this)._meta;
    return new Set(
      meta.concreteFields.filter((field) => !Object.hasOwn(this, field.attname)).map((field) => field.attname),
    );
  }

  /** Checks all fields, `clean()`, uniqueness and constraints. @throws ValidationError with the errors by field. */
  fullClean(
    options: {
      readonly exclude?: Iterable<string>;
      readonly validateUnique?: boolean;
      readonly validateConstraints?: boolean;
    } = {},
  ): Promise<void> {
    return fullClean(this, options);
  }

  /** Checks and converts each field, and that what foreign keys refer to is there. */
  cleanFields(options: { readonly exclude?: Iterable<string> } = {}): Promise<void> {
    return cleanFields(this, new Set(options.exclude));
  }

  /** Rules that concern several fields: override it. */
  clean(): void | Promise<void> {}

  /** Checks `unique`, `uniqueTogether` and `uniqueForDate` against the database. */
  validateUnique(options: { readonly exclude?: Iterable<string> } = {}): Promise<void> {
    return validateUnique(this, new Set(options.exclude));
  }

  /** Checks the constraints of the model against the database. */
  validateConstraints(options: { readonly exclude?: Iterable<string> } = {}): Promise<void> {
    return validateConstraints(this, new Set(options.exclude));
  }

  /** Whether both are the same row: the same concrete model and key. Without a key, only itself. */
  equals(other: unknown): boolean {
    if (this === other) return true;
    if (!(other instanceof ModelBase)) return false;
    if (modelOf(this)._meta.concreteModel !== modelOf(other)._meta.concreteModel) return false;
    const key = this.pk;
    return key !== null && key !== undefined && sameKey(key, other.pk);
  }

  /** The values of the columns, for JSON. */
  toJSON(): Record<string, unknown> {
    return Object.fromEntries(
      modelOf(this)
        ._meta.concreteFields.filter((field) => Object.hasOwn(this, field.attname))
        .map((field) => [field.attname, field.valueFromObject(this)]),
    );
  }

  /** What the console shows: the values. */
  [INSPECT](_depth: number, options: object, inspect: (value: unknown, options: object) => string): string {
    const { [STATE]: _state, ...values } = this;
    return `${modelOf(this)._meta.objectName} ${inspect(values, options)}`;
  }

  toString(): string {
    return `${modelOf(this)._meta.objectName} object (${String(this.pk)})`;
  }
}

for (const name of ["save", "delete", "refreshFromDb"] as const)
  Object.assign(ModelBase.prototype[name], { altersData: true });

function sameKey(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === "object" && comparableKey(a) === comparableKey(b));
}

// A parent that the key itself leads to keeps its own: saving takes it over from the link where it is not set.
function setParentKeys(instance: ModelBase, meta: Options, value: unknown): void {
  for (const [parent, link] of meta.parents) {
    if (link !== null && link !== modelOf(instance)._meta.pk) valuesOf(instance)[link.targetField.attname] = value;
    setParentKeys(instance, parent._meta, value);
  }
}

// Values by field name or attribute; what is not given gets its default. Anything else is refused, methods above all.
function assignInitial(instance: ModelBase, meta: Options, values: Readonly<Record<string, unknown>>): void {
  const record = instance as unknown as Record<string, unknown>;
  const left = new Set(Object.keys(values));
  for (const field of meta.fields) {
    if (field.generated || field instanceof CompositePrimaryKey) continue;
    const related = field.isRelation && field.name !== field.attname && left.delete(field.name);
    if (related) {
      record[field.attname] = undefined;
      record[field.name] = values[field.name];
    }
    // The key counts where both are given.
    if (left.delete(field.attname)) record[field.attname] = values[field.attname];
    else if (!related && field.concrete) record[field.attname] = field.getDefault();
  }
  if (left.delete("pk")) instance.pk = values["pk"];
  if (left.size === 0) return;
  for (const name of left) {
    const hint = closest(name, assignable(meta));
    throw new FieldError(
      `${meta.label} has no field '${name}' that a value can be given to.${hint === undefined ? "" : ` Did you mean '${hint}'?`}`,
    );
  }
}

function assignable(meta: Options): string[] {
  return meta.fields.flatMap((field: Field) =>
    field.name === field.attname ? [field.name] : [field.name, field.attname],
  );
}
