import type { Constraint } from "../../models/constraints/constraint.ts";
import type { ProjectState } from "../state/project-state.ts";
import { IndexOperation } from "./index-operation.ts";
import type { DeconstructedOperation, Operation, Reduction } from "./operation.ts";
import { RemoveConstraint } from "./remove-constraint.ts";

/** Changes what the database does not know of a constraint: the message and code of its violation. */
export class AlterConstraint extends IndexOperation {
  override readonly sign = "~";
  readonly name: string;
  readonly constraint: Constraint;

  constructor(options: { readonly modelName: string; readonly name: string; readonly constraint: Constraint }) {
    super(options.modelName);
    this.name = options.name;
    this.constraint = options.constraint;
  }

  override stateForwards(appLabel: string, state: ProjectState): ProjectState {
    return state.replaceConstraint(appLabel, this.modelName, this.name, this.constraint);
  }

  override databaseForwards(): void {}

  override databaseBackwards(): void {}

  override reduce(other: Operation, appLabel: string): Reduction {
    const same =
      (other instanceof AlterConstraint || other instanceof RemoveConstraint) &&
      other.isAboutModel(this.modelName) &&
      other.name === this.name;
    return same ? [other] : super.reduce(other, appLabel);
  }

  override describe(): string {
    return `Alter constraint ${this.name} on ${this.modelName}`;
  }

  override get nameFragment(): string {
    return `alter_${this.modelName.toLowerCase()}_${this.name.toLowerCase()}`;
  }

  override deconstruct(): DeconstructedOperation {
    const { modelName, name, constraint } = this;
    return { name: "AlterConstraint", options: { modelName, name, constraint } };
  }
}
