// From a class with declared fields to a model: metadata, keys, links to parents, managers, accessors.

import { isConfigured, settings } from "@tsgo/core/conf";
import { FieldError, MultipleObjectsReturned, ObjectDoesNotExist } from "@tsgo/core/exceptions";

import { AutoField, BigAutoField, SmallAutoField } from "../fields/auto.ts";
import { CompositePrimaryKey } from "../fields/composite.ts";
import type { Field } from "../fields/field.ts";
import { OneToOneField } from "../fields/foreign-key.ts";
import type { RelationField } from "../fields/relation-field.ts";
import { variableName } from "../naming.ts";
import { addFieldMethods } from "./field-methods.ts";
import type { Constraint } from "./constraints/constraint.ts";
import type { Index } from "./indexes.ts";
import { Manager } from "./manager.ts";
import type { MetaOptions } from "./meta.ts";
import { ModelBase, type ModelClass } from "./model.ts";
import { Options } from "./options.ts";
import { addOrderField } from "./order-with-respect-to.ts";
import { CASCADE } from "./on-delete.ts";
import { type ModelRegistry, modelRegistry, takePending } from "./registry.ts";
import { connectRelation } from "./connect-relation.ts";
import { classPrepared } from "./signals.ts";

/** The key of the fields that a class declares, on the class that `Model()` or `extend()` made. */
export const DECLARED_FIELDS: unique symbol = Symbol.for("tsgo.orm.fields");

/** Fields by name. */
export type FieldMap = Readonly<Record<string, Field>>;

/** A class between a model and its parent, which declares fields. */
export interface Declared {
  readonly [DECLARED_FIELDS]?: FieldMap;
  readonly meta?: MetaOptions;
}

/** The names that no field can have. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([
  "constructor",
  "__proto__",
  "prototype",
  "then",
  "save",
  "delete",
  "toJSON",
  "toString",
  "clean",
  "pk",
  "_state",
  "_meta",
  "check",
]);

// Without settings (a tool, a test) keys have 64 bits.
function defaultAutoField(): string {
  return isConfigured() ? settings.DEFAULT_AUTO_FIELD : "BigAutoField";
}

/** What a model is made of when it is put together by a program rather than written as a class. */
export interface ModelDefinition {
  readonly fields: FieldMap;
  readonly meta?: MetaOptions;
  /** The class to extend: an abstract one, a parent table, or what a proxy stands for. */
  readonly base?: ModelClass | undefined;
  readonly managers?: Readonly<Record<string, Manager>>;
}

/**
 * Makes a model without a class statement: for migrations, tests and tools. An abstract one is made but not registered.
 *
 * @example defineModel(modelRegistry, "polls", "Question", { fields: { text: new CharField({ maxLength: 20 }) } });
 */
export function defineModel(
  registry: ModelRegistry,
  appLabel: string,
  name: string,
  definition: ModelDefinition,
): ModelClass {
  const base = (definition.base ?? ModelBase) as unknown as new () => ModelBase;
  const declared = class extends base {
    static readonly [DECLARED_FIELDS] = definition.fields;
  };
  const model = { [name]: class extends declared {} }[name] as unknown as ModelClass;
  Object.defineProperty(model, "meta", { value: definition.meta ?? {}, configurable: true });
  for (const [key, manager] of Object.entries(definition.managers ?? {}))
    Object.defineProperty(model, key, { value: manager, configurable: true, writable: true });
  if (definition.meta?.abstract !== true) registerModel(model, appLabel, registry);
  return model;
}

/** Makes the metadata of a model class and registers it. A class that was registered stays as it is. */
export function registerModel(model: ModelClass, appLabel: string, registry: ModelRegistry = modelRegistry): void {
  if (Object.hasOwn(model, "_meta")) return;
  const own = (Object.hasOwn(model, "meta") ? (model as Declared).meta : inheritedMeta(model)) ?? {};
  if (own.abstract === true) return;
  const parent = concreteParent(model);
  if (parent !== undefined && !Object.hasOwn(parent, "_meta")) {
    // Exports come in the order of the alphabet, so a child may be met before its parent.
    registry.whenRegistered(parent, model, () => {
      registerModel(model, appLabel, registry);
    });
    return;
  }
  prepare(model, own, own.appLabel ?? appLabel, registry, parent);
}

// An abstract parent's options are the child's, unless it has some of its own.
function inheritedMeta(model: ModelClass): MetaOptions | undefined {
  for (const ancestor of ancestors(model)) {
    if (!Object.hasOwn(ancestor, "meta")) continue;
    const meta = (ancestor as Declared).meta;
    if (meta?.abstract !== true) return undefined;
    const { abstract, ...rest } = meta;
    void abstract;
    return rest;
  }
  return undefined;
}

function* ancestors(model: ModelClass): Generator<ModelClass> {
  for (
    let current: unknown = Object.getPrototypeOf(model);
    typeof current === "function" && current !== ModelBase;
    current = Object.getPrototypeOf(current)
  )
    yield current as ModelClass;
}

function isAbstract(model: ModelClass): boolean {
  return Object.hasOwn(model, "meta") && (model as Declared).meta?.abstract === true;
}

// A class that declares fields is no model itself; the one that extends it is.
function isModelItself(model: ModelClass): boolean {
  return !Object.hasOwn(model, DECLARED_FIELDS);
}

function concreteParent(model: ModelClass): ModelClass | undefined {
  for (const ancestor of ancestors(model)) if (isModelItself(ancestor) && !isAbstract(ancestor)) return ancestor;
  return undefined;
}

function prepare(
  model: ModelClass,
  meta: MetaOptions,
  appLabel: string,
  registry: ModelRegistry,
  parent: ModelClass | undefined,
): void {
  const inherited = parent === undefined ? {} : inheritedOptions(parent._meta);
  const options = new Options(model, registry, appLabel, meta, inherited);
  Object.defineProperty(model, "_meta", { value: options, configurable: true });
  addExceptions(model, parent);
  const fields = declaredFields(model, parent);
  assertNames(options, fields, parent);
  if (options.proxy) prepareProxy(options, fields, parent);
  else {
    if (parent !== undefined) linkParent(options, fields, parent);
    addKey(fields, parent);
    for (const [name, field] of fields) field.contributeToClass(model, name);
    if (parent !== undefined) promoteLink(options);
    if (options.hasPk && options.pk instanceof CompositePrimaryKey) options.pk.checkFields();
  }
  addOrderField(options);
  addPartsOfTable(options, meta, parent);
  addManagers(options);
  registry.registerModel(model);
  for (const field of [...options.localFields, ...options.localManyToMany]) addFieldMethods(options, field);
  for (const field of [...options.localFields, ...options.localManyToMany])
    if (field.isRelation) connectRelation(field as RelationField, registry, defineModel);
  protectMethods(model);
  for (const complete of takePending(model)) complete(model);
  if (classPrepared.hasListeners(model)) classPrepared.send({ sender: model });
}

// Data from outside that has the name of a method (`Object.assign(user, data)`) must not take its place.
function protectMethods(model: ModelClass): void {
  for (const owner of [model, ...ancestors(model), ModelBase]) {
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(owner.prototype)))
      if (typeof property.value === "function" && property.configurable === true)
        Object.defineProperty(owner.prototype, name, { writable: false });
  }
}

function inheritedOptions(parent: Options): MetaOptions {
  return {
    ordering: parent.ordering,
    ...(parent.getLatestBy === undefined ? {} : { getLatestBy: parent.getLatestBy }),
    ...(parent.baseManagerName === undefined ? {} : { baseManagerName: parent.baseManagerName }),
    ...(parent.defaultManagerName === undefined ? {} : { defaultManagerName: parent.defaultManagerName }),
  };
}

function addExceptions(model: ModelClass, parent: ModelClass | undefined): void {
  const NotThere = parent?.DoesNotExist ?? ObjectDoesNotExist;
  const TooMany = parent?.MultipleObjectsReturned ?? MultipleObjectsReturned;
  Object.defineProperty(model, "DoesNotExist", { value: class DoesNotExist extends NotThere {}, configurable: true });
  Object.defineProperty(model, "MultipleObjectsReturned", {
    value: class MultipleObjectsReturned extends TooMany {},
    configurable: true,
  });
}

// The fields of the class and of the abstract classes above it, the highest first. Those of abstract ones are copied.
function declaredFields(model: ModelClass, parent: ModelClass | undefined): Map<string, Field> {
  const levels: FieldMap[] = [];
  let shared = false;
  for (const ancestor of [model, ...ancestors(model)]) {
    if (ancestor === parent) break;
    if (ancestor !== model && isModelItself(ancestor)) shared = true;
    if (!Object.hasOwn(ancestor, DECLARED_FIELDS)) continue;
    const own = (ancestor as Declared)[DECLARED_FIELDS] ?? {};
    levels.unshift(shared ? copied(own) : own);
  }
  const fields = new Map<string, Field>();
  for (const level of levels)
    for (const [name, field] of Object.entries(level))
      fields.set(name, field.model === undefined ? field : field.clone());
  return fields;
}

function copied(fields: FieldMap): FieldMap {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.clone()]));
}

function assertNames(options: Options, fields: ReadonlyMap<string, Field>, parent: ModelClass | undefined): void {
  for (const [name, field] of fields) {
    if (field instanceof CompositePrimaryKey) continue;
    if (RESERVED_NAMES.has(name))
      throw new FieldError(
        `${options.label}: a field cannot have the name '${name}', which every row or object has already.`,
      );
    if (!/^[A-Za-z_$][\w$]*$/.test(name) || name.includes("__") || name.endsWith("_"))
      throw new FieldError(`${options.label}: '${name}' cannot be the name of a field.`);
    if (parent?._meta.findField(name) !== undefined && parent._meta.fields.some((field) => field.name === name))
      throw new FieldError(
        `${options.label}: the field '${name}' clashes with the field of the same name in ${parent._meta.label}.`,
      );
  }
}

function prepareProxy(options: Options, fields: ReadonlyMap<string, Field>, parent: ModelClass | undefined): void {
  if (parent === undefined) throw new FieldError(`The proxy ${options.label} has no model to stand for.`);
  if (fields.size > 0) throw new FieldError(`The proxy ${options.label} cannot have fields.`);
  options.proxyForModel = parent;
  options.concreteModel = parent._meta.concreteModel;
  Object.assign(options, { dbTable: parent._meta.dbTable });
  for (const [ancestor, link] of parent._meta.parents) options.parents.set(ancestor, link);
  options.pk = parent._meta.pk;
}

function linkParent(options: Options, fields: Map<string, Field>, parent: ModelClass): void {
  const target = parent._meta.concreteModel;
  const given = [...fields].find(([, field]) => field instanceof OneToOneField && leadsTo(field, target, options));
  if (given !== undefined) {
    options.parents.set(target, given[1] as OneToOneField);
    return;
  }
  const name = `${variableName(target._meta.objectName)}Ptr`;
  const link = new OneToOneField(target, {
    onDelete: CASCADE,
    parentLink: true,
    autoCreated: true,
    dbColumn: `${target._meta.modelName}_ptr_id`,
  });
  options.parents.set(target, link);
  fields.set(name, link);
}

function leadsTo(field: OneToOneField, target: ModelClass, options: Options): boolean {
  const { to } = field;
  if (typeof to !== "string") return to === target;
  return options.registry.resolveLabel(to, options.model).toLowerCase() === target._meta.labelLower;
}

// A link to a parent is the key, where no other field is.
function promoteLink(options: Options): void {
  if (options.hasPk) return;
  const link = options.parents.values().next().value;
  if (link === null || link === undefined) return;
  Object.assign(link, { primaryKey: true });
  options.pk = link;
}

function addKey(fields: Map<string, Field>, parent: ModelClass | undefined): void {
  const keys = [...fields].filter(([, field]) => field.primaryKey);
  if (keys.length > 1 && keys.some(([, field]) => field instanceof CompositePrimaryKey))
    throw new FieldError(
      `A model has one primary key, and this one has ${keys.map(([name]) => `'${name}'`).join(" and ")}.`,
    );
  if (parent !== undefined || keys.length > 0) return;
  const id = { AutoField, BigAutoField, SmallAutoField }[defaultAutoField().split(/[.:]/).at(-1) ?? ""] ?? BigAutoField;
  const field = new id({ verboseName: "ID", autoCreated: true });
  const rest = [...fields];
  fields.clear();
  fields.set("id", field);
  for (const [name, other] of rest) fields.set(name, other);
}

function addPartsOfTable(options: Options, meta: MetaOptions, parent: ModelClass | undefined): void {
  const shared = [...ancestors(options.model)].some((ancestor) => ancestor !== parent && isAbstract(ancestor));
  const fill = (name: string): string =>
    name.replaceAll("%(class)s", options.modelName).replaceAll(/%\((?:appLabel|app_label)\)s/g, options.appLabel);
  options.indexes = (meta.indexes ?? []).map((index: Index) =>
    index.name === "" && !shared ? index.clone() : index.clone(index.name === "" ? {} : { name: fill(index.name) }),
  );
  for (const index of options.indexes) index.setNameWithModel(options.model);
  options.constraints = (meta.constraints ?? []).map((constraint: Constraint) =>
    shared ? constraint.clone({ name: fill(constraint.name) }) : constraint,
  );
}

// The managers of the class and of the classes above it, each copied so that it speaks for this model.
function addManagers(options: Options): void {
  const { model } = options;
  const found = new Map<string, Manager>();
  for (const owner of [...ancestors(model)].reverse().concat(model)) {
    const own = Object.entries(Object.getOwnPropertyDescriptors(owner)).filter(
      ([, property]) => property.value instanceof Manager,
    );
    if (own.length === 0) continue;
    // What a class declares comes before what it inherits, in the order of the declarations.
    if (owner === model || isAbstract(owner) || options.proxy) {
      const inherited = [...found];
      found.clear();
      for (const [name, property] of own) found.set(name, property.value as Manager);
      for (const [name, manager] of inherited) if (!found.has(name)) found.set(name, manager);
    }
  }
  if (found.size === 0) found.set("objects", new Manager());
  for (const [name, manager] of found) {
    const copy = manager.copy();
    copy.contributeToClass(model, name);
    options.managers.set(name, copy);
    Object.defineProperty(model, name, { value: copy, configurable: true, writable: true, enumerable: true });
  }
  const named = options.baseManagerName === undefined ? undefined : options.managers.get(options.baseManagerName);
  const base = named ?? new Manager();
  if (named === undefined) base.contributeToClass(model, "_baseManager");
  options.baseManager = base;
}
