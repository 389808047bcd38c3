// Expressions that name columns.

import { FieldError } from "@tsgo/core/exceptions";

import type { DatabaseWrapper } from "../backends/base/wrapper.ts";
import type { Field } from "../fields/field.ts";
import type { SqlCompiler } from "../query/compiler/compiler.ts";
import type { Query } from "../query/query.ts";
import type { Sql } from "../query/sql.ts";
import { type Converter, Expression, type Relabeling, type NAMED_FIELD } from "./expression.ts";
import type { ResolveOptions } from "./resolve-options.ts";

/**
 * The value of a field, also across relations, or of an annotation.
 *
 * @example Book.objects.filter({ stock__lt: new F("ordered") })
 */
export class F<T = unknown, Name extends string = string> extends Expression<T> {
  /** Only for the compiler: the field that is named. */
  declare readonly [NAMED_FIELD]: Name;
  readonly name: string;

  constructor(name: Name) {
    super();
    if (typeof name !== "string") throw new FieldError(`F() takes the name of a field, not ${typeof name}.`);
    this.name = name;
  }

  override resolve(query: Query, options: ResolveOptions = {}): Expression {
    return query.resolveRef(this.name, options);
  }

  override get outputFieldOrUndefined(): Field | undefined {
    throw new FieldError(`F("${this.name}") has no type before it is part of a query.`);
  }

  override replaceExpressions(replacements: ReadonlyMap<string, Expression>): Expression {
    return replacements.get(this.key) ?? this;
  }

  override relabeled(): Expression {
    return this;
  }

  /** A piece of a text: from `start` up to `stop`, counted from 0. Answers to Django's `F("x")[1:3]`. */
  slice(start: number, stop: number | null = null): SlicedF {
    return new SlicedF(this.name, start, stop);
  }

  compile(): Sql {
    throw new FieldError(`F("${this.name}") was not resolved against a query.`);
  }

  override describe(): string {
    return `F("${this.name}")`;
  }

  override deconstruct(): {
    readonly type: string;
    readonly args: readonly unknown[];
    readonly options: Readonly<Record<string, unknown>>;
  } {
    return { type: "F", args: [this.name], options: {} };
  }
}

/** A piece of the text that a field holds. */
export class SlicedF extends F<string> {
  readonly start: number;
  readonly stop: number | null;

  constructor(name: string, start: number, stop: number | null) {
    super(name);
    if (!Number.isInteger(start) || start < 0 || (stop !== null && (!Number.isInteger(stop) || stop < 0)))
      throw new RangeError("A piece of a text begins and ends at whole numbers from zero.");
    if (stop !== null && stop < start)
      throw new RangeError(`A piece of a text cannot end (${stop}) before it begins (${start}).`);
    this.start = start;
    this.stop = stop;
  }

  override resolve(query: Query, options: ResolveOptions = {}): Expression {
    const resolved = query.resolveRef(this.name, options);
    return resolved.outputField.outputField.targetValueField.internalType === "ArrayField"
      ? resolved
      : query.sliceExpression(resolved, this.start, this.stop === null ? undefined : this.stop - this.start);
  }
}

/** A column of a table in the query. */
export class Col extends Expression {
  readonly alias: string;
  readonly target: Field;

  constructor(alias: string, target: Field, outputField: Field = target.isRelation ? target.targetValueField : target) {
    super(outputField);
    this.alias = alias;
    this.target = target;
  }

  override get containsColumnReferences(): boolean {
    return true;
  }

  override resolve(): Expression {
    return this;
  }

  override compile(compiler: SqlCompiler): Sql {
    const column = compiler.quoteName(this.target.column ?? "");
    return {
      sql: this.alias === "" || compiler.bareColumns ? column : `${compiler.quoteAlias(this.alias)}.${column}`,
      params: [],
    };
  }

  override relabeled(changes: Relabeling): Expression {
    const alias = changes.get(this.alias);
    return alias === undefined ? this : new Col(alias, this.target, this.givenOutputField);
  }

  override getGroupByCols(): readonly Expression[] {
    return [this];
  }

  override converter(connection: DatabaseWrapper): Converter | undefined {
    return this.outputField.fromDb(connection);
  }

  override get key(): string {
    return `Col(${this.alias},${this.target.toString()},${this.outputField.toString()})`;
  }

  override describe(): string {
    return this.target.toString();
  }
}

/** A column of SELECT by its name there: the value of an annotation that was already computed. */
export class Ref extends Expression {
  readonly refs: string;
  readonly source: Expression;

  constructor(refs: string, source: Expression) {
    super();
    this.refs = refs;
    this.source = source;
  }

  override getSourceExpressions(): readonly Expression[] {
    return [this.source];
  }

  override withSourceExpressions([source]: readonly (Expression | undefined)[]): this {
    return source === this.source ? this : this.copyWith({ source });
  }

  override resolve(): Expression {
    return this;
  }

  override relabeled(): Expression {
    // The name of a column does not depend on table aliases.
    return this;
  }

  override compile(compiler: SqlCompiler): Sql {
    return { sql: compiler.quoteName(this.refs), params: [] };
  }

  override getGroupByCols(): readonly Expression[] {
    return [this];
  }
}

/** A field of the query around a subquery. */
export class OuterRef<T = unknown> extends F<T> {
  override get containsAggregate(): boolean {
    return false;
  }

  override get containsOverClause(): boolean {
    return false;
  }

  override resolve(): Expression {
    return new ResolvedOuterRef(this.name);
  }

  override describe(): string {
    return `OuterRef("${this.name}")`;
  }
}

/** An `OuterRef` inside its subquery, which waits for the query around. */
export class ResolvedOuterRef extends F {
  override get containsAggregate(): boolean {
    return false;
  }

  override get containsOverClause(): boolean {
    return false;
  }

  override resolve(query: Query, options: ResolveOptions = {}): Expression {
    const column = super.resolve(query, options);
    if (column.containsOverClause)
      throw new FieldError(`A subquery cannot refer to the window expression '${this.name}' outside.`);
    return column;
  }

  override getGroupByCols(): readonly Expression[] {
    return [];
  }

  override compile(): Sql {
    throw new FieldError(
      `A queryset that refers to the query around it with OuterRef("${this.name}") can only be used in a subquery.`,
    );
  }
}
