import { FieldError } from "@tsgo/core/exceptions";

import type { Expression } from "../../expressions/expression.ts";
import type { Q } from "../../expressions/q.ts";
import { checkPartOptions } from "../part-options.ts";
import { Constraint, type ConstraintOptions } from "./constraint.ts";

/** When a deferrable constraint is checked. */
export type Deferrable = "deferred" | "immediate";

/** The options of a uniqueness rule. */
export interface UniqueConstraintOptions extends ConstraintOptions {
  readonly fields?: readonly string[];
  readonly expressions?: readonly (Expression | string)[];
  /** The rule counts for the rows that meet it. */
  readonly condition?: Q;
  readonly deferrable?: Deferrable;
  readonly include?: readonly string[];
  readonly opclasses?: readonly string[];
  /** False: two rows with null are the same. */
  readonly nullsDistinct?: boolean;
}

const OPTIONS: Readonly<Record<keyof UniqueConstraintOptions, true>> = {
  name: true,
  violationErrorCode: true,
  violationErrorMessage: true,
  fields: true,
  expressions: true,
  condition: true,
  deferrable: true,
  include: true,
  opclasses: true,
  nullsDistinct: true,
};

/** No two rows have the same values in these fields or expressions. */
export class UniqueConstraint extends Constraint {
  declare readonly options: UniqueConstraintOptions;

  constructor(options: UniqueConstraintOptions) {
    super(options);
    if (new.target === UniqueConstraint) checkPartOptions("UniqueConstraint", options, OPTIONS);
    if (this.fields.length === 0 && this.expressions.length === 0)
      throw new FieldError(`The constraint '${options.name}' needs fields or expressions.`);
    if (this.fields.length > 0 && this.expressions.length > 0)
      throw new FieldError(`The constraint '${options.name}' has either fields or expressions, not both.`);
  }

  get fields(): readonly string[] {
    return this.options.fields ?? [];
  }

  get expressions(): readonly (Expression | string)[] {
    return this.options.expressions ?? [];
  }

  get condition(): Q | undefined {
    return this.options.condition;
  }

  get deferrable(): Deferrable | undefined {
    return this.options.deferrable;
  }

  get include(): readonly string[] {
    return this.options.include ?? [];
  }

  get opclasses(): readonly string[] {
    return this.options.opclasses ?? [];
  }

  get nullsDistinct(): boolean | undefined {
    return this.options.nullsDistinct;
  }

  get containsExpressions(): boolean {
    return this.expressions.length > 0;
  }
}
