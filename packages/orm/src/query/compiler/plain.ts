import type { Query } from "../query.ts";
import type { Sql } from "../sql.ts";
import { SqlCompiler } from "./compiler.ts";
import { SelectCompiler } from "./select.ts";

/** Compiles expressions of a statement other than SELECT. */
export class PlainCompiler extends SqlCompiler {
  override compileQuery(query: Query): Sql {
    return new SelectCompiler(query, this.connection).asSql();
  }
}

/** Compiles the expressions of UPDATE and DELETE. */
export class WriteCompiler extends PlainCompiler {
  override readonly writes = true;
}

/** Compiles expressions with columns standing alone, without their table: for CHECK, indexes and generated columns. */
export class BareCompiler extends PlainCompiler {
  override readonly bareColumns: boolean = true;
}
