import type { Field } from "../../fields/field.ts";
import { columnName } from "../../naming.ts";
import { localField } from "../../schema/columns.ts";
import type { SchemaEditor } from "../../schema/editor.ts";
import type { ProjectState } from "../state/project-state.ts";
import type { AddFieldOptions } from "./add-field.ts";
import { FieldOperation } from "./field-operation.ts";
import { alterationHazards } from "./field-hazards.ts";
import type { Hazard } from "./hazard.ts";
import type { DeconstructedOperation, Operation, Reduction } from "./operation.ts";
import { stateFieldOf } from "./preserve-default.ts";
import { RemoveField } from "./remove-field.ts";
import { RenameField } from "./rename-field.ts";

/** Changes the definition of a field: its column's type, null, default, uniqueness, name. */
export class AlterField extends FieldOperation {
  override readonly sign = "~";
  declare readonly field: Field;
  readonly preserveDefault: boolean;

  constructor({ modelName, name, field, preserveDefault = true }: AddFieldOptions) {
    super(modelName, name, field);
    this.preserveDefault = preserveDefault;
  }

  override stateForwards(appLabel: string, state: ProjectState): ProjectState {
    return state.alterField(appLabel, this.modelName, this.name, stateFieldOf(this));
  }

  override async databaseForwards(
    appLabel: string,
    editor: SchemaEditor,
    from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    const target = this.preserveDefault ? to : to.alterField(appLabel, this.modelName, this.name, this.field);
    await this.#alter(appLabel, editor, from, target);
  }

  override databaseBackwards(
    appLabel: string,
    editor: SchemaEditor,
    from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    return this.#alter(appLabel, editor, from, to);
  }

  async #alter(appLabel: string, editor: SchemaEditor, from: ProjectState, to: ProjectState): Promise<void> {
    const newModel = to.modelClass(appLabel, this.modelName);
    if (!editor.allowsModel(newModel)) return;
    const oldModel = from.modelClass(appLabel, this.modelName);
    const [oldField, newField] = [localField(oldModel, this.name), localField(newModel, this.name)];
    await editor.alterField(oldModel, oldField, newField);
  }

  override reduce(other: Operation, appLabel: string): Reduction {
    if (other instanceof FieldOperation && this.isSameField(other)) {
      if (other instanceof AlterField || other instanceof RemoveField) return [other];
      if (other instanceof RenameField && this.field.options.dbColumn === undefined) {
        const { modelName, field } = this;
        return [other, new AlterField({ modelName, name: other.newName, field })];
      }
    }
    return super.reduce(other, appLabel);
  }

  override hazards(appLabel: string, from: ProjectState, to: ProjectState, vendor: string): readonly Hazard[] {
    const [oldModel, newModel] = [from, to].map((state) => state.modelClass(appLabel, this.modelName));
    if (oldModel === undefined || newModel === undefined) return [];
    return alterationHazards(localField(oldModel, this.name), localField(newModel, this.name), vendor);
  }

  override hazardsBackwards(appLabel: string, from: ProjectState, to: ProjectState, vendor: string): readonly Hazard[] {
    return this.hazards(appLabel, from, to, vendor);
  }

  override describe(): string {
    return `Alter field ${this.name} on ${this.modelName}`;
  }

  override get nameFragment(): string {
    return `alter_${this.modelName.toLowerCase()}_${columnName(this.name)}`;
  }

  override deconstruct(): DeconstructedOperation {
    const { modelName, name, field } = this;
    const options = { modelName, name, field, ...(this.preserveDefault ? {} : { preserveDefault: false }) };
    return { name: "AlterField", options };
  }
}
