import { FieldError } from "@tsgo/core/exceptions";

import type { SqlCompiler } from "../query/compiler/compiler.ts";
import type { Sql } from "../query/sql.ts";
import type { Expression } from "./expression.ts";
import { Func } from "./func.ts";

/**
 * An expression of an index with the operator class by which PostgreSQL indexes it.
 *
 * @example new GinIndex({ expressions: [new models.OpClass(new models.Upper("title"), "gin_trgm_ops")], name: "title_trgm" })
 */
export class OpClass extends Func {
  readonly operatorClass: string;

  constructor(expression: string | Expression, name: string) {
    super(expression);
    if (!/^[A-Za-z_][\w.]*$/.test(name))
      throw new FieldError(`${JSON.stringify(name)} is not the name of an operator class.`);
    this.operatorClass = name;
  }

  // Outside of an index the class means nothing.
  override compile(compiler: SqlCompiler): Sql {
    return compiler.compile(this.source(0));
  }

  override deconstruct(): {
    readonly type: string;
    readonly args: readonly unknown[];
    readonly options: Readonly<Record<string, unknown>>;
  } {
    return { type: "OpClass", args: [this.source(0), this.operatorClass], options: {} };
  }
}
