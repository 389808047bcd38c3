import { Index } from "../../models/indexes.ts";
import type { SchemaEditor } from "../../schema/editor.ts";
import { InvalidMigrationState } from "../exceptions.ts";
import type { ProjectState } from "../state/project-state.ts";
import { IndexOperation } from "./index-operation.ts";
import type { DeconstructedOperation, Operation, Reduction } from "./operation.ts";

/** Names an index either by its old name, or by the fields of one that was never given a name. */
export interface RenameIndexOptions {
  readonly modelName: string;
  readonly newName: string;
  readonly oldName?: string;
  readonly oldFields?: readonly string[];
}

/** Gives an index another name, without building it again where the database can. */
export class RenameIndex extends IndexOperation {
  override readonly sign = "~";
  readonly newName: string;
  readonly oldName: string | undefined;
  readonly oldFields: readonly string[] | undefined;

  constructor({ modelName, newName, oldName, oldFields }: RenameIndexOptions) {
    super(modelName);
    if ((oldName === undefined) === (oldFields === undefined))
      throw new InvalidMigrationState(`RenameIndex to ${newName}: give either oldName or oldFields.`);
    this.newName = newName;
    this.oldName = oldName;
    this.oldFields = oldFields;
  }

  override stateForwards(appLabel: string, state: ProjectState): ProjectState {
    if (this.oldFields !== undefined)
      return state.addIndex(appLabel, this.modelName, new Index({ fields: this.oldFields, name: this.newName }));
    const index = state.get(appLabel, this.modelName).getIndex(this.oldName ?? "");
    return state.replaceIndex(appLabel, this.modelName, index.name, index.clone({ name: this.newName }));
  }

  override async databaseForwards(
    appLabel: string,
    editor: SchemaEditor,
    from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    const model = to.modelClass(appLabel, this.modelName);
    if (!editor.allowsModel(model)) return;
    const newIndex = to.get(appLabel, this.modelName).getIndex(this.newName);
    const oldName =
      this.oldName ?? (await editor.findIndexName(from.modelClass(appLabel, this.modelName), this.oldFields ?? []));
    await editor.renameIndex(model, newIndex.clone({ name: oldName }), newIndex);
  }

  override async databaseBackwards(
    appLabel: string,
    editor: SchemaEditor,
    from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    // An index without a name of its own has nothing to go back to.
    if (this.oldName === undefined) return;
    const model = to.modelClass(appLabel, this.modelName);
    if (!editor.allowsModel(model)) return;
    const newIndex = from.get(appLabel, this.modelName).getIndex(this.newName);
    await editor.renameIndex(model, newIndex, newIndex.clone({ name: this.oldName }));
  }

  override reduce(other: Operation, appLabel: string): Reduction {
    if (other instanceof RenameIndex && other.isAboutModel(this.modelName) && other.oldName === this.newName) {
      const { modelName, oldName, oldFields } = this;
      const from = oldName === undefined ? { oldFields: oldFields ?? [] } : { oldName };
      return [new RenameIndex({ modelName, newName: other.newName, ...from })];
    }
    return super.reduce(other, appLabel);
  }

  override describe(): string {
    const old = this.oldName ?? `of fields ${(this.oldFields ?? []).join(", ")}`;
    return `Rename index ${old} on ${this.modelName} to ${this.newName}`;
  }

  override get nameFragment(): string {
    if (this.oldName !== undefined) return `rename_${this.oldName.toLowerCase()}_${this.newName.toLowerCase()}`;
    return `rename_${this.modelName.toLowerCase()}_${(this.oldFields ?? []).join("_")}_${this.newName.toLowerCase()}`;
  }

  override deconstruct(): DeconstructedOperation {
    const { modelName, newName, oldName, oldFields } = this;
    return {
      name: "RenameIndex",
      options: { modelName, newName, ...(oldName === undefined ? { oldFields } : { oldName }) },
    };
  }
}
