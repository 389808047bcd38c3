// An item or a piece of an array, by its place.

import { Expression, type Field, type Sql, type SqlCompiler } from "@tsgo/orm/models";

/** A part of an array. PostgreSQL counts from 1, and names the last item of a piece. */
class ArrayPart extends Expression {
  readonly lhs: Expression;
  readonly part: string;

  constructor(lhs: Expression, part: string, outputField: Field) {
    super(outputField);
    this.lhs = lhs;
    this.part = part;
  }

  override getSourceExpressions(): readonly Expression[] {
    return [this.lhs];
  }

  override withSourceExpressions([lhs]: readonly (Expression | undefined)[]): this {
    return lhs === this.lhs ? this : this.copyWith({ lhs });
  }

  override compile(compiler: SqlCompiler): Sql {
    const { sql, params } = compiler.compile(this.lhs);
    return { sql: `(${sql})[${this.part}]`, params };
  }
}

/** The item at a place, counted from 0. */
export function itemAt(lhs: Expression, index: number, field: Field): Expression {
  return new ArrayPart(lhs, String(index + 1), field);
}

/** The items from a place to another, which is left out, both counted from 0. */
export function itemsBetween(lhs: Expression, start: number, end: number, field: Field): Expression {
  return new ArrayPart(lhs, `${start + 1}:${end}`, field);
}
