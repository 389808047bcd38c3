import type { SchemaEditor } from "../../schema/editor.ts";
import type { ProjectState } from "../state/project-state.ts";
import type { Hazard } from "./hazard.ts";
import { NamedModelOperation } from "./named-model-operation.ts";
import type { DeconstructedOperation } from "./operation.ts";

/** Drops a model and its table. */
export class DeleteModel extends NamedModelOperation {
  override readonly sign = "-";

  constructor(options: { readonly name: string }) {
    super(options.name);
  }

  override stateForwards(appLabel: string, state: ProjectState): ProjectState {
    return state.removeModel(appLabel, this.modelName);
  }

  override async databaseForwards(appLabel: string, editor: SchemaEditor, from: ProjectState): Promise<void> {
    const model = from.modelClass(appLabel, this.modelName);
    if (editor.allowsModel(model)) await editor.deleteModel(model);
  }

  override async databaseBackwards(
    appLabel: string,
    editor: SchemaEditor,
    _from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    const model = to.modelClass(appLabel, this.modelName);
    if (editor.allowsModel(model)) await editor.createModel(model);
  }

  // The model may hold keys to the one asked about, which only the state could tell.
  override referencesModel(): boolean {
    return true;
  }

  override hazards(appLabel: string, from: ProjectState): readonly Hazard[] {
    const { managed, isProxy } = from.get(appLabel, this.modelName);
    if (!managed || isProxy) return [];
    const table = from.modelClass(appLabel, this.modelName)._meta.dbTable;
    return [{ kind: "data-loss", detail: `drops the table ${table} with all its rows` }];
  }

  override describe(): string {
    return `Delete model ${this.modelName}`;
  }

  override get nameFragment(): string {
    return `delete_${this.modelName.toLowerCase()}`;
  }

  override deconstruct(): DeconstructedOperation {
    return { name: "DeleteModel", options: { name: this.modelName } };
  }
}
