import type { Q } from "../../expressions/q.ts";
import { checkPartOptions } from "../part-options.ts";
import { Constraint, type ConstraintOptions } from "./constraint.ts";

/** The options of a check. */
export interface CheckConstraintOptions extends ConstraintOptions {
  /** What every row must meet. */
  readonly condition: Q;
}

const OPTIONS: Readonly<Record<keyof CheckConstraintOptions, true>> = {
  name: true,
  violationErrorCode: true,
  violationErrorMessage: true,
  condition: true,
};

/** A condition that every row must meet. */
export class CheckConstraint extends Constraint {
  declare readonly options: CheckConstraintOptions;

  constructor(options: CheckConstraintOptions) {
    super(options);
    if (new.target === CheckConstraint) checkPartOptions("CheckConstraint", options, OPTIONS);
  }

  get condition(): Q {
    return this.options.condition;
  }
}
