import type { DeconstructedPart } from "../indexes.ts";

/** What every constraint takes. */
export interface ConstraintOptions {
  readonly name: string;
  readonly violationErrorCode?: string;
  readonly violationErrorMessage?: string;
}

/** A rule that the database keeps for the rows of a table, in `meta.constraints`. */
export abstract class Constraint {
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

  deconstruct(): DeconstructedPart {
    return { type: this.constructor.name, options: { ...this.options } };
  }

  clone(changes: Readonly<Record<string, unknown>> = {}): this {
    return Reflect.construct(this.constructor, [{ ...this.deconstruct().options, ...changes }]) as this;
  }
}
