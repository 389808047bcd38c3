// Queries inside queries.

import { FieldError } from "@tsgo/core/exceptions";

import type { DatabaseWrapper } from "../backends/base/wrapper.ts";
import { BooleanField } from "../fields/boolean.ts";
import type { Field } from "../fields/field.ts";
import type { SqlCompiler } from "../query/compiler/compiler.ts";
import type { Query } from "../query/query.ts";
import { EMPTY, type Sql } from "../query/sql.ts";
import { type Converter, type EXPRESSION_VALUE, Expression, type Relabeling, Value } from "./expression.ts";
import { Q } from "./q.ts";
import type { Col } from "./references.ts";
import type { ResolveOptions } from "./resolve-options.ts";

/** What a subquery is made from: a queryset, or a query tree. */
export interface QuerySource {
  /** The tree of the query. @internal */
  readonly query: Query;
}

/** A queryset whose rows are the values of columns by name. */
interface ValuesSource<T> extends QuerySource, PromiseLike<readonly Readonly<Record<string, T>>[]> {}

/**
 * The value that a queryset of one column and one row gives, or null where it has no row. The queryset may refer to the query around it with `OuterRef`.
 *
 * @example new Subquery(newest.values("text").slice(0, 1))
 */
export class Subquery<T = unknown> extends Expression<T | null> {
  readonly query: Query;

  constructor(source: ValuesSource<T>, options?: { readonly outputField?: Field });
  constructor(source: QuerySource | Query, options?: { readonly outputField?: Field });
  constructor(source: QuerySource | Query, options: { readonly outputField?: Field } = {}) {
    super(options.outputField);
    const query = "query" in source ? source.query : source;
    this.query = query.asSubquery();
  }

  protected override resolveOutputField(): Field | undefined {
    return this.query.outputField;
  }

  override get containsAggregate(): boolean {
    return false;
  }

  override get containsOverClause(): boolean {
    return false;
  }

  override get containsColumnReferences(): boolean {
    return this.externalColumns().length > 0;
  }

  override get emptyResultSetValue(): unknown {
    return null;
  }

  override get key(): string {
    return `Subquery#${this.query.identity}(${[...this.query.externalAliases.keys()].join(",")})`;
  }

  override resolve(outer: Query, options: ResolveOptions = {}): this {
    return this.copyWith({ query: this.query.resolveIn(outer, options) });
  }

  override relabeled(changes: Relabeling): this {
    return this.copyWith({ query: this.query.relabeled(changes) });
  }

  override replaceExpressions(replacements: ReadonlyMap<string, Expression>): Expression {
    const replacement = replacements.size === 0 ? undefined : replacements.get(this.key);
    return replacement ?? this;
  }

  override *flatten(): Generator<Expression> {
    yield this;
  }

  /** The columns of the query around that the subquery reads. */
  externalColumns(): readonly Col[] {
    return this.query.externalColumns();
  }

  override getGroupByCols(): readonly Expression[] {
    const external = this.externalColumns();
    // A relation with many rows makes the value differ from row to row, so the subquery itself must be grouped by.
    return external.some((column) => this.query.externalAliases.get(column.alias) === true) ? [this] : external;
  }

  override converter(connection: DatabaseWrapper): Converter | undefined {
    return this.query.selectedExpression?.converter(connection) ?? super.converter(connection);
  }

  override compile(compiler: SqlCompiler): Sql {
    const { sql, params } = compiler.compileQuery(this.query);
    return { sql: `(${sql})`, params };
  }
}

/** A queryset as the value of a lookup, which gives its keys unless it selects a column. */
export class QuerysetValue extends Subquery {
  /** The form for the right side of `exact`: one column of one row. */
  forSingleValue(): this {
    if (!this.query.hasLimitOne)
      throw new FieldError("A queryset can be compared with `exact` only when it is sliced to one row: .slice(0, 1).");
    return this.copyWith({ query: keyQuery(this.query, "pk") });
  }

  /** The form for the right side of `in`: one column, without an order. */
  forMembership(key = "pk"): this {
    const query = keyQuery(this.query, key).clone();
    query.clearOrdering(false);
    return this.copyWith({ query });
  }
}

function keyQuery(query: Query, key: string): Query {
  if (query.hasSelectFields) return query;
  const keys = query.clone();
  keys.clearSelectClause();
  keys.addFields([key]);
  return keys;
}

/** Whether a queryset has any row. It is a condition: `filter(new Exists(...))`. */
export class Exists extends Subquery<boolean> {
  declare readonly [EXPRESSION_VALUE]: boolean;

  protected override resolveOutputField(): Field {
    return new BooleanField();
  }

  override get conditional(): boolean {
    return true;
  }

  override get emptyResultSetValue(): unknown {
    return false;
  }

  override converter(connection: DatabaseWrapper): Converter | undefined {
    return this.outputField.fromDb(connection);
  }

  override get key(): string {
    return `Exists${super.key}`;
  }

  /** No row is there. */
  not(): Q {
    return new Q(this).not();
  }

  override compile(compiler: SqlCompiler): Sql {
    try {
      const { sql, params } = compiler.compileQuery(this.query.forExists());
      return { sql: `EXISTS(${sql})`, params };
    } catch (error) {
      if (error !== EMPTY) throw error;
      return compiler.connection.features.supportsBooleanExpressionInWhere
        ? compiler.compile(new Value(false))
        : { sql: "1 = 0", params: [] };
    }
  }

  override selectFormat(compiler: SqlCompiler, sql: Sql): Sql {
    return compiler.connection.features.supportsBooleanExpressionInSelect
      ? sql
      : { sql: `CASE WHEN ${sql.sql} THEN 1 ELSE 0 END`, params: sql.params };
  }
}
