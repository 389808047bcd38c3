import type { SchemaEditor } from "../../schema/editor.ts";
import type { ProjectState } from "../state/project-state.ts";
import { IndexOperation } from "./index-operation.ts";
import type { DeconstructedOperation } from "./operation.ts";

/** Drops a constraint of a model's table. */
export class RemoveConstraint extends IndexOperation {
  override readonly sign = "-";
  readonly name: string;

  constructor({ modelName, name }: { readonly modelName: string; readonly name: string }) {
    super(modelName);
    this.name = name;
  }

  override stateForwards(appLabel: string, state: ProjectState): ProjectState {
    return state.removeConstraint(appLabel, this.modelName, this.name);
  }

  override async databaseForwards(
    appLabel: string,
    editor: SchemaEditor,
    from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    const model = to.modelClass(appLabel, this.modelName);
    if (editor.allowsModel(model))
      await editor.removeConstraint(model, from.get(appLabel, this.modelName).getConstraint(this.name));
  }

  override async databaseBackwards(
    appLabel: string,
    editor: SchemaEditor,
    _from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    const model = to.modelClass(appLabel, this.modelName);
    if (editor.allowsModel(model))
      await editor.addConstraint(model, to.get(appLabel, this.modelName).getConstraint(this.name));
  }

  override describe(): string {
    return `Remove constraint ${this.name} from model ${this.modelName}`;
  }

  override get nameFragment(): string {
    return `remove_${this.modelName.toLowerCase()}_${this.name.toLowerCase()}`;
  }

  override deconstruct(): DeconstructedOperation {
    return { name: "RemoveConstraint", options: { modelName: this.modelName, name: this.name } };
  }
}
