import type { ModelClass } from "../../models/model.ts";
import { localField } from "../../schema/columns.ts";
import type { SchemaEditor } from "../../schema/editor.ts";
import type { ProjectState } from "../state/project-state.ts";
import { NamedModelOperation } from "./named-model-operation.ts";
import { type DeconstructedOperation, Operation, type Reduction } from "./operation.ts";

/** Gives a model another name, and with it its table, unless that has a name of its own. */
export class RenameModel extends NamedModelOperation {
  override readonly sign = "~";
  readonly oldName: string;
  readonly newName: string;

  constructor({ oldName, newName }: { readonly oldName: string; readonly newName: string }) {
    super(oldName);
    this.oldName = oldName;
    this.newName = newName;
  }

  override stateForwards(appLabel: string, state: ProjectState): ProjectState {
    return state.renameModel(appLabel, this.oldName, this.newName);
  }

  override async databaseForwards(
    appLabel: string,
    editor: SchemaEditor,
    from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    await rename(editor, from.modelClass(appLabel, this.oldName), to.modelClass(appLabel, this.newName), to);
  }

  override async databaseBackwards(
    appLabel: string,
    editor: SchemaEditor,
    from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    await rename(editor, from.modelClass(appLabel, this.newName), to.modelClass(appLabel, this.oldName), to);
  }

  override referencesModel(name: string): boolean {
    return [this.oldName, this.newName].some((known) => known.toLowerCase() === name.toLowerCase());
  }

  override reduce(other: Operation, appLabel: string): Reduction {
    if (other instanceof RenameModel && other.isAbout(this.newName))
      return [new RenameModel({ oldName: this.oldName, newName: other.newName })];
    // What follows speaks of the new name, so the parent's question about the old one would be the wrong one.
    return Operation.prototype.reduce.call(this, other, appLabel) || !other.referencesModel(this.newName, appLabel);
  }

  override describe(): string {
    return `Rename model ${this.oldName} to ${this.newName}`;
  }

  override get nameFragment(): string {
    return `rename_${this.oldName.toLowerCase()}_${this.newName.toLowerCase()}`;
  }

  override deconstruct(): DeconstructedOperation {
    return { name: "RenameModel", options: { oldName: this.oldName, newName: this.newName } };
  }
}

async function rename(
  editor: SchemaEditor,
  oldModel: ModelClass,
  newModel: ModelClass,
  to: ProjectState,
): Promise<void> {
  if (!editor.allowsModel(newModel)) return;
  await editor.alterDbTable(newModel, oldModel._meta.dbTable, newModel._meta.dbTable);
  await repointRelated(editor, oldModel, newModel, to);
  await renameLinkTables(editor, oldModel, newModel);
}

/** Lets the columns that refer to the model follow it. */
async function repointRelated(
  editor: SchemaEditor,
  oldModel: ModelClass,
  newModel: ModelClass,
  to: ProjectState,
): Promise<void> {
  for (const { field } of oldModel._meta.relatedObjects) {
    const meta = field.model._meta;
    if (meta.autoCreated) continue;
    const model = field.model === oldModel ? newModel : to.modelClass(meta.appLabel, meta.objectName);
    await editor.alterField(model, field, localField(model, field.name));
  }
}

/** Renames the link tables whose names, and columns, are made from the model's name. */
async function renameLinkTables(editor: SchemaEditor, oldModel: ModelClass, newModel: ModelClass): Promise<void> {
  for (const newField of newModel._meta.localManyToMany) {
    const oldField = oldModel._meta.localManyToMany.find((field) => field.name === newField.name);
    // A relation of the model to itself has followed among those that refer to it.
    if (oldField === undefined || newField.remoteField.model === newModel) continue;
    await editor.alterField(newModel, oldField, newField);
  }
}
