import type { StateManagers } from "../state/model-state.ts";
import type { ProjectState } from "../state/project-state.ts";
import { ModelOptionOperation } from "./model-option-operation.ts";
import type { DeconstructedOperation } from "./operation.ts";

/** Sets the managers that later migrations find on a model. */
export class AlterModelManagers extends ModelOptionOperation {
  readonly managers: StateManagers;

  constructor({ name, managers }: { readonly name: string; readonly managers: StateManagers }) {
    super(name);
    this.managers = managers;
  }

  override stateForwards(appLabel: string, state: ProjectState): ProjectState {
    return state.alterManagers(appLabel, this.modelName, this.managers);
  }

  override databaseForwards(): void {}

  override databaseBackwards(): void {}

  override describe(): string {
    return `Change managers on ${this.modelName}`;
  }

  override get nameFragment(): string {
    return `alter_${this.modelName.toLowerCase()}_managers`;
  }

  override deconstruct(): DeconstructedOperation {
    return { name: "AlterModelManagers", options: { name: this.modelName, managers: this.managers } };
  }
}
