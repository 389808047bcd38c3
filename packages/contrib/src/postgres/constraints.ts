import { FieldError } from "@tsgo/core/exceptions";
import type { DatabaseWrapper } from "@tsgo/orm/db";
import type { Expression } from "@tsgo/orm/models";
import {
  type Conflicts,
  Constraint,
  type ConstraintContext,
  type ConstraintOptions,
  F,
  Lookup,
  OpClass,
  Q,
  type Sql,
  type SqlCompiler,
} from "@tsgo/orm/models";

/** Operators by which rows exclude each other. */
export const RangeOperators = {
  EQUAL: "=",
  NOT_EQUAL: "<>",
  CONTAINS: "@>",
  CONTAINED_BY: "<@",
  OVERLAPS: "&&",
  FULLY_LT: "<<",
  FULLY_GT: ">>",
  NOT_LT: "&>",
  NOT_GT: "&<",
  ADJACENT_TO: "-|-",
} as const;

/** Options of an exclusion. */
export interface ExclusionConstraintOptions extends ConstraintOptions {
  /** What is compared, each a field or an expression, with the operator that must not hold for all of them. */
  readonly expressions: readonly (readonly [expression: string | Expression, operator: string])[];
  /** `"gist"` where left out. */
  readonly indexType?: "gist" | "spgist" | "hash";
  /** Only rows that meet it exclude each other. */
  readonly condition?: Q;
  /** When it is checked; at each statement where left out. */
  readonly deferrable?: "deferred" | "immediate";
  /** Further columns kept in its index. */
  readonly include?: readonly string[];
}

/**
 * No two rows of the table for which all operators hold: no room is booked twice at a time. Equality of plain values in a GiST
 * index needs the extension `btree_gist` (operation `BtreeGistExtension`). Answers to `ExclusionConstraint`.
 *
 * @example
 * new ExclusionConstraint({
 *   name: "no_double_booking",
 *   expressions: [["room", RangeOperators.EQUAL], ["during", RangeOperators.OVERLAPS]],
 *   condition: new models.Q({ cancelled: false }),
 * })
 */
export class ExclusionConstraint extends Constraint {
  static override readonly reference: string = "tsgo/contrib/postgres:ExclusionConstraint";
  declare readonly options: ExclusionConstraintOptions;

  constructor(options: ExclusionConstraintOptions) {
    super(options);
    if (!Array.isArray(options.expressions) || options.expressions.length === 0)
      throw new FieldError(`The exclusion ${options.name} needs expressions: [["room", "="], ["during", "&&"]].`);
    for (const [, operator] of options.expressions)
      if (!/^[-+*/<>=~!@#%^&|`?]{1,10}$/.test(operator))
        throw new FieldError(`${JSON.stringify(operator)} is not an operator (exclusion ${options.name}).`);
    if (options.indexType !== undefined && !["gist", "spgist", "hash"].includes(options.indexType))
      throw new FieldError(`The exclusion ${options.name} has the indexType gist, spgist or hash.`);
    if (options.deferrable !== undefined && options.condition !== undefined)
      throw new FieldError(`The exclusion ${options.name} cannot have a condition and be deferrable.`);
  }

  override isSupported({ vendor }: DatabaseWrapper): boolean {
    return vendor === "postgresql";
  }

  override ruleSql(context: ConstraintContext): string {
    const { expressions, indexType = "gist", include = [], condition, deferrable } = this.options;
    const terms = expressions.map(([expression, operator]) => `${termSql(context, expression)} WITH ${operator}`);
    const parts = [`EXCLUDE USING ${indexType} (${terms.join(", ")})`];
    if (include.length > 0) parts.push(`INCLUDE (${include.map((name) => context.column(name)).join(", ")})`);
    if (condition !== undefined) parts.push(`WHERE (${context.expression(condition)})`);
    if (deferrable !== undefined) parts.push(`DEFERRABLE INITIALLY ${deferrable.toUpperCase()}`);
    return parts.join(" ");
  }

  override conflicts(filled: (expression: Expression) => Expression): Conflicts {
    const { expressions, condition } = this.options;
    const plain = expressions.map(([expression, operator]) => [bare(expression), operator] as const);
    // With NULL on one side no operator holds.
    const rows = plain.map(([expression, operator]) => new Exclusion(expression, filled(expression), operator));
    const fields = plain.flatMap(([expression]) => namesIn(expression));
    return { fields, rows: Q.create(rows), ...(condition !== undefined && { condition }) };
  }
}

function termSql(context: ConstraintContext, expression: string | Expression): string {
  if (typeof expression === "string") return context.column(expression);
  if (expression instanceof OpClass) return `${termSql(context, expression.source(0))} ${expression.operatorClass}`;
  return expression instanceof F ? context.expression(expression) : `(${context.expression(expression)})`;
}

function bare(expression: string | Expression): Expression {
  if (typeof expression === "string") return new F(expression);
  return expression instanceof OpClass ? bare(expression.source(0)) : expression;
}

function namesIn(expression: Expression): string[] {
  return [...expression.flatten()].flatMap((part) => (part instanceof F ? [part.name.split("__")[0] ?? ""] : []));
}

/** The condition that one operator holds between a row's value and a new one. */
class Exclusion extends Lookup {
  readonly operator: string;

  constructor(lhs: Expression, rhs: Expression, operator: string) {
    super(lhs, rhs);
    this.operator = operator;
  }

  override compile(compiler: SqlCompiler): Sql {
    const { lhs, rhs } = this.sides(compiler);
    return { sql: `${lhs.sql} ${this.operator} ${rhs.sql}`, params: [...lhs.params, ...rhs.params] };
  }
}
