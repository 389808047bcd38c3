import type { SchemaEditor } from "../../schema/editor.ts";
import type { ProjectState } from "../state/project-state.ts";
import { ModelOptionOperation } from "./model-option-operation.ts";
import type { DeconstructedOperation } from "./operation.ts";

/** Gives a model another table name; null stands for the one made from app and model. */
export class AlterModelTable extends ModelOptionOperation {
  readonly table: string | null;

  constructor({ name, table }: { readonly name: string; readonly table: string | null }) {
    super(name);
    this.table = table;
  }

  override stateForwards(appLabel: string, state: ProjectState): ProjectState {
    return state.alterOptions(appLabel, this.modelName, this.table === null ? {} : { dbTable: this.table }, [
      "dbTable",
    ]);
  }

  override async databaseForwards(
    appLabel: string,
    editor: SchemaEditor,
    from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    const newModel = to.modelClass(appLabel, this.modelName);
    if (!editor.allowsModel(newModel)) return;
    const oldModel = from.modelClass(appLabel, this.modelName);
    await editor.alterDbTable(newModel, oldModel._meta.dbTable, newModel._meta.dbTable);
    for (const newField of newModel._meta.localManyToMany) {
      const oldField = oldModel._meta.localManyToMany.find((field) => field.name === newField.name);
      const link = newField.remoteField.throughModel;
      if (oldField !== undefined && link._meta.autoCreated)
        await editor.alterDbTable(link, oldField.remoteField.throughModel._meta.dbTable, link._meta.dbTable);
    }
  }

  override databaseBackwards(
    appLabel: string,
    editor: SchemaEditor,
    from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    return this.databaseForwards(appLabel, editor, from, to);
  }

  override describe(): string {
    return `Rename table for ${this.modelName} to ${this.table ?? "(default)"}`;
  }

  override get nameFragment(): string {
    return `alter_${this.modelName.toLowerCase()}_table`;
  }

  override deconstruct(): DeconstructedOperation {
    return { name: "AlterModelTable", options: { name: this.modelName, table: this.table } };
  }
}
