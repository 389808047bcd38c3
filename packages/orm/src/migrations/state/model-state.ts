// What a model looked like at one point of the history, as plain data.

import type { Constraint } from "../../models/constraints/constraint.ts";
import type { Field } from "../../fields/field.ts";
import type { Index } from "../../models/indexes.ts";
import type { Manager } from "../../models/manager.ts";
import { InvalidMigrationState } from "../exceptions.ts";
import { type ModelKey, modelKey } from "./model-key.ts";

/** The Meta options that a migration knows; others, such as permissions, are carried along. */
export interface StateOptions {
  readonly dbTable?: string;
  readonly dbTableComment?: string;
  readonly uniqueTogether?: readonly (readonly string[])[];
  readonly indexes?: readonly Index[];
  readonly constraints?: readonly Constraint[];
  readonly orderWithRespectTo?: string;
  readonly managed?: boolean;
  readonly proxy?: boolean;
  readonly swappable?: string;
  readonly [option: string]: unknown;
}

/** The managers that migrations may use, by name. The first is the default one. */
export type StateManagers = readonly (readonly [name: string, manager: Manager])[];

/** What a ModelState is made of. */
export interface ModelStateParts {
  readonly appLabel: string;
  readonly name: string;
  readonly fields: ReadonlyMap<string, Field>;
  readonly options?: StateOptions;
  /** Labels of the parent models, `["polls.Place"]`; empty for a plain model. */
  readonly bases?: readonly string[];
  readonly managers?: StateManagers;
}

/**
 * A model at one point of the history: its fields, unbound, and its options. It never changes; the methods that alter
 * something give a new one. Answers to `ModelState`.
 */
export class ModelState {
  readonly appLabel: string;
  readonly name: string;
  readonly fields: ReadonlyMap<string, Field>;
  readonly options: StateOptions;
  readonly bases: readonly string[];
  readonly managers: StateManagers;

  constructor({ appLabel, name, fields, options = {}, bases = [], managers = [] }: ModelStateParts) {
    this.appLabel = appLabel;
    this.name = name;
    this.fields = fields;
    this.options = options;
    this.bases = bases;
    this.managers = managers;
  }

  get key(): ModelKey {
    return modelKey(this.appLabel, this.name);
  }

  /** The label with the model's own spelling: `polls.Question`. */
  get label(): string {
    return `${this.appLabel}.${this.name}`;
  }

  /** The same model with some parts replaced. */
  with(changes: Partial<ModelStateParts>): ModelState {
    const { appLabel, name, fields, options, bases, managers } = this;
    return new ModelState({ appLabel, name, fields, options, bases, managers, ...changes });
  }

  /** The same model with options set; an option set to undefined is taken away. */
  withOptions(changes: StateOptions): ModelState {
    const options: Record<string, unknown> = { ...this.options, ...changes };
    for (const [key, value] of Object.entries(options)) if (value === undefined) delete options[key];
    return this.with({ options });
  }

  /** The field of that name, or an error that names those there are. */
  getField(name: string): Field {
    const field = this.fields.get(name);
    if (field === undefined)
      throw new InvalidMigrationState(
        `Model ${this.label} has no field '${name}' at this point of its migrations. ` +
          `Its fields are: ${[...this.fields.keys()].join(", ") || "none"}.`,
      );
    return field;
  }

  get indexes(): readonly Index[] {
    return this.options.indexes ?? [];
  }

  get constraints(): readonly Constraint[] {
    return this.options.constraints ?? [];
  }

  get managed(): boolean {
    return this.options.managed ?? true;
  }

  get isProxy(): boolean {
    return this.options.proxy ?? false;
  }

  /** The index of that name, or an error. */
  getIndex(name: string): Index {
    return this.#named(this.indexes, name, "index");
  }

  /** The constraint of that name, or an error. */
  getConstraint(name: string): Constraint {
    return this.#named(this.constraints, name, "constraint");
  }

  #named<T extends { readonly name: string }>(list: readonly T[], name: string, kind: string): T {
    const found = list.find((item) => item.name === name);
    if (found === undefined)
      throw new InvalidMigrationState(
        `Model ${this.label} has no ${kind} named '${name}' at this point of its migrations. ` +
          `It has: ${list.map((item) => item.name).join(", ") || "none"}.`,
      );
    return found;
  }
}
