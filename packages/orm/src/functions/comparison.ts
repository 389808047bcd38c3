// Functions that choose among values.

import { FieldError } from "@tsgo/core/exceptions";

import { Expression, NO_EMPTY_VALUE } from "../expressions/expression.ts";
import { Func, type FuncArgument, type FuncOptions, toSource } from "../expressions/func.ts";
import type { Field } from "../fields/field.ts";
import { JSONField } from "../fields/json.ts";
import type { SqlCompiler } from "../query/compiler/compiler.ts";
import { EMPTY, type Sql, joinSql } from "../query/sql.ts";

abstract class Several<T> extends Func<T> {
  constructor(...args: readonly [...(readonly FuncArgument[]), FuncOptions] | readonly FuncArgument[]) {
    super(...args);
    if (this.sources.length < 2) throw new FieldError(`${this.constructor.name} needs at least two expressions.`);
  }
}

/** The first value that is not null. */
export class Coalesce<T = unknown> extends Several<T> {
  override readonly function = "COALESCE";

  override get emptyResultSetValue(): unknown {
    for (const source of this.sources) {
      const value = source.emptyResultSetValue;
      if (value === NO_EMPTY_VALUE || value !== null) return value;
    }
    return null;
  }

  override compile(compiler: SqlCompiler): Sql {
    // An expression over no rows is null, so the next one counts.
    const usable: Expression[] = [];
    for (const source of this.sources) {
      try {
        compiler.compile(source);
        usable.push(source);
      } catch (error) {
        if (error !== EMPTY) throw error;
      }
    }
    if (usable.length === 0) throw EMPTY;
    if (usable.length === 1 && usable[0] !== undefined) return compiler.compile(usable[0]);
    return this.compileAs(compiler, {}, usable);
  }
}

/** The greatest value. On SQLite and MariaDB null if any is null. */
export class Greatest<T = unknown> extends Several<T> {
  override readonly function = "GREATEST";
  override readonly forms = { sqlite: { function: "MAX" } };
}

/** The least value. On SQLite and MariaDB null if any is null. */
export class Least<T = unknown> extends Several<T> {
  override readonly function = "LEAST";
  override readonly forms = { sqlite: { function: "MIN" } };
}

/** Null where both values are the same, else the first. */
export class NullIf<T = unknown> extends Func<T> {
  override readonly function = "NULLIF";

  constructor(first: FuncArgument, second: FuncArgument, options: FuncOptions = {}) {
    super(first, second, options);
  }

  protected override resolveOutputField(): Field | undefined {
    return this.source(0).outputFieldOrUndefined;
  }
}

/** A JSON object made of expressions by name. */
export class JSONObject extends Expression<Record<string, unknown>> {
  readonly names: readonly string[];
  readonly values: readonly Expression[];

  constructor(fields: Readonly<Record<string, FuncArgument>>) {
    super(new JSONField());
    this.names = Object.keys(fields);
    this.values = Object.values(fields).map(toSource);
  }

  override getSourceExpressions(): readonly Expression[] {
    return this.values;
  }

  override withSourceExpressions(values: readonly (Expression | undefined)[]): this {
    return this.copyWith({ values });
  }

  override compile(compiler: SqlCompiler): Sql {
    const pairs = this.values.map((value, index) => {
      const name = compiler.connection.operations.jsonObjectKey(this.names[index] ?? "");
      const compiled = compiler.compile(value);
      const isJson = value.outputFieldOrUndefined instanceof JSONField;
      return {
        sql: `${name.sql}, ${compiler.connection.operations.jsonObjectValue(compiled.sql, isJson)}`,
        params: [...name.params, ...compiled.params],
      };
    });
    const joined = joinSql(pairs, ", ");
    return { sql: `${compiler.connection.operations.jsonObjectFunction}(${joined.sql})`, params: joined.params };
  }
}
