import type { Q } from "../../expressions/q.ts";
import { Constraint, type ConstraintOptions } from "./constraint.ts";

/** The options of a check. */
export interface CheckConstraintOptions extends ConstraintOptions {
  /** What every row must meet. */
  readonly condition: Q;
}

/** A condition that every row must meet. */
export class CheckConstraint extends Constraint {
  declare readonly options: CheckConstraintOptions;

  // oxlint-disable-next-line no-useless-constructor -- it narrows the type of its argument
  // oxlint-disable-next-line eslint/no-useless-constructor -- it narrows the type of the options
  constructor(options: CheckConstraintOptions) {
    super(options);
  }

  get condition(): Q {
    return this.options.condition;
  }
}
