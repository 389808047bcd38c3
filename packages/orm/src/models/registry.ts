// The models of a project, by app and name, and the relations that wait for one of them.

import { apps } from "@tsgo/core/apps";
import { AppRegistryNotReady } from "@tsgo/core/exceptions";
import { closest } from "@tsgo/utils/nearest-name";

import type { Field } from "../fields/field.ts";
import type { RelationField } from "../fields/relation-field.ts";
import { forgetShapes } from "../query/shapes/shape.ts";
import type { ModelReference, Relation } from "../fields/relation.ts";
import type { ModelClass } from "./model.ts";
import type { Options } from "./options.ts";

type Waiting = (model: ModelClass) => void;

/**
 * A set of models that refer to each other by name. The project's models live in `modelRegistry`; a migration builds sets of
 * its own for the past. Answers to the part of Django's `Apps` that concerns models.
 */
export class ModelRegistry {
  /** The longest name of a table that is made up; null without a bound. */
  readonly maxNameLength: number | null;
  readonly #models = new Map<string, ModelClass>();
  readonly #waiting = new Map<string, Waiting[]>();
  #related: Map<ModelClass, Relation[]> | undefined;
  #reverseNames = new Map<ModelClass, ReadonlyMap<string, Relation>>();
  #swaps: (setting: string) => string | undefined = () => undefined;

  constructor(options: { readonly maxNameLength?: number | null } = {}) {
    this.maxNameLength = options.maxNameLength ?? null;
  }

  /** Takes a model in, and completes the relations that waited for it. */
  registerModel(model: ModelClass): void {
    const key = model._meta.labelLower;
    this.#models.set(key, model);
    this.expireRelations();
    for (const other of this.#models.values()) other._meta.expireCache();
    const waiting = this.#waiting.get(key) ?? [];
    this.#waiting.delete(key);
    for (const complete of waiting) complete(model);
  }

  /** Forgets a model, so that another may take its place. */
  unregisterModel(label: string): void {
    this.#models.delete(label.toLowerCase());
    this.expireRelations();
  }

  /**
   * A model by `"polls.Question"`, or by app and name.
   *
   * @throws AppRegistryNotReady with the nearest name.
   */
  getModel(label: string, name?: string): ModelClass {
    const full = name === undefined ? label : `${label}.${name}`;
    const model = this.findModel(full);
    if (model !== undefined) return model;
    const hint = closest(
      full,
      [...this.#models.values()].map((known) => known._meta.label),
    );
    throw new AppRegistryNotReady(
      `No model named '${full}' is registered.${hint === undefined ? "" : ` Did you mean '${hint}'?`}`,
    );
  }

  findModel(label: string): ModelClass | undefined {
    return this.#models.get(label.toLowerCase());
  }

  /** All models, automatic link tables included. */
  getModels(appLabel?: string): ModelClass[] {
    const models = [...this.#models.values()];
    return appLabel === undefined ? models : models.filter((model) => model._meta.appLabel === appLabel);
  }

  /** Calls `complete` with the model that a reference names, at once or when it is registered. */
  whenRegistered(reference: ModelReference, from: ModelClass, complete: Waiting): void {
    if (typeof reference !== "string") {
      // A class may be given before its own registration.
      const label = registeredLabel(reference);
      if (label !== undefined) complete(reference);
      else pendingClasses(reference).push(complete);
      return;
    }
    const label = this.resolveLabel(reference, from);
    const model = this.findModel(label);
    if (model !== undefined) complete(model);
    else listIn(this.#waiting, label.toLowerCase()).push(complete);
  }

  /** The full label behind `"self"`, `"Question"` or the name of a swappable setting. */
  resolveLabel(reference: string, from: ModelClass): string {
    if (reference === "self") return from._meta.label;
    const swapped = this.#swaps(reference);
    if (swapped !== undefined) return swapped;
    return reference.includes(".") ? reference : `${from._meta.appLabel}.${reference}`;
  }

  /** The labels that something waits for. */
  pendingLabels(): string[] {
    return [...this.#waiting.keys()];
  }

  /** Tells how a swappable setting is read (`AUTH_USER_MODEL`). */
  setSwaps(read: (setting: string) => string | undefined): void {
    this.#swaps = read;
  }

  swappedFor(options: Options): string | null {
    if (options.swappable === undefined) return null;
    const label = this.#swaps(options.swappable);
    return label === undefined || label.toLowerCase() === options.labelLower ? null : label;
  }

  // ---- reverse relations

  /** The reverse sides of all relations that lead to a model or its parents. */
  relatedObjects(model: ModelClass): readonly Relation[] {
    this.#related ??= this.#collectRelated();
    const own = this.#related.get(model._meta.concreteModel) ?? [];
    const inherited = model._meta.concreteModel._meta
      .getParentList()
      .flatMap((parent) => this.#related?.get(parent._meta.concreteModel) ?? [])
      // A parent's link to its children is a relation of the parent alone.
      .filter((relation) => !relation.parentLink);
    return [...inherited, ...own];
  }

  /** The reverse sides of relations that lead to a model, by their names in queries. */
  reverseNames(model: ModelClass): ReadonlyMap<string, Relation> {
    const known = this.#reverseNames.get(model);
    if (known !== undefined) return known;
    const names = new Map(this.relatedObjects(model).map((relation) => [relation.field.relatedQueryName(), relation]));
    this.#reverseNames.set(model, names);
    return names;
  }

  expireRelations(): void {
    forgetShapes();
    this.#related = undefined;
    if (this.#reverseNames.size > 0) this.#reverseNames = new Map();
  }

  #collectRelated(): Map<ModelClass, Relation[]> {
    const related = new Map<ModelClass, Relation[]>();
    for (const model of this.#models.values()) {
      const { localFields, localManyToMany } = model._meta;
      for (const field of [...localFields, ...localManyToMany] as Field[]) {
        const relation = (field as RelationField).remoteField as Relation | undefined;
        if (relation === undefined || !relation.isResolved || model._meta.swapped !== null) continue;
        listIn(related, relation.model._meta.concreteModel).push(relation);
      }
    }
    return related;
  }
}

function listIn<K, V>(lists: Map<K, V[]>, key: K): V[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

const PENDING = Symbol("pending");
type Pending = ModelClass & { [PENDING]?: Waiting[] };

function pendingClasses(model: Pending): Waiting[] {
  if (!Object.hasOwn(model, PENDING)) model[PENDING] = [];
  return model[PENDING] as Waiting[];
}

/** What waits for this very class. The registration calls it once the class has its metadata. */
export function takePending(model: Pending): readonly Waiting[] {
  const waiting = Object.hasOwn(model, PENDING) ? (model[PENDING] ?? []) : [];
  delete model[PENDING];
  return waiting;
}

function registeredLabel(model: ModelClass): string | undefined {
  return Object.hasOwn(model, "_meta") ? model._meta.label : undefined;
}

type Shared = typeof globalThis & { [key: symbol]: ModelRegistry | undefined };
const KEY = Symbol.for("tsgo.orm.modelRegistry");

/** The models of the project, which the registry of applications knows too. */
class ProjectRegistry extends ModelRegistry {
  override registerModel(model: ModelClass): void {
    super.registerModel(model);
    const { autoCreated, appLabel, objectName } = model._meta;
    if (autoCreated === false) apps.registerModel(appLabel, objectName, model);
  }
}

/** The models of the project. Two copies of this package in a process share it. */
export const modelRegistry: ModelRegistry = ((globalThis as Shared)[KEY] ??= new ProjectRegistry());
