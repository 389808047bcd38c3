import type { Index } from "../../models/indexes.ts";
import type { SchemaEditor } from "../../schema/editor.ts";
import { InvalidMigrationState } from "../exceptions.ts";
import type { ProjectState } from "../state/project-state.ts";
import type { Hazard } from "./hazard.ts";
import { IndexOperation } from "./index-operation.ts";
import type { DeconstructedOperation, Operation, Reduction } from "./operation.ts";
import { RemoveIndex } from "./remove-index.ts";
import { RenameIndex } from "./rename-index.ts";

/** Adds an index to a model's table. */
export class AddIndex extends IndexOperation {
  override readonly sign = "+";
  readonly index: Index;

  constructor({ modelName, index }: { readonly modelName: string; readonly index: Index }) {
    super(modelName);
    if (index.name === "")
      throw new InvalidMigrationState(`AddIndex on ${modelName}: an index in a migration needs a name of its own.`);
    this.index = index;
  }

  override stateForwards(appLabel: string, state: ProjectState): ProjectState {
    return state.addIndex(appLabel, this.modelName, this.index);
  }

  override async databaseForwards(
    appLabel: string,
    editor: SchemaEditor,
    _from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    const model = to.modelClass(appLabel, this.modelName);
    if (editor.allowsModel(model)) await editor.addIndex(model, this.index);
  }

  override async databaseBackwards(appLabel: string, editor: SchemaEditor, from: ProjectState): Promise<void> {
    const model = from.modelClass(appLabel, this.modelName);
    if (editor.allowsModel(model)) await editor.removeIndex(model, this.index);
  }

  override reduce(other: Operation, appLabel: string): Reduction {
    const { modelName, index } = this;
    if (other instanceof RemoveIndex && other.isAboutModel(modelName) && other.name === index.name) return [];
    if (other instanceof RenameIndex && other.isAboutModel(modelName) && other.oldName === index.name)
      return [new AddIndex({ modelName, index: index.clone({ name: other.newName }) })];
    return super.reduce(other, appLabel);
  }

  override hazards(_appLabel: string, _from: ProjectState, _to: ProjectState, vendor: string): readonly Hazard[] {
    if (vendor !== "postgresql") return [];
    return [{ kind: "lock", detail: `no row of ${this.modelName} can be written while ${this.index.name} is built` }];
  }

  override describe(): string {
    const over = this.index.fields.length > 0 ? ` on field(s) ${this.index.fields.join(", ")}` : "";
    return `Create index ${this.index.name}${over} of model ${this.modelName}`;
  }

  override get nameFragment(): string {
    return `${this.modelName.toLowerCase()}_${this.index.name.toLowerCase()}`;
  }

  override deconstruct(): DeconstructedOperation {
    return { name: "AddIndex", options: { modelName: this.modelName, index: this.index } };
  }
}
