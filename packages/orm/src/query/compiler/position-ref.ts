import { Expression } from "../../expressions/expression.ts";
import type { Sql } from "../sql.ts";

/** A column of SELECT by its place, in ORDER BY. */
export class PositionRef extends Expression {
  readonly ordinal: number;
  readonly refs: string | undefined;
  readonly source: Expression;

  constructor(ordinal: number, refs: string | undefined, source: Expression) {
    super();
    this.ordinal = ordinal;
    this.refs = refs;
    this.source = source;
  }

  override resolve(): Expression {
    return this;
  }

  override getSourceExpressions(): readonly Expression[] {
    return [this.source];
  }

  override withSourceExpressions(): this {
    return this;
  }

  override getGroupByCols(): readonly Expression[] {
    return [this];
  }

  override compile(): Sql {
    return { sql: String(this.ordinal), params: [] };
  }
}
