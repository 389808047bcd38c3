import { Expression } from "../expressions/expression.ts";
import type { Field } from "../fields/field.ts";
import { FloatField } from "../fields/numbers.ts";
import type { SqlCompiler } from "../query/compiler/compiler.ts";
import type { Sql } from "../query/sql.ts";

/** A random number, new for each row. */
export class Random extends Expression<number> {
  protected override resolveOutputField(): Field {
    return new FloatField();
  }

  override getGroupByCols(): readonly Expression[] {
    return [];
  }

  override compile(compiler: SqlCompiler): Sql {
    return { sql: compiler.connection.operations.randomSql(), params: [] };
  }
}
