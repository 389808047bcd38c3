import type { DatabaseWrapper } from "../../backends/base/wrapper.ts";
import { NotSupportedError } from "../../exceptions.ts";
import type { Expression } from "../../expressions/expression.ts";
import type { Q } from "../../expressions/q.ts";
import type { DeconstructedPart } from "../indexes.ts";

/** What validation asks the database about a constraint of your own. */
export interface Conflicts {
  /** The fields that the constraint concerns: it is passed over where one of them is excluded. */
  readonly fields: readonly string[];
  /** The rows that the new one would be in conflict with. */
  readonly rows: Q;
  /** The constraint concerns only instances that meet it. */
  readonly condition?: Q;
}

/** What every constraint takes. */
export interface ConstraintOptions {
  readonly name: string;
  readonly violationErrorCode?: string;
  readonly violationErrorMessage?: string;
}

/** What a constraint of your own is written with. */
export interface ConstraintContext {
  readonly connection: DatabaseWrapper;
  quoteName(name: string): string;
  /** The column of a field of the model, quoted. */
  column(field: string): string;
  /** A condition or expression over the model's columns, its values as literals. */
  expression(expression: Expression | Q | string): string;
}

/**
 * A rule that the database keeps for the rows of a table, in `meta.constraints`. A constraint of your own says with `ruleSql`
 * what stands behind `CONSTRAINT "name"`, and with `isSupported` which databases have it.
 */
export abstract class Constraint {
  /** The reference of the class of a constraint that is not built in, for migrations: `"tsgo/contrib/postgres:ExclusionConstraint"`. */
  static readonly reference: string | undefined = undefined;

  readonly options: ConstraintOptions;

  constructor(options: ConstraintOptions) {
    this.options = options;
  }

  get name(): string {
    return this.options.name;
  }

  get violationErrorCode(): string | undefined {
    return this.options.violationErrorCode;
  }

  /** What validation says; `%(name)s` is the constraint's name. */
  get violationErrorMessage(): string {
    return this.options.violationErrorMessage ?? "Constraint “%(name)s” is violated.";
  }

  /** The rule as SQL, of a constraint that is not built in. */
  ruleSql(context: ConstraintContext): string {
    throw new NotSupportedError(
      `The constraint ${this.name} is of a kind (${this.constructor.name}) that ${context.connection.vendor} has not.`,
    );
  }

  /** Whether a database can have the constraint; where it cannot, the table is made without. */
  isSupported(_connection: DatabaseWrapper): boolean {
    return true;
  }

  /**
   * The rows that an instance would stand in the way of, for `validateConstraints`; undefined where there can be none.
   * `filled` gives an expression with the instance's values in the place of its columns.
   */
  conflicts(_filled: (expression: Expression) => Expression): Conflicts | undefined {
    return undefined;
  }

  deconstruct(): DeconstructedPart {
    return { type: this.constructor.name, options: { ...this.options } };
  }

  clone(changes: Readonly<Record<string, unknown>> = {}): this {
    return Reflect.construct(this.constructor, [{ ...this.deconstruct().options, ...changes }]) as this;
  }
}
