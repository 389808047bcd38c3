// Lookups on composite primary keys: all columns of the key against as many values.

import { FieldError } from "@tsgo/core/exceptions";

import { ColPairs } from "../expressions/col-pairs.ts";
import { Expression } from "../expressions/expression.ts";
import { F } from "../expressions/references.ts";
import type { ResolveOptions } from "../expressions/resolve-options.ts";
import { QuerysetValue, Subquery } from "../expressions/subquery.ts";
import { describeValue } from "../fields/field.ts";
import type { SqlCompiler } from "../query/compiler/compiler.ts";
import type { Query } from "../query/query.ts";
import { EMPTY, type Sql, joinSql } from "../query/sql.ts";
import { WhereNode } from "../query/where.ts";
import { Exact, GreaterThan, GreaterThanOrEqual, INTEGER_FIELDS, In, LessThan, LessThanOrEqual } from "./comparison.ts";
import { IsNull } from "./is-null.ts";
import { Lookup, type LookupClass } from "./lookup.ts";

/** A comparison of a composite key with a list of values, another key, or the one row of a subquery. */
abstract class TupleLookup extends Lookup {
  protected get pairs(): ColPairs {
    return pairsOf(this.lhs);
  }

  protected override prepare(value: unknown): unknown {
    return value === null || value === undefined ? null : checkedTuple(this, value);
  }

  protected override prepareExpression(value: Expression): Expression {
    if (value instanceof QuerysetValue) return checkedColumns(this, value.forSingleValue());
    return value instanceof Subquery ? checkedColumns(this, value) : value;
  }

  override resolve(query: Query, options: ResolveOptions = {}): Expression {
    const resolved = super.resolve(query, options) as this;
    const { rhs } = resolved;
    // A name from the query around waits for that query.
    if (rhs instanceof Expression && !(rhs instanceof ColPairs || rhs instanceof Subquery || rhs instanceof F))
      throw new FieldError(`${describeKey(this)} cannot be compared with ${rhs.describe()}.`);
    return resolved;
  }

  protected override compileLhs(compiler: SqlCompiler): Sql {
    return parenthesized(compiler.compile(this.lhs));
  }

  protected override compileRhs(compiler: SqlCompiler): Sql {
    if (this.rhs instanceof ColPairs) return parenthesized(compiler.compile(this.rhs));
    if (this.rhs instanceof Subquery) return compiler.compile(this.rhs);
    if (this.rhs instanceof Expression)
      throw new FieldError(`${describeKey(this)} cannot be compared with ${this.rhs.describe()}.`);
    return tupleSql(this, compiler, this.rhs);
  }
}

abstract class TupleOrdering extends TupleLookup {
  protected abstract readonly operator: string;
  /** What holds between the last columns, and between others. */
  protected abstract readonly last: LookupClass;
  protected abstract readonly others: LookupClass;

  override compile(compiler: SqlCompiler): Sql {
    if (Array.isArray(this.rhs)) {
      // No part of a key is null, and nothing is more than null.
      if (this.rhs.includes(null)) throw EMPTY;
      if (!fitsColumns(this, compiler, this.rhs)) return compiler.compile(this.#byColumn(this.rhs));
    }
    const { lhs, rhs } = this.sides(compiler);
    return { sql: `${lhs.sql} ${this.operator} ${rhs.sql}`, params: [...lhs.params, ...rhs.params] };
  }

  // a > x OR (a = x AND b > y): each comparison sees for itself to numbers that its column cannot hold.
  #byColumn(values: readonly unknown[]): Expression {
    const { columns } = this.pairs;
    const branches = columns.map((column, index) => {
      const same = columns.slice(0, index).map((before, place) => new Exact(before, values[place]));
      const compare = index === columns.length - 1 ? this.last : this.others;
      return new WhereNode([...same, new compare(column, values[index])]);
    });
    return new WhereNode(branches, "OR");
  }
}

class TupleGreaterThan extends TupleOrdering {
  static override readonly lookupName: string = "gt";
  protected override readonly operator = ">";
  protected override readonly last = GreaterThan;
  protected override readonly others = GreaterThan;
}

class TupleGreaterThanOrEqual extends TupleOrdering {
  static override readonly lookupName: string = "gte";
  protected override readonly operator = ">=";
  protected override readonly last = GreaterThanOrEqual;
  protected override readonly others = GreaterThan;
}

class TupleLessThan extends TupleOrdering {
  static override readonly lookupName: string = "lt";
  protected override readonly operator = "<";
  protected override readonly last = LessThan;
  protected override readonly others = LessThan;
}

class TupleLessThanOrEqual extends TupleOrdering {
  static override readonly lookupName: string = "lte";
  protected override readonly operator = "<=";
  protected override readonly last = LessThanOrEqual;
  protected override readonly others = LessThan;
}

/** Each column equals its value. Written column by column, which every database answers from the index of the key. */
class TupleExact extends TupleLookup {
  static override readonly lookupName: string = "exact";

  override compile(compiler: SqlCompiler): Sql {
    if (this.rhs instanceof Expression && !(this.rhs instanceof ColPairs)) {
      const { lhs, rhs } = this.sides(compiler);
      return { sql: `${lhs.sql} = ${rhs.sql}`, params: [...lhs.params, ...rhs.params] };
    }
    const values = this.rhs instanceof ColPairs ? this.rhs.columns : (this.rhs as readonly unknown[]);
    const comparisons = this.pairs.columns.map((column, index) => {
      // No part of a key is null.
      if (values[index] === null) throw EMPTY;
      return compiler.compile(new Exact(column, values[index]));
    });
    return parenthesized(joinSql(comparisons, " AND "));
  }
}

class TupleIn extends In {
  protected override prepare(value: unknown): unknown {
    if (typeof value !== "object" || value === null || !(Symbol.iterator in value))
      throw new FieldError(`The lookup 'in' takes a list or a queryset, not ${describeValue(value)}.`);
    return [...(value as Iterable<unknown>)].map((item) => checkedTuple(this, item));
  }

  protected override prepareExpression(value: Expression): Expression {
    if (value instanceof QuerysetValue) return checkedColumns(this, value.forMembership("pk"));
    if (value instanceof Subquery) return checkedColumns(this, value);
    throw new FieldError(`${describeKey(this)} cannot be one of ${value.describe()}.`);
  }

  override getSourceExpressions(): readonly Expression[] {
    return this.rhs instanceof Subquery ? [this.lhs, this.rhs] : [this.lhs];
  }

  override withSourceExpressions([lhs, rhs]: readonly (Expression | undefined)[]): this {
    return this.copyWith(rhs === undefined ? { lhs } : { lhs, rhs });
  }

  protected override compileLhs(compiler: SqlCompiler): Sql {
    return parenthesized(compiler.compile(this.lhs));
  }

  protected override compileList(compiler: SqlCompiler, lhs: Sql, items: readonly unknown[]): Sql {
    const whole = (items as readonly (readonly unknown[])[]).filter(
      (item) => !item.includes(null) && fitsColumns(this, compiler, item),
    );
    if (whole.length === 0) throw EMPTY;
    const list = joinSql(
      whole.map((item) => tupleSql(this, compiler, item)),
      ", ",
    );
    const values = compiler.connection.features.supportsTuplesInList ? list.sql : `VALUES ${list.sql}`;
    return { sql: `${lhs.sql} IN (${values})`, params: [...lhs.params, ...list.params] };
  }
}

/** Any column is NULL, or (with false) none is. */
class TupleIsNull extends IsNull {
  override compile(compiler: SqlCompiler): Sql {
    const columns = pairsOf(this.lhs).columns.map((column) => compiler.compile(new IsNull(column, this.rhs)));
    return parenthesized(joinSql(columns, this.rhs === true ? " OR " : " AND "));
  }
}

/** The lookups of a composite key, by name. */
export const tupleLookups: ReadonlyMap<string, LookupClass> = new Map(
  [
    TupleExact,
    TupleGreaterThan,
    TupleGreaterThanOrEqual,
    TupleLessThan,
    TupleLessThanOrEqual,
    TupleIn,
    TupleIsNull,
  ].map((lookup) => [lookup.lookupName, lookup]),
);

function pairsOf(lhs: Expression): ColPairs {
  if (lhs instanceof ColPairs) return lhs;
  throw new FieldError(`${lhs.describe()} is no composite key.`);
}

function describeKey({ lhs }: Lookup): string {
  return `The composite key ${lhs.describe()}`;
}

// A list of as many values as the key has fields, each converted by its field.
function checkedTuple(lookup: Lookup, value: unknown): readonly unknown[] {
  const { target } = pairsOf(lookup.lhs);
  return target.parts(value).map((part, index) => {
    const field = target.fields[index];
    return part === null || part === undefined || field === undefined ? null : field.getPrepValue(part);
  });
}

function checkedColumns<S extends Subquery>(lookup: Lookup, subquery: S): S {
  const { query } = subquery;
  const wanted = pairsOf(lookup.lhs).columns.length;
  const selected = [...query.select, ...query.annotationSelect.values()];
  const found = selected.reduce((sum, column) => sum + (column instanceof ColPairs ? column.columns.length : 1), 0);
  if (found !== wanted)
    throw new FieldError(`${describeKey(lookup)} takes a queryset that selects ${wanted} fields, not ${found}.`);
  return subquery;
}

function tupleSql(lookup: Lookup, compiler: SqlCompiler, value: unknown): Sql {
  const { fields } = pairsOf(lookup.lhs).target;
  const parts = (value as readonly unknown[]).map((part, index) =>
    compiler.parameter(part === null ? null : fields[index]?.getDbPrepValue(part, compiler.connection, true)),
  );
  return parenthesized(joinSql(parts, ", "));
}

// Whether every number is within the range of its column; a database refuses others.
function fitsColumns(lookup: Lookup, compiler: SqlCompiler, values: readonly unknown[]): boolean {
  return pairsOf(lookup.lhs).target.fields.every((field, index) => {
    const value = values[index];
    if (typeof value !== "number" && typeof value !== "bigint") return true;
    const { internalType } = field.targetValueField;
    if (!INTEGER_FIELDS.test(internalType)) return true;
    const [low, high] = compiler.connection.operations.integerFieldRange(internalType);
    return (low === null || value >= low) && (high === null || value <= high);
  });
}

function parenthesized({ sql, params }: Sql): Sql {
  return { sql: `(${sql})`, params };
}
