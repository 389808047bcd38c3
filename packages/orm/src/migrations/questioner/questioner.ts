// What a program cannot find out by itself about a change of the models.

import type { Field } from "../../fields/field.ts";
import type { ModelState } from "../state/model-state.ts";

/** A value for rows that have none; an object, so that null and undefined can be told apart from "no answer". */
export interface Answer {
  readonly value: unknown;
}

/** Answers the questions of the autodetector. */
export interface Questioner {
  /** Whether an app without migrations is to get its first. */
  askInitial(appLabel: string): boolean | Promise<boolean>;
  /** Whether a model is another one with a new name. */
  askRenameModel(oldModel: ModelState, newModel: ModelState): boolean | Promise<boolean>;
  /** Whether a field is another one with a new name. */
  askRenameField(model: ModelState, oldName: string, newName: string, field: Field): boolean | Promise<boolean>;
  /** The value that the rows get in a new column that has no default and takes no NULL. */
  askNotNullAddition(model: ModelState, name: string, field: Field): unknown;
  /** The value for the rows with NULL in a column that is to take none; undefined leaves them as they are. */
  askNotNullAlteration(model: ModelState, name: string, field: Field): Answer | undefined | Promise<Answer | undefined>;
  /** The value that the rows get in a new column for the time of their creation. */
  askAutoNowAddAddition(model: ModelState, name: string, field: Field): unknown;
  /** Whether to go on with a unique column whose default is made by a function, which is called only once. */
  askUniqueCallableDefaultAddition(model: ModelState, name: string): void | Promise<void>;
  /** Whether the migrations that several leaf nodes stand for may be merged. */
  askMerge(appLabel: string): boolean | Promise<boolean>;
}
