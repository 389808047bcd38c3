import type { SchemaEditor } from "../../schema/editor.ts";
import type { ProjectState } from "../state/project-state.ts";
import { ModelOptionOperation } from "./model-option-operation.ts";
import type { DeconstructedOperation } from "./operation.ts";

/** Sets the comment that the database keeps for a table; null takes it away. */
export class AlterModelTableComment extends ModelOptionOperation {
  readonly tableComment: string | null;

  constructor({ name, tableComment }: { readonly name: string; readonly tableComment: string | null }) {
    super(name);
    this.tableComment = tableComment;
  }

  override stateForwards(appLabel: string, state: ProjectState): ProjectState {
    return state.alterOptions(
      appLabel,
      this.modelName,
      this.tableComment === null ? {} : { dbTableComment: this.tableComment },
      ["dbTableComment"],
    );
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
    await editor.alterDbTableComment(newModel, oldModel._meta.dbTableComment, newModel._meta.dbTableComment);
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
    return `Alter ${this.modelName} table comment`;
  }

  override get nameFragment(): string {
    return `alter_${this.modelName.toLowerCase()}_table_comment`;
  }

  override deconstruct(): DeconstructedOperation {
    return { name: "AlterModelTableComment", options: { name: this.modelName, tableComment: this.tableComment } };
  }
}
