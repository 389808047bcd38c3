// Calls of database functions.

import { FieldError } from "@tsgo/core/exceptions";

import type { Vendor } from "../backends/base/wrapper.ts";
import type { Field } from "../fields/field.ts";
import type { SqlCompiler } from "../query/compiler/compiler.ts";
import { type Sql, joinSql } from "../query/sql.ts";
import type { Query } from "../query/query.ts";
import { assertSingleColumn } from "./col-pairs.ts";
import { Expression, asExpression } from "./expression.ts";
import { F } from "./references.ts";
import type { ResolveOptions } from "./resolve-options.ts";

/** How a function is written where a database differs. */
export interface FuncForm {
  readonly function?: string;
  /** `%(function)s` and `%(expressions)s` are filled in. */
  readonly template?: string;
  readonly argJoiner?: string;
}

/** What a function takes beside its arguments. */
export interface FuncOptions extends FuncForm {
  readonly outputField?: Field;
}

/** An argument: the name of a field, an expression, or another value as a literal. */
export type FuncArgument = string | Expression | number | boolean | bigint | Date | object | null;

/**
 * A call of a function of the database. A string among the arguments names a field; wrap texts in `Value`.
 *
 * @example new Func("name", { function: "LOWER" })
 */
export class Func<T = unknown> extends Expression<T> {
  /** The name of the function. */
  readonly function: string = "";
  readonly template: string = "%(function)s(%(expressions)s)";
  readonly argJoiner: string = ", ";
  /** How many arguments it takes; undefined for any number. */
  readonly arity: number | undefined = undefined;
  /** How single databases write it. */
  readonly forms: Partial<Record<Vendor, FuncForm>> = {};
  readonly sources: readonly Expression[];

  constructor(...args: readonly [...(readonly FuncArgument[]), FuncOptions] | readonly FuncArgument[]) {
    const last = args.at(-1);
    const options = isOptions(last) ? last : undefined;
    super(options?.outputField);
    this.sources = (options === undefined ? args : args.slice(0, -1)).map(toSource);
    if (options?.function !== undefined) this.function = assertFunctionName(options.function);
    if (options?.template !== undefined) this.template = options.template;
    if (options?.argJoiner !== undefined) this.argJoiner = options.argJoiner;
  }

  /** Checks the number of arguments; subclasses call it when theirs are in place. */
  protected checkArity(arity: number): void {
    if (this.sources.length !== arity)
      throw new FieldError(
        `${this.constructor.name} takes ${arity} argument${arity === 1 ? "" : "s"}, not ${this.sources.length}.`,
      );
  }

  override resolve(query: Query, options: ResolveOptions = {}): Expression {
    const resolved = super.resolve(query, options) as this;
    for (const source of resolved.sources) assertSingleColumn(source, this.constructor.name);
    return resolved;
  }

  override get isComputed(): boolean {
    return true;
  }

  override getSourceExpressions(): readonly Expression[] {
    return this.sources;
  }

  override withSourceExpressions(sources: readonly (Expression | undefined)[]): this {
    if (sources.every((source, index) => source === this.sources[index])) return this;
    return this.copyWith({ sources });
  }

  /** An argument by its place. */
  source(index: number): Expression {
    const source = this.sources[index];
    if (source === undefined) throw new FieldError(`${this.constructor.name} needs at least ${index + 1} arguments.`);
    return source;
  }

  override compile(compiler: SqlCompiler): Sql {
    return this.compileAs(compiler, this.forms[compiler.connection.vendor] ?? {});
  }

  /** The SQL with function, template or separator replaced. */
  protected compileAs(compiler: SqlCompiler, form: FuncForm, sources: readonly Expression[] = this.sources): Sql {
    const args = joinSql(
      sources.map((source) => this.compileArgument(compiler, source)),
      form.argJoiner ?? this.argJoiner,
    );
    const sql = (form.template ?? this.template).replaceAll(/%\((function|expressions)\)s/g, (_match, part: string) =>
      part === "function" ? (form.function ?? this.function) : args.sql,
    );
    return { sql, params: args.params };
  }

  protected compileArgument(compiler: SqlCompiler, source: Expression): Sql {
    return compiler.compileArgument(source);
  }

  override describe(): string {
    return `${this.constructor.name}(${this.sources.map((source) => source.describe()).join(", ")})`;
  }
}

function isOptions(value: unknown): value is FuncOptions {
  return (
    typeof value === "object" &&
    value !== null &&
    !(value instanceof Expression) &&
    Object.getPrototypeOf(value) === Object.prototype
  );
}

/** An argument as an expression: a string names a field. */
export function toSource(argument: unknown): Expression {
  return typeof argument === "string" ? new F(argument) : asExpression(argument);
}

function assertFunctionName(name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_.]*$/.test(name)) return name;
  throw new FieldError(`${JSON.stringify(name)} is not the name of a function.`);
}
