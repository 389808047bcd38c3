import type { Field } from "../fields/field.ts";
import { Func, type FuncArgument } from "../expressions/func.ts";
import type { SqlCompiler } from "../query/compiler/compiler.ts";
import type { Sql } from "../query/sql.ts";

/** A value turned into another type. */
export class Cast<T = unknown> extends Func<T> {
  override readonly function = "CAST";
  readonly target: Field;

  constructor(expression: FuncArgument, outputField: Field) {
    super(expression, { outputField });
    this.target = outputField;
  }

  override compile(compiler: SqlCompiler): Sql {
    return compiler.connection.operations.castSql(compiler.compile(this.source(0)), this.target, compiler.connection);
  }
}
