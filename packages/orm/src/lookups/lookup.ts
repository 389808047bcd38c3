// The ground of all lookups: a left side, a right side, and what holds between them.

import { FieldError } from "@tsgo/core/exceptions";

import { Expression } from "../expressions/expression.ts";
import { Col, F } from "../expressions/references.ts";
import type { ResolveOptions } from "../expressions/resolve-options.ts";
import { BooleanField } from "../fields/boolean.ts";
import { type Field, describeValue } from "../fields/field.ts";
import type { SqlCompiler } from "../query/compiler/compiler.ts";
import type { Query } from "../query/query.ts";
import { SLOT, type Slot, SlotParameter } from "../query/shapes/slots.ts";
import type { Sql } from "../query/sql.ts";

/** What the SQL of a comparison is made of. */
export interface Sides {
  readonly lhs: Sql;
  readonly rhs: Sql;
}

/**
 * A condition on a value. A custom lookup extends it, names itself, and is registered on a field class:
 *
 * @example
 * class NotEqual extends models.Lookup {
 *   static override readonly lookupName = "ne";
 *   override compile(compiler) {
 *     const { lhs, rhs } = this.sides(compiler);
 *     return { sql: `${lhs.sql} <> ${rhs.sql}`, params: [...lhs.params, ...rhs.params] };
 *   }
 * }
 * models.registerLookup(models.Field, NotEqual);
 */
export abstract class Lookup extends Expression<boolean> {
  /** The name in queries: `pages__gt`. */
  static readonly lookupName: string = "";
  /**
   * The SQL is the same for all values of one kind, so that it can be kept. Counts for the very class that says so: one that
   * extends it may write SQL by the value. @internal
   */
  static readonly keepsSql: boolean = false;

  readonly lhs: Expression;
  readonly rhs: unknown;
  /** Where the value came from, if it may be another one next time. @internal */
  [SLOT]: Slot | undefined = undefined;

  constructor(lhs: Expression, rhs: unknown) {
    super();
    this.lhs = lhs;
    this.rhs = rhs instanceof Expression ? this.prepareExpression(rhs) : this.prepare(rhs);
  }

  get lookupName(): string {
    return (this.constructor as typeof Lookup).lookupName;
  }

  /** A right side of null means something. */
  get canUseNull(): boolean {
    return false;
  }

  /** A list or a plain object on the right is one value: of an array, a store of keys. */
  protected get takesContainers(): boolean {
    return false;
  }

  override get conditional(): boolean {
    return true;
  }

  /** The value on the right in the form that all databases share. */
  protected prepare(value: unknown): unknown {
    if (value === null || value === undefined) return null;
    if (!this.takesContainers && isContainer(value))
      throw new FieldError(`${describeValue(value)} is no value for the lookup '${this.lookupName}'.`);
    return this.prepareScalar(value);
  }

  /** A single value, converted and checked by the field on the left. */
  protected prepareScalar(value: unknown): unknown {
    return this.valueField?.getPrepValue(value) ?? value;
  }

  /** Ties the value to a slot, so that the SQL can be kept for others. @internal */
  takeFrom(slot: Slot, convert: (value: unknown) => unknown): void {
    const own = this.constructor as typeof Lookup;
    if (!Object.hasOwn(own, "keepsSql") || !own.keepsSql || !(this.lhs instanceof Col)) return;
    this[SLOT] = slot;
    slot.prepare = (value) => this.prepareAgain(convert(value));
  }

  /** Another value in the place of this one. UNFIT where the SQL would be another. */
  protected prepareAgain(value: unknown): unknown {
    return this.prepare(value);
  }

  /** The field that converts the value. */
  protected get valueField(): Field | undefined {
    return !(this.lhs instanceof Col) && isUnresolved(this.lhs) ? undefined : this.lhs.outputFieldOrUndefined;
  }

  override resolve(query: Query, options: ResolveOptions = {}): Expression {
    const resolved = super.resolve(query, options) as this;
    // What the value is converted by is known only now.
    if (this.rhs instanceof Expression || !isUnresolved(this.lhs)) return resolved;
    return Reflect.construct(this.constructor, [resolved.lhs, this.rhs]) as this;
  }

  protected prepareExpression(value: Expression): Expression {
    return value;
  }

  override getSourceExpressions(): readonly Expression[] {
    return this.rhs instanceof Expression ? [this.lhs, this.rhs] : [this.lhs];
  }

  override withSourceExpressions([lhs, rhs]: readonly (Expression | undefined)[]): this {
    if (lhs === this.lhs && (rhs === undefined || rhs === this.rhs)) return this;
    return this.copyWith(rhs === undefined ? { lhs } : { lhs, rhs });
  }

  override getGroupByCols(): readonly Expression[] {
    return this.getSourceExpressions().flatMap((source) => source.getGroupByCols());
  }

  protected override resolveOutputField(): Field {
    return new BooleanField();
  }

  /** Left and right as SQL. */
  sides(compiler: SqlCompiler): Sides {
    return { lhs: this.compileLhs(compiler), rhs: this.compileRhs(compiler) };
  }

  protected compileLhs(compiler: SqlCompiler): Sql {
    const lhs = this.lhs.compileOperand(compiler);
    return this.lhs instanceof Lookup ? { sql: `(${lhs.sql})`, params: lhs.params } : lhs;
  }

  protected compileRhs(compiler: SqlCompiler): Sql {
    return this.compileValue(compiler, this.rhs);
  }

  protected compileValue(compiler: SqlCompiler, value: unknown): Sql {
    if (value instanceof Expression) {
      const compiled = compiler.compile(value);
      return value instanceof Lookup || compiled.sql.startsWith("SELECT")
        ? { sql: `(${compiled.sql})`, params: compiled.params }
        : compiled;
    }
    return compiler.parameter(this.slotted(compiler, value, (prepared) => this.dbValue(compiler, prepared)));
  }

  /** The parameter for a value; with a slot, one that can be made again by `bind` from what the slot has then. */
  protected slotted(compiler: SqlCompiler, value: unknown, bind: (prepared: unknown) => unknown): unknown {
    const parameter = this.dbValue(compiler, value);
    const slot = this[SLOT];
    if (slot === undefined) return parameter;
    return new SlotParameter(slot.index, parameter, this.checkedBind(compiler, bind));
  }

  /** `bind`, with UNFIT for values that decide the condition by themselves. */
  protected checkedBind(_compiler: SqlCompiler, bind: (prepared: unknown) => unknown): (prepared: unknown) => unknown {
    return bind;
  }

  /** The value on the right as the driver takes it. */
  protected dbValue(compiler: SqlCompiler, value: unknown): unknown {
    const field = this.valueField;
    return field === undefined ? value : field.getDbPrepValue(value, compiler.connection, true);
  }

  override selectFormat(compiler: SqlCompiler, sql: Sql): Sql {
    return compiler.connection.features.supportsBooleanExpressionInSelect
      ? sql
      : { sql: `CASE WHEN ${sql.sql} THEN 1 ELSE 0 END`, params: sql.params };
  }

  override describe(): string {
    return `the lookup '${this.lookupName}'`;
  }

  override deconstruct(): {
    readonly type: string;
    readonly args: readonly unknown[];
    readonly options: Readonly<Record<string, unknown>>;
  } {
    return { type: this.constructor.name, args: [this.lhs, this.rhs], options: {} };
  }
}

/** Whether an expression is a lookup. */
export function isLookup(expression: unknown): expression is Lookup {
  return expression instanceof Lookup;
}

/** The class of a lookup. */
export interface LookupClass {
  readonly lookupName: string;
  new (lhs: Expression, rhs: unknown): Lookup;
}

// A name that was not looked up has no type yet.
function isUnresolved(expression: Expression): boolean {
  return [...expression.flatten()].some((part) => part instanceof F);
}

// A list or a plain object where one value belongs comes from somebody's JSON, and would widen the condition.
function isContainer(value: unknown): boolean {
  if (typeof value === "function") return true;
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || value instanceof Map || value instanceof Set;
}

/** A lookup that is one operator of the database. */
export abstract class OperatorLookup extends Lookup {
  override compile(compiler: SqlCompiler): Sql {
    const { lhs, rhs } = this.sides(compiler);
    const { operations } = compiler.connection;
    const cast = operations.lookupCast(this.lookupName, this.lhs.outputFieldOrUndefined?.targetValueField.internalType);
    return {
      sql: operations.operatorSql(this.lookupName, cast(lhs.sql), rhs.sql),
      params: [...lhs.params, ...rhs.params],
    };
  }
}
