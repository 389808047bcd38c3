import type { Constraint } from "../../models/constraints/constraint.ts";
import type { SchemaEditor } from "../../schema/editor.ts";
import type { ProjectState } from "../state/project-state.ts";
import { AlterConstraint } from "./alter-constraint.ts";
import type { Hazard } from "./hazard.ts";
import { IndexOperation } from "./index-operation.ts";
import type { DeconstructedOperation, Operation, Reduction } from "./operation.ts";
import { RemoveConstraint } from "./remove-constraint.ts";

/** Adds a constraint to a model's table. */
export class AddConstraint extends IndexOperation {
  override readonly sign = "+";
  readonly constraint: Constraint;

  constructor({ modelName, constraint }: { readonly modelName: string; readonly constraint: Constraint }) {
    super(modelName);
    this.constraint = constraint;
  }

  override stateForwards(appLabel: string, state: ProjectState): ProjectState {
    return state.addConstraint(appLabel, this.modelName, this.constraint);
  }

  override async databaseForwards(
    appLabel: string,
    editor: SchemaEditor,
    _from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    const model = to.modelClass(appLabel, this.modelName);
    if (editor.allowsModel(model)) await editor.addConstraint(model, this.constraint);
  }

  override async databaseBackwards(
    appLabel: string,
    editor: SchemaEditor,
    _from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    const model = to.modelClass(appLabel, this.modelName);
    if (editor.allowsModel(model)) await editor.removeConstraint(model, this.constraint);
  }

  override reduce(other: Operation, appLabel: string): Reduction {
    const { modelName, constraint } = this;
    if (other instanceof RemoveConstraint && other.isAboutModel(modelName) && other.name === constraint.name) return [];
    if (other instanceof AlterConstraint && other.isAboutModel(modelName) && other.name === constraint.name)
      return [new AddConstraint({ modelName, constraint: other.constraint })];
    return super.reduce(other, appLabel);
  }

  override hazards(_appLabel: string, _from: ProjectState, _to: ProjectState, vendor: string): readonly Hazard[] {
    const fails: Hazard = {
      kind: "may-fail",
      detail: `fails where rows of ${this.modelName} break ${this.constraint.name}`,
    };
    if (vendor !== "postgresql") return [fails];
    return [fails, { kind: "lock", detail: `locks ${this.modelName} while its rows are checked` }];
  }

  override describe(): string {
    return `Create constraint ${this.constraint.name} on model ${this.modelName}`;
  }

  override get nameFragment(): string {
    return `${this.modelName.toLowerCase()}_${this.constraint.name.toLowerCase()}`;
  }

  override deconstruct(): DeconstructedOperation {
    return { name: "AddConstraint", options: { modelName: this.modelName, constraint: this.constraint } };
  }
}
