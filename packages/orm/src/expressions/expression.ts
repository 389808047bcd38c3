// The ground of everything that stands in a query and has a value: columns, literals, functions, aggregates, lookups.

import { FieldError } from "@tsgo/core/exceptions";

import type { DatabaseWrapper } from "../backends/base/wrapper.ts";
import type { Field } from "../fields/field.ts";
import type { SqlCompiler } from "../query/compiler/compiler.ts";
import type { Query } from "../query/query.ts";
import type { Sql } from "../query/sql.ts";
import { type Operator, combinedField, fieldOfValue, familyOf } from "./output-fields.ts";
import { type Lookups, Q } from "./q.ts";
import type { ResolveOptions } from "./resolve-options.ts";
import { structuralKey } from "./structural-key.ts";

/** The key under which the compiler finds the type of an expression's value. It exists in types only. */
export declare const EXPRESSION_VALUE: unique symbol;

/** The key under which the compiler finds the field that an expression names. It exists in types only. */
export declare const NAMED_FIELD: unique symbol;

/** What turns a column of a result into a value. */
export type Converter = (value: unknown) => unknown;

/** Table aliases and what they are called from now on. */
export type Relabeling = ReadonlyMap<string, string>;

/**
 * A part of a query that has a value. Expressions never change: resolving one against a query, or moving it to other table
 * aliases, gives a new one. `T` is the type of the value.
 */
export abstract class Expression<T = unknown> {
  declare readonly [EXPRESSION_VALUE]: T;

  /** The reference of the class of an expression that is not built in, for migrations: `"tsgo/contrib/postgres:OpClass"`. */
  static readonly reference: string | undefined = undefined;

  /** The output field that the user named. */
  protected readonly givenOutputField: Field | undefined;
  /** Set by a combined query and the like: what is computed is a row of several columns. */
  readonly isSummary: boolean = false;
  /** May stand in WHERE. */
  readonly filterable: boolean = true;
  /** May stand in OVER. */
  readonly windowCompatible: boolean = false;
  /** The result does not change with NULL among the rows, so that an empty set has this value. */
  get emptyResultSetValue(): unknown {
    return NO_EMPTY_VALUE;
  }
  /** May stand inside CHECK and index expressions as it is. */
  readonly allowsComposedExpressions: boolean = false;

  // Not a #private field: those do not come along when an expression is copied.
  protected cachedOutputField: Field | undefined = undefined;

  constructor(outputField?: Field) {
    this.givenOutputField = outputField;
  }

  // ---- structure

  /** The expressions that this one is made of. */
  getSourceExpressions(): readonly (Expression | undefined)[] {
    return [];
  }

  /** A copy made of other expressions. */
  withSourceExpressions(_expressions: readonly (Expression | undefined)[]): this {
    return this;
  }

  /** A copy with own properties replaced. */
  protected copyWith(changes: object): this {
    const copy = Object.create(Object.getPrototypeOf(this) as object) as this;
    return Object.assign(copy, this, { cachedOutputField: undefined }, changes);
  }

  get containsAggregate(): boolean {
    return this.getSourceExpressions().some((expression) => expression?.containsAggregate === true);
  }

  get containsOverClause(): boolean {
    return this.getSourceExpressions().some((expression) => expression?.containsOverClause === true);
  }

  get containsColumnReferences(): boolean {
    return this.getSourceExpressions().some((expression) => expression?.containsColumnReferences === true);
  }

  /** This expression and all that it is made of. */
  *flatten(): Generator<Expression> {
    yield this;
    for (const source of this.getSourceExpressions()) if (source !== undefined) yield* source.flatten();
  }

  /** Equal for expressions that mean the same. */
  get key(): string {
    return structuralKey(this);
  }

  // ---- resolving

  /** The expression with its names looked up in a query: `F("a")` becomes a column, joins are made. */
  resolve(query: Query, options: ResolveOptions = {}): Expression {
    return this.withSourceExpressions(
      this.getSourceExpressions().map((source) => source?.resolve(query, options)),
    ).resolved(options);
  }

  /** The last step of resolving: the copy notes how it was resolved. */
  protected resolved(options: ResolveOptions): this {
    return options.summarize === true ? this.copyWith({ isSummary: true }) : this;
  }

  /** The expression over other table aliases. */
  relabeled(changes: Relabeling): Expression {
    return this.withSourceExpressions(this.getSourceExpressions().map((source) => source?.relabeled(changes)));
  }

  /** A copy with references to names (of annotations, of an inner query's columns) replaced by expressions. */
  replaceExpressions(replacements: ReadonlyMap<string, Expression>): Expression {
    const replacement = replacements.size === 0 ? undefined : replacements.get(this.key);
    if (replacement !== undefined) return replacement;
    return this.withSourceExpressions(
      this.getSourceExpressions().map((source) => source?.replaceExpressions(replacements)),
    );
  }

  /** The columns that GROUP BY needs because of this expression. */
  getGroupByCols(): readonly Expression[] {
    if (!this.containsAggregate) return [this];
    return this.getSourceExpressions().flatMap((source) => source?.getGroupByCols() ?? []);
  }

  // ---- type

  /** The field that tells type and conversion of the value. @throws FieldError where there is none to be had. */
  get outputField(): Field {
    const field = this.outputFieldOrUndefined;
    if (field === undefined)
      throw new FieldError(`The result of ${this.describe()} has no known type: give it an outputField.`);
    return field;
  }

  get outputFieldOrUndefined(): Field | undefined {
    return (this.cachedOutputField ??= this.givenOutputField ?? this.resolveOutputField());
  }

  /** The type that follows from the parts: theirs, where they agree. */
  protected resolveOutputField(): Field | undefined {
    let found: Field | undefined;
    for (const source of this.getSourceExpressions()) {
      const field = source?.outputFieldOrUndefined;
      if (field === undefined) continue;
      if (found === undefined) found = field;
      else if (!sameFamily(found, field))
        throw new FieldError(
          `${this.describe()} mixes the types ${found.constructor.name} and ${field.constructor.name}: give it an outputField.`,
        );
    }
    return found;
  }

  /** True for a condition. */
  get conditional(): boolean {
    return this.outputFieldOrUndefined?.internalType === "BooleanField";
  }

  /** The value is made by the database, so that SQLite does not know a decimal from a float in it. */
  get isComputed(): boolean {
    return false;
  }

  /** What turns the driver's value into the one handed out. */
  converter(connection: DatabaseWrapper): Converter | undefined {
    const field = this.outputFieldOrUndefined;
    // What is computed need not keep to the places of a column.
    if (field?.targetValueField.internalType === "DecimalField")
      return connection.operations.decimalConverter(undefined, undefined);
    return field?.fromDb(connection);
  }

  // ---- SQL

  /** The SQL of the expression. @throws EMPTY or FULL where a condition needs none. */
  abstract compile(compiler: SqlCompiler): Sql;

  /** The SQL as a function of a window. Not compiler.compile(): a cast around the function would come before OVER. */
  compileOver(compiler: SqlCompiler, over: Sql): Sql {
    const { sql, params } = this.compile(compiler);
    return { sql: `${sql} OVER (${over.sql})`, params: [...params, ...over.params] };
  }

  /** The SQL on the left side of a lookup. */
  compileOperand(compiler: SqlCompiler): Sql {
    return compiler.compile(this);
  }

  /** The SQL as a column of SELECT. */
  selectFormat(compiler: SqlCompiler, sql: Sql): Sql {
    return this.outputFieldOrUndefined === undefined ? sql : compiler.formatSelected(this.outputFieldOrUndefined, sql);
  }

  describe(): string {
    return this.constructor.name;
  }

  /** Class and arguments, for migrations. */
  deconstruct(): {
    readonly type: string;
    readonly args: readonly unknown[];
    readonly options: Readonly<Record<string, unknown>>;
  } {
    return {
      type: this.constructor.name,
      args: [...this.getSourceExpressions()],
      options: this.givenOutputField === undefined ? {} : { outputField: this.givenOutputField },
    };
  }

  // ---- combining; Django's operators as methods

  add(other: unknown): CombinedExpression {
    return combine(this, "+", other);
  }
  sub(other: unknown): CombinedExpression {
    return combine(this, "-", other);
  }
  mul(other: unknown): CombinedExpression {
    return combine(this, "*", other);
  }
  div(other: unknown): CombinedExpression {
    return combine(this, "/", other);
  }
  mod(other: unknown): CombinedExpression {
    return combine(this, "%", other);
  }
  pow(other: unknown): CombinedExpression {
    return combine(this, "^", other);
  }
  bitand(other: unknown): CombinedExpression {
    return combine(this, "&", other);
  }
  bitor(other: unknown): CombinedExpression {
    return combine(this, "|", other);
  }
  bitxor(other: unknown): CombinedExpression {
    return combine(this, "#", other);
  }
  bitleftshift(other: unknown): CombinedExpression {
    return combine(this, "<<", other);
  }
  bitrightshift(other: unknown): CombinedExpression {
    return combine(this, ">>", other);
  }
  neg(): CombinedExpression {
    return combine(this, "*", -1);
  }

  /** Both conditions hold. */
  and(other: Q | Lookups | Expression): Q {
    return new Q(this).and(other);
  }
  /** At least one condition holds. */
  or(other: Q | Lookups | Expression): Q {
    return new Q(this).or(other);
  }
  /** Exactly one condition holds. */
  xor(other: Q | Lookups | Expression): Q {
    return new Q(this).xor(other);
  }

  /** Orders by this, smallest first. */
  asc(options: NullsOptions = {}): OrderBy {
    return new OrderBy(this, { ...options, descending: false });
  }
  /** Orders by this, greatest first. */
  desc(options: NullsOptions = {}): OrderBy {
    return new OrderBy(this, { ...options, descending: true });
  }
}

/** Says that an expression has no value over an empty set of rows. */
export const NO_EMPTY_VALUE: unique symbol = Symbol("no value over an empty set");

/** A literal value in a query. */
export class Value<T = unknown> extends Expression<T> {
  readonly value: T;
  readonly forSave: boolean;

  constructor(value: T, options: { readonly outputField?: Field; readonly forSave?: boolean } = {}) {
    super(options.outputField);
    this.value = value;
    this.forSave = options.forSave ?? false;
  }

  override get emptyResultSetValue(): unknown {
    return this.value;
  }

  protected override resolved(options: ResolveOptions): this {
    return options.forSave === true ? this.copyWith({ forSave: true }) : super.resolved(options);
  }

  override compile(compiler: SqlCompiler): Sql {
    const field = this.outputFieldOrUndefined;
    if (this.value === null || this.value === undefined) return { sql: "NULL", params: [] };
    if (field === undefined) return compiler.parameter(this.value);
    const { connection } = compiler;
    const prepared = this.forSave
      ? field.getDbPrepSave(this.value, connection)
      : field.getDbPrepValue(this.value, connection);
    return compiler.typedParameter(prepared, field);
  }

  override getGroupByCols(): readonly Expression[] {
    return [];
  }

  override get isComputed(): boolean {
    return true;
  }

  protected override resolveOutputField(): Field | undefined {
    return fieldOfValue(this.value);
  }

  override deconstruct(): {
    readonly type: string;
    readonly args: readonly unknown[];
    readonly options: Readonly<Record<string, unknown>>;
  } {
    return {
      type: "Value",
      args: [this.value],
      options: this.givenOutputField === undefined ? {} : { outputField: this.givenOutputField },
    };
  }
}

/** What `combine` and functions take in place of an expression: a literal. */
export function asExpression(value: unknown): Expression {
  if (value instanceof Expression) return value;
  if (value instanceof Q) return value as unknown as Expression;
  if (typeof value === "object" && value !== null && "asSubquery" in value && typeof value.asSubquery === "function")
    return value.asSubquery() as Expression;
  return new Value(value);
}

function combine(lhs: Expression, operator: Operator, rhs: unknown): CombinedExpression {
  return new CombinedExpression(lhs, operator, asExpression(rhs));
}

/** Two expressions with an operator of arithmetic between them. */
export class CombinedExpression extends Expression<number> {
  readonly lhs: Expression;
  readonly operator: Operator;
  readonly rhs: Expression;

  constructor(lhs: Expression, operator: Operator, rhs: Expression, outputField?: Field) {
    super(outputField);
    this.lhs = lhs;
    this.operator = operator;
    this.rhs = rhs;
  }

  override getSourceExpressions(): readonly Expression[] {
    return [this.lhs, this.rhs];
  }

  override withSourceExpressions([lhs, rhs]: readonly (Expression | undefined)[]): this {
    if (lhs === this.lhs && rhs === this.rhs) return this;
    return this.copyWith({ lhs, rhs });
  }

  override get isComputed(): boolean {
    return true;
  }

  protected override resolveOutputField(): Field | undefined {
    const left = this.lhs.outputFieldOrUndefined;
    const right = this.rhs.outputFieldOrUndefined;
    const field = combinedField(this.operator, left, right);
    if (field !== undefined || left === undefined || right === undefined) return field;
    throw new FieldError(
      `The type of '${this.operator}' between ${left.constructor.name} and ${right.constructor.name} is not known: give it an outputField with ExpressionWrapper.`,
    );
  }

  override compile(compiler: SqlCompiler): Sql {
    const { operations } = compiler.connection;
    const left = this.lhs.outputFieldOrUndefined?.targetValueField.internalType;
    const right = this.rhs.outputFieldOrUndefined?.targetValueField.internalType;
    if (this.operator === "-" && left === right && left !== undefined && TEMPORAL.has(left))
      return operations.subtractTemporals(left, compiler.compile(this.lhs), compiler.compile(this.rhs));
    const lhs = compiler.compile(this.lhs);
    const rhs = compiler.compile(this.rhs);
    const params = [...lhs.params, ...rhs.params];
    // Date arithmetic: a duration with something that is none.
    const durations = [left, right].filter((type) => type === "DurationField").length;
    if (durations === 1 && (TEMPORAL.has(left ?? "") || TEMPORAL.has(right ?? "")))
      return { sql: `(${operations.combineDurationSql(this.operator, lhs.sql, rhs.sql)})`, params };
    if (this.operator === "/" && isIntegerField(this.lhs) && isIntegerField(this.rhs))
      return { sql: `(${operations.integerDivisionSql(lhs.sql, rhs.sql)})`, params };
    return { sql: `(${operations.combineSql(this.operator, lhs.sql, rhs.sql)})`, params };
  }

  override describe(): string {
    return `${this.lhs.describe()} ${this.operator} ${this.rhs.describe()}`;
  }

  override deconstruct(): {
    readonly type: string;
    readonly args: readonly unknown[];
    readonly options: Readonly<Record<string, unknown>>;
  } {
    return { type: "CombinedExpression", args: [this.lhs, this.operator, this.rhs], options: {} };
  }
}

function isIntegerField(expression: Expression): boolean {
  const field = expression.outputFieldOrUndefined;
  return field !== undefined && familyOf(field) === "IntegerField";
}

const TEMPORAL: ReadonlySet<string> = new Set(["DateField", "DateTimeField", "TimeField"]);

/** Where NULL stands in an order. */
export interface NullsOptions {
  readonly nullsFirst?: boolean;
  readonly nullsLast?: boolean;
}

/** One term of ORDER BY. */
export class OrderBy extends Expression {
  readonly expression: Expression;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
  readonly nullsLast: boolean;

  constructor(expression: Expression, options: NullsOptions & { readonly descending?: boolean } = {}) {
    super();
    this.expression = expression;
    this.descending = options.descending ?? false;
    this.nullsFirst = options.nullsFirst ?? false;
    this.nullsLast = options.nullsLast ?? false;
    if (this.nullsFirst && this.nullsLast) throw new FieldError("An order has nullsFirst or nullsLast, not both.");
  }

  override getSourceExpressions(): readonly Expression[] {
    return [this.expression];
  }

  override withSourceExpressions([expression]: readonly (Expression | undefined)[]): this {
    return expression === this.expression ? this : this.copyWith({ expression });
  }

  /** The same term the other way round. */
  reversed(): OrderBy {
    return new OrderBy(this.expression, {
      descending: !this.descending,
      nullsFirst: this.nullsLast,
      nullsLast: this.nullsFirst,
    });
  }

  override compile(compiler: SqlCompiler): Sql {
    const { sql, params } = compiler.compile(this.expression);
    const direction = this.descending ? "DESC" : "ASC";
    if (!this.nullsFirst && !this.nullsLast) return { sql: `${sql} ${direction}`, params };
    if (compiler.connection.features.supportsOrderByNullsModifier)
      return { sql: `${sql} ${direction} NULLS ${this.nullsFirst ? "FIRST" : "LAST"}`, params };
    return {
      sql: `${sql} IS ${this.nullsFirst ? "NOT " : ""}NULL, ${sql} ${direction}`,
      params: [...params, ...params],
    };
  }

  override getGroupByCols(): readonly Expression[] {
    return this.expression.getGroupByCols();
  }

  override deconstruct(): {
    readonly type: string;
    readonly args: readonly unknown[];
    readonly options: Readonly<Record<string, unknown>>;
  } {
    const { descending, nullsFirst, nullsLast } = this;
    return { type: "OrderBy", args: [this.expression], options: { descending, nullsFirst, nullsLast } };
  }
}

// The first one decides: the others must be of its class or of one above it.
function sameFamily(first: Field, other: Field): boolean {
  return first instanceof other.constructor;
}

export type { Lookups };
