// What every step of a migration can do: change the state, change the database, and be merged with its neighbours.

import type { SchemaEditor } from "../../schema/editor.ts";
import type { ProjectState } from "../state/project-state.ts";
import type { Hazard } from "./hazard.ts";

/** The sign in front of an operation in lists: it adds, takes away, alters, runs SQL or runs a program. */
export type OperationSign = "+" | "-" | "~" | "s" | "t";

/** An operation as the writer prints it: its name under `migrations` and the options it is made with. */
export interface DeconstructedOperation {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What reducing an operation with a later one gives: both replaced by these, or whether it may be moved past it. */
export type Reduction = readonly Operation[] | boolean;

/**
 * One step of a migration. Answers to `Operation`.
 *
 * An operation of your own extends this class; `stateForwards` says what it does to the models, the two database methods
 * what it does to the tables.
 */
export abstract class Operation {
  /** The reference of the class of an operation that is not built in, for migrations: `"tsgo/contrib/postgres:CreateExtension"`. */
  static readonly reference: string | undefined = undefined;

  /** False for an operation that cannot be taken back. */
  get reversible(): boolean {
    return true;
  }

  /** False for an operation that no SQL script can stand for. */
  get reducesToSql(): boolean {
    return true;
  }

  /** True for an operation that wants a transaction although its migration has none. */
  get atomic(): boolean {
    return false;
  }

  /** True for an operation that may be left out when migrations are squashed. */
  get elidable(): boolean {
    return false;
  }

  /** The sign in front of the operation in lists. */
  abstract readonly sign: OperationSign;

  /** The state after the operation. */
  abstract stateForwards(appLabel: string, state: ProjectState): ProjectState;

  /** Changes the database from the state `from` to the state `to`. */
  abstract databaseForwards(
    appLabel: string,
    editor: SchemaEditor,
    from: ProjectState,
    to: ProjectState,
  ): void | Promise<void>;

  /** Undoes it: `from` is the state after the operation, `to` the one before. */
  abstract databaseBackwards(
    appLabel: string,
    editor: SchemaEditor,
    from: ProjectState,
    to: ProjectState,
  ): void | Promise<void>;

  /** What it does, in a few words. */
  abstract describe(): string;

  /** What it adds to the name of a migration; undefined where a time stamp has to do. */
  get nameFragment(): string | undefined {
    return undefined;
  }

  /** What may go wrong for a database in use when this runs; nothing for most operations. */
  hazards(_appLabel: string, _from: ProjectState, _to: ProjectState, _vendor: string): readonly Hazard[] {
    return [];
  }

  /** The same for taking the operation back: `from` is the state after it, `to` the one before it. */
  hazardsBackwards(_appLabel: string, _from: ProjectState, _to: ProjectState, _vendor: string): readonly Hazard[] {
    return [];
  }

  /** Name and options, for the writer. */
  abstract deconstruct(): DeconstructedOperation;

  /** Whether the operation has to do with a model; true where that is not known. */
  referencesModel(_name: string, _appLabel: string): boolean {
    return true;
  }

  /** Whether the operation has to do with a field of a model. */
  referencesField(modelName: string, _fieldName: string, appLabel: string): boolean {
    return this.referencesModel(modelName, appLabel);
  }

  /**
   * Tries to merge with the operation `other`, which comes later. A list takes the place of both; true says that `other`
   * may come before this one as well; false says neither.
   */
  reduce(other: Operation, _appLabel: string): Reduction {
    if (this.elidable) return [other];
    if (other.elidable) return [this];
    return false;
  }
}
