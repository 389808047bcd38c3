// Equality and order.

import { isIP } from "node:net";

import { FieldError } from "@tsgo/core/exceptions";

import { Expression } from "../expressions/expression.ts";
import { keyOf } from "../expressions/structural-key.ts";
import { QuerysetValue, Subquery } from "../expressions/subquery.ts";
import { describeValue } from "../fields/field.ts";
import type { SqlCompiler } from "../query/compiler/compiler.ts";
import { comparableKey } from "../values/comparable.ts";
import { SLOT, type Slot, UNFIT } from "../query/shapes/slots.ts";
import { EMPTY, FULL, type Sql } from "../query/sql.ts";
import { Lookup, OperatorLookup } from "./lookup.ts";

/** The types of whole numbers. */
export const INTEGER_FIELDS = /Integer|Auto/;

type IntegerRange = readonly [low: number | bigint | null, high: number | bigint | null];

// What a column of whole numbers can hold.
function columnRange(lookup: Lookup, compiler: SqlCompiler): IntegerRange | undefined {
  const field = lookup.lhs.outputFieldOrUndefined?.targetValueField;
  if (field === undefined || !INTEGER_FIELDS.test(field.internalType)) return undefined;
  return compiler.connection.operations.integerFieldRange(field.internalType);
}

function sideOf([low, high]: IntegerRange, value: unknown): "above" | "below" | undefined {
  if (typeof value !== "number" && typeof value !== "bigint") return undefined;
  if (high !== null && value > high) return "above";
  return low !== null && value < low ? "below" : undefined;
}

// A number beyond the range of the column decides the comparison without the database.
function beyondRange(lookup: Lookup, compiler: SqlCompiler): "above" | "below" | undefined {
  const range = columnRange(lookup, compiler);
  return range === undefined ? undefined : sideOf(range, lookup.rhs);
}

// The same for values that come later: those beyond the range need other SQL.
function withinRange(
  lookup: Lookup,
  compiler: SqlCompiler,
  bind: (prepared: unknown) => unknown,
): (prepared: unknown) => unknown {
  const range = columnRange(lookup, compiler);
  if (range === undefined) return bind;
  return (prepared) => (sideOf(range, prepared) === undefined ? bind(prepared) : UNFIT);
}

// A text that is no IP address equals none. PostgreSQL would not even compare it.
function isNoAddress({ lhs }: Lookup, value: unknown): boolean {
  return (
    typeof value === "string" &&
    isIP(value) === 0 &&
    lhs.outputFieldOrUndefined?.targetValueField.internalType === "GenericIPAddressField"
  );
}

/** `exact`: both sides are the same. */
export class Exact extends OperatorLookup {
  static override readonly lookupName: string = "exact";
  static override readonly keepsSql: boolean = true;

  protected override prepareExpression(value: Expression): Expression {
    return value instanceof QuerysetValue ? value.forSingleValue() : value;
  }

  // A condition on the left stands for itself or its contrary.
  override takeFrom(slot: Slot, convert: (value: unknown) => unknown): void {
    if (!this.lhs.conditional) super.takeFrom(slot, convert);
  }

  protected override checkedBind(
    compiler: SqlCompiler,
    bind: (prepared: unknown) => unknown,
  ): (prepared: unknown) => unknown {
    const within = withinRange(this, compiler, bind);
    return (prepared) => (isNoAddress(this, prepared) ? UNFIT : within(prepared));
  }

  override compile(compiler: SqlCompiler): Sql {
    // A condition on the left stands for itself, so that the database can use its index.
    if (
      typeof this.rhs === "boolean" &&
      this.lhs.conditional &&
      compiler.connection.features.supportsBooleanExpressionInWhere
    ) {
      const lhs = this.compileLhs(compiler);
      return { sql: this.rhs ? lhs.sql : `NOT ${lhs.sql}`, params: lhs.params };
    }
    if (beyondRange(this, compiler) !== undefined) throw EMPTY;
    if (isNoAddress(this, this.rhs)) throw EMPTY;
    return super.compile(compiler);
  }
}

/** `iexact`: both texts are the same but for case. */
export class IExact extends OperatorLookup {
  static override readonly lookupName: string = "iexact";
  static override readonly keepsSql: boolean = true;

  protected override dbValue(compiler: SqlCompiler, value: unknown): unknown {
    return compiler.connection.operations.iexactValue(String(super.dbValue(compiler, value)));
  }
}

abstract class Ordering extends OperatorLookup {
  protected override prepareScalar(value: unknown): unknown {
    const field = this.valueField;
    // Cutting the fraction off 2.5 would change what `gte` and `lt` mean.
    if (
      field !== undefined &&
      typeof value === "number" &&
      !Number.isInteger(value) &&
      Number.isFinite(value) &&
      INTEGER_FIELDS.test(field.targetValueField.internalType)
    )
      return super.prepareScalar(this.roundFraction(value));
    return super.prepareScalar(value);
  }

  protected roundFraction(value: number): number {
    return value;
  }

  /** Numbers beyond which end of the column's range every number of the column meets the condition with. */
  protected abstract readonly allMeet: "above" | "below";

  override compile(compiler: SqlCompiler): Sql {
    const beyond = beyondRange(this, compiler);
    if (beyond === undefined) return super.compile(compiler);
    // NULL meets it then, too: so it was recorded of Django.
    throw beyond === this.allMeet ? FULL : EMPTY;
  }

  protected override checkedBind(
    compiler: SqlCompiler,
    bind: (prepared: unknown) => unknown,
  ): (prepared: unknown) => unknown {
    return withinRange(this, compiler, bind);
  }
}

/** `gt`: the left side is greater. */
export class GreaterThan extends Ordering {
  static override readonly lookupName: string = "gt";
  static override readonly keepsSql: boolean = true;
  protected override roundFraction(value: number): number {
    return Math.floor(value);
  }
  protected readonly allMeet = "below";
}

/** `gte`: the left side is greater or the same. */
export class GreaterThanOrEqual extends Ordering {
  static override readonly lookupName: string = "gte";
  static override readonly keepsSql: boolean = true;
  protected override roundFraction(value: number): number {
    return Math.ceil(value);
  }
  protected readonly allMeet = "below";
}

/** `lt`: the left side is less. */
export class LessThan extends Ordering {
  static override readonly lookupName: string = "lt";
  static override readonly keepsSql: boolean = true;
  protected override roundFraction(value: number): number {
    return Math.ceil(value);
  }
  protected readonly allMeet = "above";
}

/** `lte`: the left side is less or the same. */
export class LessThanOrEqual extends Ordering {
  static override readonly lookupName: string = "lte";
  static override readonly keepsSql: boolean = true;
  protected override roundFraction(value: number): number {
    return Math.floor(value);
  }
  protected readonly allMeet = "above";
}

/** `range`: the left side lies between two values, both included. */
export class Range extends Lookup {
  static override readonly lookupName: string = "range";

  protected override prepare(value: unknown): unknown {
    if (!Array.isArray(value) || value.length !== 2)
      throw new FieldError(`The lookup 'range' takes a list of two values, not ${describeValue(value)}.`);
    return value.map((bound) => (bound instanceof Expression ? bound : super.prepare(bound)));
  }

  override getSourceExpressions(): readonly Expression[] {
    return [this.lhs, ...boundsOf(this).filter((bound) => bound instanceof Expression)];
  }

  override withSourceExpressions([lhs, ...bounds]: readonly (Expression | undefined)[]): this {
    const replaced = [...bounds];
    return this.copyWith({
      lhs,
      rhs: boundsOf(this).map((bound) => (bound instanceof Expression ? replaced.shift() : bound)),
    });
  }

  override compile(compiler: SqlCompiler): Sql {
    const lhs = this.compileLhs(compiler);
    const [low, high] = boundsWithin(this, columnRange(this, compiler)).map((bound) =>
      this.compileValue(compiler, bound),
    );
    return {
      sql: `${lhs.sql} BETWEEN ${low?.sql ?? ""} AND ${high?.sql ?? ""}`,
      params: [...lhs.params, ...(low?.params ?? []), ...(high?.params ?? [])],
    };
  }
}

/** `in`: the left side is one of a list, or of the rows of a query. */
export class In extends Lookup {
  static override readonly lookupName: string = "in";
  static override readonly keepsSql: boolean = true;

  protected override prepare(value: unknown): unknown {
    if (
      value === null ||
      (typeof value !== "object" && typeof value !== "string") ||
      !(Symbol.iterator in Object(value))
    )
      throw new FieldError(`The lookup 'in' takes a list or a queryset, not ${describeValue(value)}.`);
    const items = [...(value as Iterable<unknown>)];
    return items
      .map((item) => (item instanceof Expression ? item : super.prepare(item)))
      .filter((item) => !isNoAddress(this, item));
  }

  protected override prepareExpression(value: Expression): Expression {
    return value instanceof QuerysetValue ? value.forMembership(heldKey(this.lhs)) : value;
  }

  override getSourceExpressions(): readonly Expression[] {
    if (this.rhs instanceof Expression) return [this.lhs, this.rhs];
    return [this.lhs, ...itemsOf(this).filter((item) => item instanceof Expression)];
  }

  override withSourceExpressions([lhs, ...items]: readonly (Expression | undefined)[]): this {
    if (this.rhs instanceof Expression) return this.copyWith({ lhs, rhs: items[0] });
    const replaced = [...items];
    return this.copyWith({
      lhs,
      rhs: itemsOf(this).map((item) => (item instanceof Expression ? replaced.shift() : item)),
    });
  }

  override compile(compiler: SqlCompiler): Sql {
    const lhs = this.compileLhs(compiler);
    if (this.rhs instanceof Expression) {
      const rhs = compiler.compile(this.rhs);
      const list = rhs.sql.startsWith("(") ? rhs.sql : `(${rhs.sql})`;
      return {
        sql: `${lhs.sql} IN ${needsTable(this.rhs, compiler) ? `(SELECT * FROM ${list} subquery)` : list}`,
        params: [...lhs.params, ...rhs.params],
      };
    }
    const range = columnRange(this, compiler);
    const given = members(itemsOf(this));
    const items = range === undefined ? given : given.filter((item) => sideOf(range, item) === undefined);
    if (items.length === 0) throw EMPTY;
    // Without its slot: the SQL is for this list only.
    if (items.length < given.length && this[SLOT] !== undefined)
      return this.copyWith({ [SLOT]: undefined }).compile(compiler);
    const limit = compiler.connection.features.maxInListSize;
    if (limit !== null && items.length > limit) return this.compileParts(compiler, lhs, items, limit);
    return this.compileList(compiler, lhs, items);
  }

  // The number of parameters is that of the items, where none of them is left out.
  override takeFrom(slot: Slot, convert: (value: unknown) => unknown): void {
    if (members(itemsOf(this)).length === itemsOf(this).length) super.takeFrom(slot, convert);
  }

  protected override prepareAgain(value: unknown): unknown {
    const given = this.prepare(value) as readonly unknown[];
    const items = members(given);
    return items.length === given.length ? items : UNFIT;
  }

  protected compileParts(compiler: SqlCompiler, lhs: Sql, items: readonly unknown[], limit: number): Sql {
    const parts: Sql[] = [];
    for (let at = 0; at < items.length; at += limit)
      parts.push(this.compileList(compiler, lhs, items.slice(at, at + limit), at));
    return { sql: `(${parts.map((part) => part.sql).join(" OR ")})`, params: parts.flatMap((part) => part.params) };
  }

  protected compileList(compiler: SqlCompiler, lhs: Sql, items: readonly unknown[], first = 0): Sql {
    const list = items.map((item, index) => this.compileItem(compiler, item, first + index));
    const params = [...lhs.params];
    for (const item of list) for (const value of item.params) params.push(value);
    return { sql: `${lhs.sql} IN (${list.map((item) => item.sql).join(", ")})`, params };
  }

  protected compileItem(compiler: SqlCompiler, item: unknown, index: number): Sql {
    if (item instanceof Expression || this[SLOT] === undefined) return this.compileValue(compiler, item);
    const bind = withinRange(this, compiler, (value) => this.dbValue(compiler, value));
    return compiler.parameter(
      this.slotted(compiler, item, (prepared) => bind((prepared as readonly unknown[])[index])),
    );
  }
}

// NULL is a member of nothing, and each value counts once.
function members(items: readonly unknown[]): unknown[] {
  return unique(items.filter((item) => item !== null && item !== undefined));
}

// Some databases read only a table made from the subquery where it is sliced, or reads what the statement writes. Such a table
// cannot see the query around, though.
function needsTable(rhs: Expression, { connection: { features }, writes }: SqlCompiler): boolean {
  if (!(rhs instanceof Subquery) || rhs.externalColumns().length > 0) return false;
  return (rhs.query.isSliced && !features.allowsSlicedSubqueriesWithIn) || (writes && !features.updateCanSelfSelect);
}

// The right side of lookups that take several values.
function boundsOf(lookup: Range): readonly unknown[] {
  return lookup.rhs as readonly unknown[];
}

// A bound beyond the range of the column bounds nothing, or leaves nothing.
function boundsWithin(lookup: Range, range: IntegerRange | undefined): readonly unknown[] {
  const [first, last] = boundsOf(lookup);
  if (range === undefined) return [first, last];
  if (sideOf(range, first) === "above" || sideOf(range, last) === "below") throw EMPTY;
  return [sideOf(range, first) === undefined ? first : range[0], sideOf(range, last) === undefined ? last : range[1]];
}

function itemsOf(lookup: In): readonly unknown[] {
  return lookup.rhs as readonly unknown[];
}

// A foreign key may hold another field than the primary key of its target.
function heldKey(lhs: Expression): string {
  const { remoteField } = lhs.outputField;
  const target = remoteField === undefined || lhs.outputField.manyToMany ? undefined : remoteField.targetField;
  return target === undefined || target.primaryKey ? "pk" : target.attname;
}

function unique(items: readonly unknown[]): unknown[] {
  const seen = new Set<unknown>();
  return items.filter((item) => {
    const key = Array.isArray(item) ? keyOf(item) : item instanceof Expression ? item : comparableKey(item);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
