import type { Field } from "../../fields/field.ts";
import { columnName } from "../../naming.ts";
import { localField } from "../../schema/columns.ts";
import type { SchemaEditor } from "../../schema/editor.ts";
import type { ProjectState } from "../state/project-state.ts";
import { AlterField } from "./alter-field.ts";
import { FieldOperation } from "./field-operation.ts";
import type { Hazard } from "./hazard.ts";
import { stateFieldOf } from "./preserve-default.ts";
import type { DeconstructedOperation, Operation, Reduction } from "./operation.ts";
import { RemoveField } from "./remove-field.ts";
import { RenameField } from "./rename-field.ts";

/** A field with its place in a model. */
export interface AddFieldOptions {
  readonly modelName: string;
  readonly name: string;
  readonly field: Field;
  /** False for a default that only serves to fill the column of the rows that are there. True where left out. */
  readonly preserveDefault?: boolean;
}

/** Adds a field to a model and a column to its table. */
export class AddField extends FieldOperation {
  override readonly sign = "+";
  declare readonly field: Field;
  readonly preserveDefault: boolean;

  constructor({ modelName, name, field, preserveDefault = true }: AddFieldOptions) {
    super(modelName, name, field);
    this.preserveDefault = preserveDefault;
  }

  override stateForwards(appLabel: string, state: ProjectState): ProjectState {
    return state.addField(appLabel, this.modelName, this.name, stateFieldOf(this));
  }

  override async databaseForwards(
    appLabel: string,
    editor: SchemaEditor,
    from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    const target = this.preserveDefault ? to : to.alterField(appLabel, this.modelName, this.name, this.field);
    const model = target.modelClass(appLabel, this.modelName);
    if (!editor.allowsModel(model)) return;
    await editor.addField(from.modelClass(appLabel, this.modelName), localField(model, this.name));
  }

  override async databaseBackwards(appLabel: string, editor: SchemaEditor, from: ProjectState): Promise<void> {
    const model = from.modelClass(appLabel, this.modelName);
    if (editor.allowsModel(model)) await editor.removeField(model, localField(model, this.name));
  }

  override reduce(other: Operation, appLabel: string): Reduction {
    if (other instanceof FieldOperation && this.isSameField(other)) {
      const { modelName, name, field } = this;
      if (other instanceof AlterField) return [new AddField({ modelName, name, field: other.field })];
      if (other instanceof RemoveField) return [];
      if (other instanceof RenameField) return [new AddField({ modelName, name: other.newName, field })];
    }
    return super.reduce(other, appLabel);
  }

  override hazards(appLabel: string, _from: ProjectState, to: ProjectState): readonly Hazard[] {
    const field = localField(to.modelClass(appLabel, this.modelName), this.name);
    if (!field.unique || field.null || field.column === null) return [];
    const column = `${field.model._meta.dbTable}.${field.column}`;
    return [
      { kind: "may-fail", detail: `fails where there is more than one row, since all get one value in ${column}` },
    ];
  }

  override hazardsBackwards(appLabel: string, from: ProjectState): readonly Hazard[] {
    return new RemoveField({ modelName: this.modelName, name: this.name }).hazards(appLabel, from);
  }

  override describe(): string {
    return `Add field ${this.name} to ${this.modelName}`;
  }

  override get nameFragment(): string {
    return `${this.modelName.toLowerCase()}_${columnName(this.name)}`;
  }

  override deconstruct(): DeconstructedOperation {
    const { modelName, name, field } = this;
    const options = { modelName, name, field, ...(this.preserveDefault ? {} : { preserveDefault: false }) };
    return { name: "AddField", options };
  }
}
