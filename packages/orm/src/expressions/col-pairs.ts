// The columns of a composite primary key, which are compared and selected together.

import { FieldError } from "@tsgo/core/exceptions";

import { CompositePrimaryKey } from "../fields/composite.ts";
import type { Field } from "../fields/field.ts";
import type { SqlCompiler } from "../query/compiler/compiler.ts";
import { type Sql, joinSql } from "../query/sql.ts";
import { Expression, type Relabeling } from "./expression.ts";
import { Col } from "./references.ts";

/** A composite primary key of a table in the query. Answers to Django's `ColPairs`. */
export class ColPairs extends Expression<readonly unknown[]> {
  readonly alias: string;
  readonly target: CompositePrimaryKey;

  constructor(alias: string, target: CompositePrimaryKey) {
    super(target);
    this.alias = alias;
    this.target = target;
  }

  /** The columns in the order of the key. */
  get columns(): readonly Col[] {
    return this.target.fields.map((field) => new Col(this.alias, field));
  }

  override get containsColumnReferences(): boolean {
    return true;
  }

  override getSourceExpressions(): readonly Expression[] {
    return this.columns;
  }

  override resolve(): Expression {
    return this;
  }

  override relabeled(changes: Relabeling): Expression {
    const alias = changes.get(this.alias);
    return alias === undefined ? this : new ColPairs(alias, this.target);
  }

  override replaceExpressions(replacements: ReadonlyMap<string, Expression>): Expression {
    return replacements.get(this.key) ?? this;
  }

  override getGroupByCols(): readonly Expression[] {
    return this.columns;
  }

  override get key(): string {
    return `ColPairs(${this.columns.map((column) => column.key).join(",")})`;
  }

  override compile(compiler: SqlCompiler): Sql {
    return joinSql(
      this.columns.map((column) => compiler.compile(column)),
      ", ",
    );
  }

  override describe(): string {
    return this.target.toString();
  }
}

/** The column of a field, or the columns of a composite key. */
export function columnOf(alias: string, target: Field): Col | ColPairs {
  return target instanceof CompositePrimaryKey ? new ColPairs(alias, target) : new Col(alias, target);
}

/** Refuses a composite key where a single value belongs. */
export function assertSingleColumn(expression: Expression, taker: string): void {
  if (expression instanceof ColPairs)
    throw new FieldError(
      `${taker} takes a single value, and ${expression.describe()} has several: name one of ${expression.target.fieldNames.join(", ")}.`,
    );
}
