// One file of the folder `migrations`: what it depends on, and what it does.

import type { MigrationKey } from "./graph.ts";
import type { Operation } from "./operations/operation.ts";
import type { ProjectState } from "./state/project-state.ts";

/** A dependency on the app of the model that a setting names, such as AUTH_USER_MODEL. */
export interface SwappableDependency {
  readonly setting: string;
}

/** What a migration comes after: another migration, or `"__first__"` or `"__latest__"` of an app. */
export type MigrationDependency = MigrationKey | SwappableDependency;

const MIGRATION_MARK = Symbol.for("tsgo.migrations.Migration");

/** Whether a value is a migration. */
export function isMigration(value: unknown): value is Migration {
  return typeof value === "object" && value !== null && MIGRATION_MARK in value;
}

/** The dependency on the app whose model a setting names: `swappableDependency("AUTH_USER_MODEL")`. */
export function swappableDependency(setting: string): SwappableDependency {
  return { setting };
}

/** What a migration file says. */
export interface MigrationDefinition {
  readonly operations: readonly Operation[];
  /** The migrations to apply before this one. */
  readonly dependencies?: readonly MigrationDependency[];
  /** The migrations to apply after this one, though they do not say so themselves. */
  readonly runBefore?: readonly MigrationKey[];
  /** The migrations that this one, being a squashed one, stands for. */
  readonly replaces?: readonly MigrationKey[];
  /** True for one that makes the first tables of its app, so that `--fake-initial` may look for them. */
  readonly initial?: boolean;
  /** False runs it without a transaction, as some statements of PostgreSQL demand. */
  readonly atomic?: boolean;
}

/** The longest name that is made of the operations alone; what follows becomes `and_more`. */
const LONGEST_SUGGESTION = 52;

/**
 * A migration: the default export of a file in an app's folder `migrations`. Its address is that of the file. Answers to
 * `Migration`.
 *
 * @example
 * export default new migrations.Migration({
 *   dependencies: [["polls", "0001_initial"]],
 *   operations: [new migrations.RemoveField({ modelName: "Question", name: "pubDate" })],
 * });
 */
export class Migration {
  /** Known by this mark, where two copies of the package are in a process. */
  readonly [MIGRATION_MARK] = true;
  readonly appLabel: string;
  readonly name: string;
  readonly operations: readonly Operation[];
  readonly dependencies: readonly MigrationDependency[];
  readonly runBefore: readonly MigrationKey[];
  readonly replaces: readonly MigrationKey[];
  readonly initial: boolean | undefined;
  readonly atomic: boolean;

  constructor(definition: MigrationDefinition, [appLabel, name]: MigrationKey = ["", ""]) {
    this.appLabel = appLabel;
    this.name = name;
    this.operations = definition.operations;
    this.dependencies = definition.dependencies ?? [];
    this.runBefore = definition.runBefore ?? [];
    this.replaces = definition.replaces ?? [];
    this.initial = definition.initial;
    this.atomic = definition.atomic ?? true;
  }

  get key(): MigrationKey {
    return [this.appLabel, this.name];
  }

  /** The same migration at an address: what the loader makes of a file's export. */
  at(key: MigrationKey): Migration {
    return this.with({ key });
  }

  /** The same migration with some parts replaced. */
  with(changes: Partial<MigrationDefinition> & { readonly key?: MigrationKey; readonly name?: string }): Migration {
    const { operations, dependencies, runBefore, replaces, initial, atomic } = this;
    const { name = this.name, key = [this.appLabel, name], ...rest } = changes;
    const definition = {
      operations,
      dependencies,
      runBefore,
      replaces,
      atomic,
      ...(initial !== undefined && { initial }),
    };
    return new Migration({ ...definition, ...rest }, key);
  }

  /** The state after the migration. */
  mutateState(state: ProjectState): ProjectState {
    return this.operations.reduce((before, operation) => operation.stateForwards(this.appLabel, before), state);
  }

  /** A name made of the operations, without its number; undefined where one of them suggests nothing. */
  suggestName(): string | undefined {
    if (this.initial === true) return "initial";
    const fragments = this.operations.map((operation) => operation.nameFragment?.replaceAll(/[^\p{L}\p{N}_]+/gu, "_"));
    const [first, ...others] = fragments;
    if (first === undefined) return undefined;
    let name = first;
    for (const fragment of others) {
      if (fragment === undefined) return undefined;
      const longer = `${name}_${fragment}`;
      if (longer.length > LONGEST_SUGGESTION) return fragments.includes(undefined) ? undefined : `${name}_and_more`;
      name = longer;
    }
    return name;
  }
}

/** Whether a dependency is on the model that a setting names. */
export function isSwappable(dependency: MigrationDependency): dependency is SwappableDependency {
  return "setting" in dependency;
}
