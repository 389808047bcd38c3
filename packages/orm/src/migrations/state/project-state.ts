// What all models looked like at one point of the history, and how an operation makes the next point.

import type { Constraint } from "../../models/constraints/constraint.ts";
import { CompositePrimaryKey } from "../../fields/composite.ts";
import type { Field } from "../../fields/field.ts";
import type { Index } from "../../models/indexes.ts";
import type { ModelClass } from "../../models/model.ts";
import { InvalidMigrationState } from "../exceptions.ts";
import { repointField } from "./field-references.ts";
import { type ModelKey, modelKey } from "./model-key.ts";
import type { ModelState, StateManagers, StateOptions } from "./model-state.ts";
import { neighbourhood } from "./neighbourhood.ts";
import { Relations } from "./relations.ts";
import { StateApps, readSwap } from "./state-apps.ts";

/**
 * The models of a project at one point of the history. It never changes: each method that alters something gives a new
 * state, so that an operation can be handed the states before and after it. Answers to `ProjectState`.
 */
export class ProjectState {
  readonly models: ReadonlyMap<ModelKey, ModelState>;
  /** Labels of apps without migrations, whose models are taken as they are now. */
  readonly realApps: ReadonlySet<string>;
  #apps: StateApps | undefined;
  readonly #near = new Map<ModelKey, StateApps>();
  #relations: Relations | undefined;

  constructor(models: ReadonlyMap<ModelKey, ModelState> = new Map(), realApps: ReadonlySet<string> = new Set()) {
    this.models = models;
    this.realApps = realApps;
  }

  /** A state that holds these models. */
  static of(models: Iterable<ModelState>, realApps: ReadonlySet<string> = new Set()): ProjectState {
    return new ProjectState(new Map([...models].map((model) => [model.key, model])), realApps);
  }

  /** Working model classes of this state, made when they are first asked for. */
  get apps(): StateApps {
    this.#apps ??= new StateApps(this);
    return this.#apps;
  }

  /**
   * The class of one model, for changes of its table. Beside it there are the models that such a change can concern, and no
   * others; a program that asks for rows gets all models from `apps`.
   */
  modelClass(appLabel: string, name: string): ModelClass {
    if (this.#apps !== undefined) return this.#apps.getModel(appLabel, name);
    const key = modelKey(appLabel, name);
    let near = this.#near.get(key);
    if (near === undefined) {
      near = new StateApps(this, neighbourhood({ models: this.models, swap: readSwap }, key));
      this.#near.set(key, near);
    }
    return near.getModel(appLabel, name);
  }

  /** Which model refers to which. */
  get relations(): Relations {
    this.#relations ??= new Relations(this);
    return this.#relations;
  }

  has(appLabel: string, name: string): boolean {
    return this.models.has(modelKey(appLabel, name));
  }

  /** The model of that name, or an error that names those there are. */
  get(appLabel: string, name: string): ModelState {
    const model = this.models.get(modelKey(appLabel, name));
    if (model !== undefined) return model;
    const known = [...this.models.values()].filter((other) => other.appLabel === appLabel).map((other) => other.name);
    throw new InvalidMigrationState(
      `App '${appLabel}' has no model '${name}' at this point of its migrations. Its models are: ${known.join(", ") || "none"}.`,
    );
  }

  #with(model: ModelState): ProjectState {
    return new ProjectState(new Map(this.models).set(model.key, model), this.realApps);
  }

  #alter(appLabel: string, name: string, change: (model: ModelState) => ModelState): ProjectState {
    return this.#with(change(this.get(appLabel, name)));
  }

  // ---- models

  addModel(model: ModelState): ProjectState {
    if (this.models.has(model.key))
      throw new InvalidMigrationState(`Model ${model.label} exists already at this point of its migrations.`);
    return this.#with(model);
  }

  removeModel(appLabel: string, name: string): ProjectState {
    const models = new Map(this.models);
    models.delete(this.get(appLabel, name).key);
    return new ProjectState(models, this.realApps);
  }

  /** Renames a model, and points every relation and child at the new name. */
  renameModel(appLabel: string, oldName: string, newName: string): ProjectState {
    const old = this.get(appLabel, oldName);
    const renamed = `${appLabel}.${newName}`;
    const models = new Map<ModelKey, ModelState>();
    for (const model of this.models.values()) {
      const fields = new Map(
        [...model.fields].map(([name, field]) => [name, repointField(field, model.key, old.key, renamed)]),
      );
      const bases = model.bases.map((base) => (base.toLowerCase() === old.key ? renamed : base));
      const next = model.with({ fields, bases, name: model.key === old.key ? newName : model.name });
      models.set(next.key, next);
    }
    return new ProjectState(models, this.realApps);
  }

  /** Sets options; with `resettable`, those among them that are not given go back to their defaults. */
  alterOptions(
    appLabel: string,
    name: string,
    options: StateOptions,
    resettable: readonly string[] = [],
  ): ProjectState {
    const reset = Object.fromEntries(resettable.filter((key) => !(key in options)).map((key) => [key, undefined]));
    return this.#alter(appLabel, name, (model) => model.withOptions({ ...reset, ...options }));
  }

  alterManagers(appLabel: string, name: string, managers: StateManagers): ProjectState {
    return this.#alter(appLabel, name, (model) => model.with({ managers }));
  }

  // ---- indexes and constraints

  addIndex(appLabel: string, name: string, index: Index): ProjectState {
    return this.#alter(appLabel, name, (model) => model.withOptions({ indexes: [...model.indexes, index] }));
  }

  removeIndex(appLabel: string, name: string, index: string): ProjectState {
    return this.#alter(appLabel, name, (model) =>
      model.withOptions({ indexes: model.indexes.filter((known) => known.name !== index) }),
    );
  }

  replaceIndex(appLabel: string, name: string, index: string, replacement: Index): ProjectState {
    return this.#alter(appLabel, name, (model) =>
      model.withOptions({ indexes: model.indexes.map((known) => (known.name === index ? replacement : known)) }),
    );
  }

  addConstraint(appLabel: string, name: string, constraint: Constraint): ProjectState {
    return this.#alter(appLabel, name, (model) =>
      model.withOptions({ constraints: [...model.constraints, constraint] }),
    );
  }

  removeConstraint(appLabel: string, name: string, constraint: string): ProjectState {
    return this.#alter(appLabel, name, (model) =>
      model.withOptions({ constraints: model.constraints.filter((known) => known.name !== constraint) }),
    );
  }

  replaceConstraint(appLabel: string, name: string, constraint: string, replacement: Constraint): ProjectState {
    return this.#alter(appLabel, name, (model) =>
      model.withOptions({
        constraints: model.constraints.map((known) => (known.name === constraint ? replacement : known)),
      }),
    );
  }

  // ---- fields

  addField(appLabel: string, name: string, fieldName: string, field: Field): ProjectState {
    return this.#alter(appLabel, name, (model) => model.with({ fields: new Map(model.fields).set(fieldName, field) }));
  }

  removeField(appLabel: string, name: string, fieldName: string): ProjectState {
    return this.#alter(appLabel, name, (model) => {
      model.getField(fieldName);
      return model.with({ fields: new Map([...model.fields].filter(([key]) => key !== fieldName)) });
    });
  }

  alterField(appLabel: string, name: string, fieldName: string, field: Field): ProjectState {
    return this.#alter(appLabel, name, (model) => {
      model.getField(fieldName);
      return model.with({ fields: new Map(model.fields).set(fieldName, field) });
    });
  }

  /** Renames a field, in the options that name it and in the foreign keys that hold it, too. */
  renameField(appLabel: string, name: string, oldName: string, newName: string): ProjectState {
    const model = this.get(appLabel, name);
    model.getField(oldName);
    const fields = new Map(
      [...model.fields].map(([key, field]) => [
        key === oldName ? newName : key,
        field instanceof CompositePrimaryKey ? field.withRenamed(oldName, newName) : field,
      ]),
    );
    const renamed = model.with({ fields }).withOptions(renamedOptions(model.options, oldName, newName));
    const models = new Map(this.models).set(renamed.key, renamed);
    for (const other of models.values()) {
      const repointed = [...other.fields].map(
        ([key, field]) => [key, repointField(field, other.key, model.key, undefined, { oldName, newName })] as const,
      );
      if (repointed.some(([key, field]) => other.fields.get(key) !== field))
        models.set(other.key, other.with({ fields: new Map(repointed) }));
    }
    return new ProjectState(models, this.realApps);
  }
}

function renamedOptions(options: StateOptions, oldName: string, newName: string): StateOptions {
  const rename = (name: string): string => (name === oldName ? newName : name);
  return {
    ...(options.uniqueTogether && { uniqueTogether: options.uniqueTogether.map((names) => names.map(rename)) }),
    ...(options.orderWithRespectTo !== undefined && { orderWithRespectTo: rename(options.orderWithRespectTo) }),
  };
}
