// What a model is: its fields, its table, its options. It stands in `Model._meta`.

import { isConfigured, settings } from "@tsgo/core/conf";
import { FieldDoesNotExist, FieldError } from "@tsgo/core/exceptions";
import { closest } from "@tsgo/utils/nearest-name";

import { CompositePrimaryKey } from "../fields/composite.ts";
import type { DatabaseWrapper } from "../backends/base/wrapper.ts";
import type { Field } from "../fields/field.ts";
import type { ManyToManyField } from "../fields/many-to-many.ts";
import type { OneToOneField } from "../fields/foreign-key.ts";
import type { PathInfo } from "../fields/path-info.ts";
import type { RelationField } from "../fields/relation-field.ts";
import type { Relation } from "../fields/relation.ts";
import { columnName, tableName } from "../naming.ts";
import type { Constraint } from "./constraints/constraint.ts";
import type { Index } from "./indexes.ts";
import type { Manager } from "./manager.ts";
import type { MetaOptions } from "./meta.ts";
import { checkMetaNames } from "./meta-names.ts";
import type { ModelClass } from "./model.ts";
import type { ModelRegistry } from "./registry.ts";

/** A field, or the reverse side of a relation, as `getField` finds them. */
export type AnyField = Field | Relation;

/**
 * The metadata of one model, answering to Django's `Options`. Lists of fields include what is inherited from parent tables,
 * unless they are called local.
 */
export class Options {
  readonly model: ModelClass;
  readonly registry: ModelRegistry;
  readonly appLabel: string;
  /** The name of the class. */
  readonly objectName: string;
  /** The name of the class in small letters. */
  readonly modelName: string;
  /** What `static meta` said, as written. */
  readonly originalOptions: MetaOptions;

  readonly dbTable: string;
  readonly dbTableComment: string;
  readonly verboseName: string;
  readonly verboseNamePlural: string;
  readonly abstract: boolean;
  readonly proxy: boolean;
  readonly managed: boolean;
  readonly autoCreated: ModelClass | false;
  readonly swappable: string | undefined;
  readonly ordering: readonly unknown[];
  readonly orderWithRespectToName: string | undefined;
  readonly uniqueTogether: readonly (readonly string[])[];
  readonly getLatestBy: string | readonly string[] | undefined;
  readonly defaultRelatedName: string | undefined;
  readonly permissions: readonly (readonly [string, string])[];
  readonly defaultPermissions: readonly string[];
  readonly dbTablespace: string;
  readonly requiredDbFeatures: readonly string[];
  readonly requiredDbVendor: string | undefined;
  readonly selectOnSave: boolean;
  indexes: readonly Index[];
  constraints: readonly Constraint[];

  readonly localFields: Field[] = [];
  readonly localManyToMany: ManyToManyField[] = [];
  /** Parent tables, with the field that links to each. */
  readonly parents = new Map<ModelClass, OneToOneField | null>();
  /** The model that a proxy stands for. */
  proxyForModel: ModelClass | null = null;
  /** The model that has the table: the model itself, or what a proxy stands for in the end. */
  concreteModel: ModelClass;
  /** Managers by name, in the order of their declaration. */
  readonly managers = new Map<string, Manager>();
  /** The manager that the framework itself uses: all rows, whatever the default manager leaves out. */
  declare baseManager: Manager;
  defaultManagerName: string | undefined;
  baseManagerName: string | undefined;

  #pk: Field | undefined;
  #cache: FieldCache | undefined;

  constructor(model: ModelClass, registry: ModelRegistry, appLabel: string, meta: MetaOptions, inherited: MetaOptions) {
    this.model = model;
    this.registry = registry;
    this.appLabel = appLabel;
    this.objectName = model.name;
    this.modelName = model.name.toLowerCase();
    this.originalOptions = meta;
    checkMetaNames(this.label, meta);
    this.concreteModel = model;
    this.dbTable = meta.dbTable ?? tableName(appLabel, model.name, registry.maxNameLength);
    this.dbTableComment = meta.dbTableComment ?? "";
    this.verboseName = meta.verboseName ?? columnName(model.name).replaceAll("_", " ");
    this.verboseNamePlural = meta.verboseNamePlural ?? `${this.verboseName}s`;
    this.abstract = meta.abstract ?? false;
    this.proxy = meta.proxy ?? false;
    this.managed = meta.managed ?? true;
    this.autoCreated = meta.autoCreated ?? false;
    this.swappable = meta.swappable;
    this.orderWithRespectToName = meta.orderWithRespectTo;
    this.ordering = meta.orderWithRespectTo === undefined ? (meta.ordering ?? inherited.ordering ?? []) : ["_order"];
    this.uniqueTogether = normalizeTogether(meta.uniqueTogether);
    this.getLatestBy = meta.getLatestBy ?? inherited.getLatestBy;
    this.defaultRelatedName = meta.defaultRelatedName;
    this.permissions = meta.permissions ?? [];
    this.defaultPermissions = meta.defaultPermissions ?? ["add", "change", "delete", "view"];
    this.dbTablespace = meta.dbTablespace ?? (isConfigured() ? settings.DEFAULT_TABLESPACE : "");
    this.requiredDbFeatures = meta.requiredDbFeatures ?? [];
    this.requiredDbVendor = meta.requiredDbVendor;
    this.selectOnSave = meta.selectOnSave ?? false;
    this.indexes = [];
    this.constraints = [];
    this.defaultManagerName = meta.defaultManagerName ?? inherited.defaultManagerName;
    this.baseManagerName = meta.baseManagerName ?? inherited.baseManagerName;
  }

  /** `polls.Question`. */
  get label(): string {
    return `${this.appLabel}.${this.objectName}`;
  }

  /** `polls.question`. */
  get labelLower(): string {
    return `${this.appLabel}.${this.modelName}`;
  }

  /** Migrations make and change the table. */
  get canMigrate(): boolean {
    return !this.proxy && !this.swapped && this.managed;
  }

  /** Whether a database is one on which the table can be: of the family and with the features that the model requires. */
  isSupportedBy({ vendor, features }: DatabaseWrapper): boolean {
    if (this.requiredDbVendor !== undefined && this.requiredDbVendor !== vendor) return false;
    const known = features as unknown as Readonly<Record<string, unknown>>;
    return this.requiredDbFeatures.every((name) => known[name] === true);
  }

  /** The model that stands in for this one by a setting, or null. */
  get swapped(): string | null {
    return this.registry.swappedFor(this);
  }

  // ---- fields

  /** Takes a field in; called by the field itself. */
  addField(field: Field): void {
    if (field.manyToMany) this.localManyToMany.push(field as ManyToManyField);
    else if (field.autoCreated) this.localFields.unshift(field);
    else this.localFields.push(field);
    if (field.primaryKey && this.#pk === undefined) this.#pk = field;
    this.expireCache();
  }

  /** The primary key. */
  get pk(): Field {
    if (this.#pk === undefined) throw new FieldError(`The model ${this.label} has no primary key.`);
    return this.#pk;
  }

  get hasPk(): boolean {
    return this.#pk !== undefined;
  }

  set pk(field: Field) {
    this.#pk = field;
  }

  /** The fields of the primary key: one, or those that make up a composite one. */
  get pkFields(): readonly Field[] {
    return this.pk instanceof CompositePrimaryKey ? this.pk.fields : [this.pk];
  }

  /** Whether a field is the primary key or a part of it. */
  isKey(field: Field): boolean {
    return field.primaryKey || (this.pk instanceof CompositePrimaryKey && this.pk.fields.includes(field));
  }

  /** The key that the database counts up, if it does. */
  get autoField(): Field | undefined {
    return this.#fields().auto;
  }

  /** The field that `orderWithRespectTo` names. */
  get orderWithRespectTo(): Field | undefined {
    const name = this.orderWithRespectToName;
    return name === undefined ? undefined : (this.getField(name) as Field);
  }

  /**
   * Everything that `getField` finds by its own name: fields, many-to-many fields, and the reverse sides of relations. Answers to
   * `get_fields`.
   *
   * @param options.includeParents False leaves out what a parent's table has.
   * @param options.includeHidden True adds reverse sides without a name (`relatedName: "+"`).
   */
  getFields({ includeParents = true, includeHidden = false } = {}): AnyField[] {
    const isOwn = (field: AnyField): boolean => includeParents || field.model === this.model;
    const reverse = this.allRelatedObjects.filter((relation) => includeHidden || !relation.hidden);
    return [...reverse, ...this.fields, ...this.manyToMany].filter(isOwn);
  }

  /** All fields that are no many-to-many ones, those of parents first. */
  get fields(): readonly Field[] {
    return this.#fields().fields;
  }

  /** The fields with a column, those of parents first. */
  get concreteFields(): readonly Field[] {
    return this.#fields().concrete;
  }

  /** The fields with a column in this table. */
  get localConcreteFields(): readonly Field[] {
    return this.#fields().localConcrete;
  }

  /** The fields that have something to do before a row is written that takes time. */
  get preparedFields(): readonly Field[] {
    return this.#fields().prepared;
  }

  /** The fields with a column in this table that a new row is given a value for. */
  get writtenFields(): readonly Field[] {
    return this.#fields().written;
  }

  /** The same without the key that the database counts up. */
  get writtenFieldsWithoutAuto(): readonly Field[] {
    return this.#fields().writtenWithoutAuto;
  }

  get manyToMany(): readonly ManyToManyField[] {
    return this.#fields().manyToMany;
  }

  /** The reverse sides of relations that lead here, the hidden ones left out. */
  get relatedObjects(): readonly Relation[] {
    return this.registry.relatedObjects(this.model).filter((relation) => !relation.hidden || relation.manyToMany);
  }

  /** The reverse sides of relations that lead here, hidden ones and those to parents included. */
  get allRelatedObjects(): readonly Relation[] {
    return this.registry.relatedObjects(this.model);
  }

  /** The reverse sides of relations that lead to this very table. */
  get localRelatedObjects(): readonly Relation[] {
    return this.registry
      .relatedObjects(this.model)
      .filter((relation) => relation.model._meta.concreteModel === this.concreteModel);
  }

  /**
   * A field or reverse relation by its name in queries.
   *
   * @throws FieldDoesNotExist with the nearest name.
   */
  getField(name: string): AnyField {
    const field = this.findField(name);
    if (field !== undefined) return field;
    const hint = closest(name, this.fieldNames());
    throw new FieldDoesNotExist(
      `${this.label} has no field named '${name}'.${hint === undefined ? "" : ` Did you mean '${hint}'?`}`,
    );
  }

  /** Like `getField`, with undefined where there is none. The attribute of a foreign key (`questionId`) finds the key. */
  findField(name: string): AnyField | undefined {
    return this.#fields().byName.get(name) ?? this.#reverse().get(name);
  }

  /** The names that a query may use. */
  fieldNames(): string[] {
    return [...this.#fields().byName.keys(), ...this.#reverse().keys()];
  }

  /** The field with a column, by attribute. */
  findAttribute(attname: string): Field | undefined {
    return this.#fields().byAttname.get(attname);
  }

  // ---- inheritance

  /** All parent tables, the nearest first. */
  getParentList(): ModelClass[] {
    const found = new Set<ModelClass>(this.parents.keys());
    for (const parent of this.parents.keys()) for (const ancestor of parent._meta.getParentList()) found.add(ancestor);
    return [...found];
  }

  /** The models from this one up to an ancestor, or undefined where it is none. */
  getBaseChain(ancestor: ModelClass): ModelClass[] | undefined {
    if (this.parents.has(ancestor)) return [ancestor];
    for (const parent of this.parents.keys()) {
      const rest = parent._meta.getBaseChain(ancestor);
      if (rest !== undefined) return [parent, ...rest];
    }
    return undefined;
  }

  /** The field that leads to an ancestor, or to the first step on the way to it. */
  getAncestorLink(ancestor: ModelClass): OneToOneField | undefined {
    const direct = this.parents.get(ancestor);
    if (direct !== undefined && direct !== null) return direct;
    for (const [parent, link] of this.parents) {
      if (parent === ancestor) continue;
      const further = parent._meta.getAncestorLink(ancestor);
      if (further !== undefined) return link ?? further;
    }
    return undefined;
  }

  /** The joins from this table to an ancestor's. */
  getPathToParent(ancestor: ModelClass): PathInfo[] {
    const target = ancestor._meta.concreteModel;
    if (this.concreteModel === target) return [];
    const chain = this.concreteModel._meta.getBaseChain(target) ?? [];
    const path: PathInfo[] = [];
    let current: Options = this.concreteModel._meta;
    for (const parent of chain) {
      const link = current.getAncestorLink(parent);
      // A proxy among the ancestors has no table, so there is no step.
      if (link !== undefined && current.concreteModel !== parent._meta.concreteModel) path.push(...link.getPathInfo());
      current = parent._meta;
    }
    return path;
  }

  /** The joins from an ancestor's table to this one. */
  getPathFromParent(ancestor: ModelClass): PathInfo[] {
    const target = ancestor._meta.concreteModel;
    if (this.concreteModel === target) return [];
    const chain = [...(this.concreteModel._meta.getBaseChain(target) ?? [])].reverse();
    chain.push(this.concreteModel);
    const path: PathInfo[] = [];
    for (const [index, parent] of chain.slice(0, -1).entries()) {
      const child = chain[index + 1];
      const link = child?._meta.getAncestorLink(parent);
      if (link !== undefined && child?._meta.concreteModel !== parent._meta.concreteModel)
        path.push(...link.getReversePathInfo());
    }
    return path;
  }

  // ---- managers

  /** The manager that generic code uses: the first declared, or the one that `defaultManagerName` names. */
  get defaultManager(): Manager {
    const named = this.defaultManagerName === undefined ? undefined : this.managers.get(this.defaultManagerName);
    const manager = named ?? this.managers.values().next().value;
    if (manager === undefined) throw new FieldError(`The model ${this.label} has no manager.`);
    return manager;
  }

  /** Forgets what was derived from the fields. */
  expireCache(): void {
    this.#cache = undefined;
    this.registry.expireRelations();
  }

  #fields(): FieldCache {
    return (this.#cache ??= this.#collect());
  }

  #collect(): FieldCache {
    const fields: Field[] = [];
    const manyToMany: ManyToManyField[] = [];
    const inherit = (parent: ModelClass): void => {
      for (const field of parent._meta.fields) if (!fields.includes(field)) fields.push(field);
      for (const field of parent._meta.manyToMany) if (!manyToMany.includes(field)) manyToMany.push(field);
    };
    for (const parent of this.parents.keys()) inherit(parent);
    if (this.proxy && this.proxyForModel !== null) inherit(this.proxyForModel);
    fields.push(...this.localFields);
    manyToMany.push(...this.localManyToMany);
    const byName = new Map<string, Field>();
    const byAttname = new Map<string, Field>();
    for (const field of [...fields, ...manyToMany]) {
      byName.set(field.name, field);
      if (field.concrete) byAttname.set(field.attname, field);
    }
    for (const [attname, field] of byAttname) if (!byName.has(attname)) byName.set(attname, field);
    const localConcrete = this.localFields.filter((field) => field.concrete);
    const written = localConcrete.filter((field) => !field.generated);
    const auto = this.localFields.find((field) => /^(Big|Small)?AutoField$/.test(field.internalType));
    return {
      fields,
      manyToMany,
      concrete: fields.filter((field) => field.concrete),
      prepared: fields.filter((field) => field.prepareToSave !== undefined),
      localConcrete,
      written,
      writtenWithoutAuto: written.filter((field) => field !== auto),
      auto,
      byName,
      byAttname,
    };
  }

  #reverse(): ReadonlyMap<string, Relation> {
    return this.registry.reverseNames(this.model);
  }
}

interface FieldCache {
  readonly fields: readonly Field[];
  readonly manyToMany: readonly ManyToManyField[];
  readonly concrete: readonly Field[];
  readonly prepared: readonly Field[];
  readonly localConcrete: readonly Field[];
  readonly written: readonly Field[];
  readonly writtenWithoutAuto: readonly Field[];
  readonly auto: Field | undefined;
  readonly byName: ReadonlyMap<string, Field>;
  readonly byAttname: ReadonlyMap<string, Field>;
}

function normalizeTogether(given: MetaOptions["uniqueTogether"]): readonly (readonly string[])[] {
  if (given === undefined || given.length === 0) return [];
  return typeof given[0] === "string" ? [given as readonly string[]] : (given as readonly (readonly string[])[]);
}

/** Whether a found field is the reverse side of a relation. */
export function isReverse(field: AnyField): field is Relation {
  return !("attname" in field);
}

/** Whether a found field makes a relation itself. */
export function isRelationField(field: AnyField): field is RelationField {
  return "attname" in field && field.remoteField !== undefined;
}
