import type { StateOptions } from "../state/model-state.ts";
import type { ProjectState } from "../state/project-state.ts";
import { ModelOptionOperation } from "./model-option-operation.ts";
import type { DeconstructedOperation } from "./operation.ts";

/** The options that no table shows, and that this operation sets or puts back to their defaults. */
export const ALTERABLE_OPTIONS: readonly string[] = [
  "baseManagerName",
  "defaultManagerName",
  "defaultRelatedName",
  "getLatestBy",
  "managed",
  "ordering",
  "permissions",
  "defaultPermissions",
  "selectOnSave",
  "verboseName",
  "verboseNamePlural",
];

/** Sets all those options of a model that do not reach the database; one that is left out gets its default again. */
export class AlterModelOptions extends ModelOptionOperation {
  readonly options: StateOptions;

  constructor(options: { readonly name: string; readonly options: StateOptions }) {
    super(options.name);
    this.options = options.options;
  }

  override stateForwards(appLabel: string, state: ProjectState): ProjectState {
    return state.alterOptions(appLabel, this.modelName, this.options, ALTERABLE_OPTIONS);
  }

  override databaseForwards(): void {}

  override databaseBackwards(): void {}

  override describe(): string {
    return `Change Meta options on ${this.modelName}`;
  }

  override get nameFragment(): string {
    return `alter_${this.modelName.toLowerCase()}_options`;
  }

  override deconstruct(): DeconstructedOperation {
    return { name: "AlterModelOptions", options: { name: this.modelName, options: this.options } };
  }
}
