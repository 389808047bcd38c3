import { FieldError } from "@tsgo/core/exceptions";

import { describeValue } from "../fields/field.ts";
import type { SqlCompiler } from "../query/compiler/compiler.ts";
import type { Sql } from "../query/sql.ts";
import { Lookup } from "./lookup.ts";

/** `isnull`: there is no value, or (with false) there is one. */
export class IsNull extends Lookup {
  static override readonly lookupName: string = "isnull";

  protected override prepare(value: unknown): unknown {
    if (typeof value === "boolean") return value;
    throw new FieldError(`The lookup 'isnull' takes true or false, not ${describeValue(value)}.`);
  }

  override compile(compiler: SqlCompiler): Sql {
    const { sql, params } = this.compileLhs(compiler);
    return { sql: `${sql} IS ${this.rhs === true ? "" : "NOT "}NULL`, params };
  }
}
