// CASE.

import { FieldError } from "@tsgo/core/exceptions";

import type { Field } from "../fields/field.ts";
import type { SqlCompiler } from "../query/compiler/compiler.ts";
import type { Query } from "../query/query.ts";
import { EMPTY, FULL, type Sql } from "../query/sql.ts";
import { Expression, Value, asExpression } from "./expression.ts";
import { type Lookups, Q } from "./q.ts";
import type { ResolveOptions } from "./resolve-options.ts";

/** One branch of `Case`: a condition and the value where it holds. */
export class When<T = unknown> extends Expression<T> {
  readonly condition: Expression;
  readonly result: Expression;

  constructor(condition: Q | Lookups | Expression, then: unknown) {
    super();
    const given = condition instanceof Expression || condition instanceof Q ? condition : new Q(condition);
    if (given instanceof Q && given.isEmpty)
      throw new FieldError("When() needs a condition: an empty one would hold for every row.");
    if (given instanceof Expression && !isUnresolvedCondition(given))
      throw new FieldError(`When() needs a condition, not ${given.describe()}.`);
    this.condition = given as Expression;
    this.result = asExpression(then);
  }

  override getSourceExpressions(): readonly Expression[] {
    return [this.condition, this.result];
  }

  override withSourceExpressions([condition, result]: readonly (Expression | undefined)[]): this {
    return this.copyWith({ condition, result });
  }

  override resolve(query: Query, options: ResolveOptions = {}): Expression {
    const condition = this.condition.resolve(query, options);
    return this.copyWith({ condition, result: this.result.resolve(query, options) }).resolved(options);
  }

  protected override resolveOutputField(): Field | undefined {
    return this.result.outputFieldOrUndefined;
  }

  override getGroupByCols(): readonly Expression[] {
    return this.getSourceExpressions().flatMap((source) => source.getGroupByCols());
  }

  override compile(compiler: SqlCompiler): Sql {
    const condition = compiler.compile(this.condition);
    const result = compiler.compile(this.result);
    return { sql: `WHEN ${condition.sql} THEN ${result.sql}`, params: [...condition.params, ...result.params] };
  }
}

function isUnresolvedCondition(expression: Expression): boolean {
  try {
    return expression.conditional;
  } catch {
    return false;
  }
}

/**
 * The value of the first branch whose condition holds.
 *
 * @example new Case([new When({ votes__gt: 100 }, "many"), new When({ votes: 0 }, "none")], { default: "some" })
 */
export class Case<T = unknown> extends Expression<T> {
  readonly cases: readonly When[];
  readonly defaultValue: Expression;

  constructor(cases: readonly When[], options: { readonly default?: unknown; readonly outputField?: Field } = {}) {
    super(options.outputField);
    if (!cases.every((branch) => branch instanceof When)) throw new FieldError("Case() takes a list of When().");
    this.cases = cases;
    this.defaultValue = asExpression(options.default ?? null);
  }

  override getSourceExpressions(): readonly Expression[] {
    return [...this.cases, this.defaultValue];
  }

  override withSourceExpressions(sources: readonly (Expression | undefined)[]): this {
    return this.copyWith({ cases: sources.slice(0, -1), defaultValue: sources.at(-1) });
  }

  override get isComputed(): boolean {
    return true;
  }

  override getGroupByCols(): readonly Expression[] {
    return this.cases.length === 0 ? this.defaultValue.getGroupByCols() : super.getGroupByCols();
  }

  override compile(compiler: SqlCompiler): Sql {
    const fallback = compiler.compile(this.defaultValue);
    const branches: Sql[] = [];
    let otherwise = fallback;
    for (const branch of this.cases) {
      try {
        branches.push(compiler.compile(branch));
      } catch (error) {
        if (error === EMPTY) continue;
        if (error !== FULL) throw error;
        // Nothing behind a branch that always holds is ever reached.
        otherwise = compiler.compile(branch.result);
        break;
      }
    }
    if (branches.length === 0) return otherwise;
    const sql = `CASE ${branches.map((branch) => branch.sql).join(" ")} ELSE ${otherwise.sql} END`;
    const params = [...branches.flatMap((branch) => branch.params), ...otherwise.params];
    return { sql, params };
  }
}

/** An expression with a type given to it. */
export class ExpressionWrapper<T = unknown> extends Expression<T> {
  readonly expression: Expression;

  constructor(expression: Expression | Q | Lookups, options: { readonly outputField: Field }) {
    super(options.outputField);
    this.expression = (
      expression instanceof Expression || expression instanceof Q ? expression : new Q(expression)
    ) as Expression;
  }

  override getSourceExpressions(): readonly Expression[] {
    return [this.expression];
  }

  override withSourceExpressions([expression]: readonly (Expression | undefined)[]): this {
    return this.copyWith({ expression });
  }

  override getGroupByCols(): readonly Expression[] {
    return this.expression instanceof Value ? [] : this.expression.containsAggregate ? super.getGroupByCols() : [this];
  }

  override compile(compiler: SqlCompiler): Sql {
    return compiler.compile(this.expression);
  }
}

/** SQL as it stands, with `?` for parameters (`??` for a question mark). Never put a value into the text. */
export class RawSQL<T = unknown> extends Expression<T> {
  readonly sql: string;
  readonly params: readonly unknown[];

  constructor(sql: string, params: readonly unknown[] = [], options: { readonly outputField?: Field } = {}) {
    super(options.outputField);
    this.sql = sql;
    this.params = params;
  }

  override resolve(): this {
    return this;
  }

  override getGroupByCols(): readonly Expression[] {
    return [this];
  }

  override compile(compiler: SqlCompiler): Sql {
    const { sql, params } = compiler.rawSql(this.sql, this.params);
    return { sql: `(${sql})`, params };
  }
}

/** A text compared and ordered by the rules of a collation. */
export class Collate extends Expression<string> {
  readonly expression: Expression;
  readonly collation: string;

  constructor(expression: Expression, collation: string) {
    super();
    if (!/^[\w-]+$/.test(collation))
      throw new FieldError(`${JSON.stringify(collation)} is not the name of a collation.`);
    this.expression = expression;
    this.collation = collation;
  }

  override getSourceExpressions(): readonly Expression[] {
    return [this.expression];
  }

  override withSourceExpressions([expression]: readonly (Expression | undefined)[]): this {
    return this.copyWith({ expression });
  }

  override compile(compiler: SqlCompiler): Sql {
    const { sql, params } = compiler.compile(this.expression);
    return { sql: `${sql} COLLATE ${compiler.connection.quoteName(this.collation)}`, params };
  }
}
