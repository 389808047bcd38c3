import { columnName } from "../../naming.ts";
import { localField } from "../../schema/columns.ts";
import type { SchemaEditor } from "../../schema/editor.ts";
import type { ProjectState } from "../state/project-state.ts";
import { FieldOperation, deletesModelOf } from "./field-operation.ts";
import type { Hazard } from "./hazard.ts";
import type { DeconstructedOperation, Operation, Reduction } from "./operation.ts";

/** Takes a field off a model and its column out of the table. */
export class RemoveField extends FieldOperation {
  override readonly sign = "-";

  constructor({ modelName, name }: { readonly modelName: string; readonly name: string }) {
    super(modelName, name);
  }

  override stateForwards(appLabel: string, state: ProjectState): ProjectState {
    return state.removeField(appLabel, this.modelName, this.name);
  }

  override async databaseForwards(appLabel: string, editor: SchemaEditor, from: ProjectState): Promise<void> {
    const model = from.modelClass(appLabel, this.modelName);
    if (editor.allowsModel(model)) await editor.removeField(model, localField(model, this.name));
  }

  override async databaseBackwards(
    appLabel: string,
    editor: SchemaEditor,
    from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    const model = to.modelClass(appLabel, this.modelName);
    if (!editor.allowsModel(model)) return;
    await editor.addField(from.modelClass(appLabel, this.modelName), localField(model, this.name));
  }

  override reduce(other: Operation, appLabel: string): Reduction {
    return deletesModelOf(this, other) ? [other] : super.reduce(other, appLabel);
  }

  override hazards(appLabel: string, from: ProjectState): readonly Hazard[] {
    const model = from.modelClass(appLabel, this.modelName);
    const [meta, field] = [model._meta, localField(model, this.name)];
    const detail = field.manyToMany
      ? `drops the links that ${meta.label}.${this.name} keeps`
      : `drops the column ${meta.dbTable}.${field.column ?? this.name} with its values`;
    return [{ kind: "data-loss", detail }];
  }

  override describe(): string {
    return `Remove field ${this.name} from ${this.modelName}`;
  }

  override get nameFragment(): string {
    return `remove_${this.modelName.toLowerCase()}_${columnName(this.name)}`;
  }

  override deconstruct(): DeconstructedOperation {
    return { name: "RemoveField", options: { modelName: this.modelName, name: this.name } };
  }
}
