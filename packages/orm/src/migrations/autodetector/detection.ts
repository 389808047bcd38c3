// What the steps of the autodetector share: the two states, what is known to be renamed, and the operations found so far.

import { columnName } from "../../naming.ts";
import type { Operation } from "../operations/operation.ts";
import { sameDefinition } from "../state/definition.ts";
import { type ModelKey, splitModelKey } from "../state/model-key.ts";
import type { ModelState } from "../state/model-state.ts";
import type { ProjectState } from "../state/project-state.ts";
import type { Questioner } from "../questioner/questioner.ts";
import type { OperationDependency, PlannedOperation } from "./dependency.ts";

/** The models of one state by kind. */
interface KeySets {
  readonly models: Set<ModelKey>;
  readonly proxies: Set<ModelKey>;
  readonly unmanaged: Set<ModelKey>;
}

/** A field by model and name. */
export interface FieldKey {
  readonly model: ModelKey;
  readonly name: string;
}

/** The work in progress of one run of the autodetector. */
export class Detection {
  readonly from: ProjectState;
  readonly to: ProjectState;
  readonly questioner: Questioner;
  /** Operations by app, in the order they are found; they are sorted later. */
  readonly operations = new Map<string, PlannedOperation[]>();
  readonly old: KeySets;
  readonly new: KeySets;
  /** The old address of a renamed model by its new one. */
  readonly renamedModels = new Map<ModelKey, ModelKey>();
  /** The old name of a renamed field by its new place. */
  readonly renamedFields = new Map<string, string>();
  /** The field with `through` that used a link model of the user's own, by that model. */
  readonly throughUsers = new Map<ModelKey, FieldKey>();
  /** Fields of the models that stay, as they were and as they are; a renamed one counts as it is. */
  oldFields: FieldKey[] = [];
  newFields: FieldKey[] = [];

  constructor(from: ProjectState, to: ProjectState, questioner: Questioner, convertedApps: ReadonlySet<string>) {
    this.from = from;
    this.to = to;
    this.questioner = questioner;
    this.old = keySets(from, (appLabel) => !from.realApps.has(appLabel));
    this.new = keySets(to, (appLabel) => !from.realApps.has(appLabel) || convertedApps.has(appLabel));
  }

  /** Notes an operation. `first` puts it before all others of its app. */
  add(model: ModelKey, operation: Operation, dependencies: readonly OperationDependency[] = [], first = false): void {
    const [appLabel] = splitModelKey(model);
    const planned = this.operations.get(appLabel) ?? [];
    this.operations.set(appLabel, planned);
    if (first) planned.unshift({ operation, dependencies });
    else planned.push({ operation, dependencies });
  }

  /** The address that a model had before it was renamed. */
  oldKey(model: ModelKey): ModelKey {
    return this.renamedModels.get(model) ?? model;
  }

  /** The model as it was; `model` is its address now. */
  oldModel(model: ModelKey): ModelState {
    return existing(this.from, this.oldKey(model));
  }

  newModel(model: ModelKey): ModelState {
    return existing(this.to, model);
  }

  /** The models with a table that are in both states. */
  get keptModels(): ModelKey[] {
    return sortedKeys(intersection(this.old.models, this.new.models));
  }

  get keptProxies(): Set<ModelKey> {
    return intersection(this.old.proxies, this.new.proxies);
  }

  get keptUnmanaged(): Set<ModelKey> {
    return intersection(this.old.unmanaged, this.new.unmanaged);
  }

  /** The name that a field had before it was renamed. */
  oldFieldName(model: ModelKey, name: string): string {
    return this.renamedFields.get(fieldText({ model, name })) ?? name;
  }
}

function existing(state: ProjectState, key: ModelKey): ModelState {
  return state.get(...splitModelKey(key));
}

function keySets(state: ProjectState, counts: (appLabel: string) => boolean): KeySets {
  const sets: KeySets = { models: new Set(), proxies: new Set(), unmanaged: new Set() };
  for (const model of state.models.values()) {
    if (!model.managed) sets.unmanaged.add(model.key);
    else if (counts(model.appLabel)) (model.isProxy ? sets.proxies : sets.models).add(model.key);
  }
  return sets;
}

/** A field's place as a text. */
export function fieldText({ model, name }: FieldKey): string {
  return `${model}.${name}`;
}

/** The order of addresses. */
export function sortedKeys(keys: Iterable<ModelKey>): ModelKey[] {
  return [...keys].toSorted();
}

/** The order of fields: by model, then by the name that their columns are made of. */
export function sortedFields(fields: Iterable<FieldKey>): FieldKey[] {
  return [...fields].toSorted((a, b) => compareTexts(a.model, b.model) || compareNames(a.name, b.name));
}

/** The order of field names, as if they were written with underscores. */
export function compareNames(a: string, b: string): number {
  return compareTexts(columnName(a), columnName(b)) || compareTexts(a, b);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The fields of `all` that are not among `others`. */
export function withoutFields(all: readonly FieldKey[], others: readonly FieldKey[]): FieldKey[] {
  const known = new Set(others.map(fieldText));
  return sortedFields(all.filter((field) => !known.has(fieldText(field))));
}

/** The members that both sets have. */
export function intersection<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): Set<T> {
  return new Set([...a].filter((member) => b.has(member)));
}

/** The members that no other set has. */
export function difference<T>(a: ReadonlySet<T>, ...others: ReadonlySet<T>[]): Set<T> {
  return new Set([...a].filter((member) => !others.some((other) => other.has(member))));
}

/** The members of `list` that no member of `others` is defined like. */
export function withoutAlike<T>(list: readonly T[], others: readonly T[]): T[] {
  return list.filter((member) => !others.some((other) => sameDefinition(member, other)));
}
