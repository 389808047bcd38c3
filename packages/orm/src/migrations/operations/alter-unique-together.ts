import type { SchemaEditor } from "../../schema/editor.ts";
import type { ProjectState } from "../state/project-state.ts";
import type { Hazard } from "./hazard.ts";
import { ModelOptionOperation } from "./model-option-operation.ts";
import type { DeconstructedOperation } from "./operation.ts";

/** Sets the lists of fields whose values together no two rows share. */
export class AlterUniqueTogether extends ModelOptionOperation {
  readonly uniqueTogether: readonly (readonly string[])[];

  constructor(options: { readonly name: string; readonly uniqueTogether: readonly (readonly string[])[] }) {
    super(options.name);
    this.uniqueTogether = options.uniqueTogether;
  }

  override stateForwards(appLabel: string, state: ProjectState): ProjectState {
    return state.alterOptions(appLabel, this.modelName, { uniqueTogether: this.uniqueTogether });
  }

  override async databaseForwards(
    appLabel: string,
    editor: SchemaEditor,
    from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    const newModel = to.modelClass(appLabel, this.modelName);
    if (!editor.allowsModel(newModel)) return;
    const oldValue = from.get(appLabel, this.modelName).options.uniqueTogether ?? [];
    const newValue = to.get(appLabel, this.modelName).options.uniqueTogether ?? [];
    await editor.alterUniqueTogether(newModel, oldValue, newValue);
  }

  override databaseBackwards(
    appLabel: string,
    editor: SchemaEditor,
    from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    return this.databaseForwards(appLabel, editor, from, to);
  }

  override referencesField(modelName: string, fieldName: string): boolean {
    return (
      this.isAbout(modelName) &&
      (this.uniqueTogether.length === 0 || this.uniqueTogether.some((names) => names.includes(fieldName)))
    );
  }

  override hazards(): readonly Hazard[] {
    return this.uniqueTogether.length === 0
      ? []
      : [{ kind: "may-fail", detail: `fails where rows of ${this.modelName} share the values that are to be unique` }];
  }

  override describe(): string {
    return `Alter uniqueTogether for ${this.modelName} (${this.uniqueTogether.length} constraint(s))`;
  }

  override get nameFragment(): string {
    return `alter_${this.modelName.toLowerCase()}_unique_together`;
  }

  override deconstruct(): DeconstructedOperation {
    return { name: "AlterUniqueTogether", options: { name: this.modelName, uniqueTogether: this.uniqueTogether } };
  }
}
