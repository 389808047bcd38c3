import { columnName } from "../../naming.ts";
import { localField } from "../../schema/columns.ts";
import type { SchemaEditor } from "../../schema/editor.ts";
import type { ProjectState } from "../state/project-state.ts";
import { FieldOperation } from "./field-operation.ts";
import { type DeconstructedOperation, Operation, type Reduction } from "./operation.ts";

/** Gives a field another name, and with it its column, unless that has a name of its own. */
export class RenameField extends FieldOperation {
  override readonly sign = "~";
  readonly oldName: string;
  readonly newName: string;

  constructor(options: { readonly modelName: string; readonly oldName: string; readonly newName: string }) {
    super(options.modelName, options.oldName);
    this.oldName = options.oldName;
    this.newName = options.newName;
  }

  override stateForwards(appLabel: string, state: ProjectState): ProjectState {
    return state.renameField(appLabel, this.modelName, this.oldName, this.newName);
  }

  override databaseForwards(
    appLabel: string,
    editor: SchemaEditor,
    from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    return this.#rename(appLabel, editor, from, to, this.oldName, this.newName);
  }

  override databaseBackwards(
    appLabel: string,
    editor: SchemaEditor,
    from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    return this.#rename(appLabel, editor, from, to, this.newName, this.oldName);
  }

  async #rename(
    appLabel: string,
    editor: SchemaEditor,
    from: ProjectState,
    to: ProjectState,
    oldName: string,
    newName: string,
  ): Promise<void> {
    const newModel = to.modelClass(appLabel, this.modelName);
    if (!editor.allowsModel(newModel)) return;
    const oldModel = from.modelClass(appLabel, this.modelName);
    await editor.alterField(oldModel, localField(oldModel, oldName), localField(newModel, newName));
  }

  override referencesField(modelName: string, fieldName: string, appLabel: string): boolean {
    return this.referencesModel(modelName, appLabel) && (fieldName === this.oldName || fieldName === this.newName);
  }

  override reduce(other: Operation, appLabel: string): Reduction {
    const { modelName, oldName, newName } = this;
    if (other instanceof RenameField && this.isSameModel(other) && newName === other.oldName)
      return [new RenameField({ modelName, oldName, newName: other.newName })];
    // What follows may speak of either name, so the parent's question about the old one alone would not do.
    return (
      Operation.prototype.reduce.call(this, other, appLabel) ||
      [oldName, newName].every((name) => !other.referencesField(modelName, name, appLabel))
    );
  }

  override describe(): string {
    return `Rename field ${this.oldName} on ${this.modelName} to ${this.newName}`;
  }

  override get nameFragment(): string {
    return `rename_${columnName(this.oldName)}_${this.modelName.toLowerCase()}_${columnName(this.newName)}`;
  }

  override deconstruct(): DeconstructedOperation {
    const { modelName, oldName, newName } = this;
    return { name: "RenameField", options: { modelName, oldName, newName } };
  }
}
