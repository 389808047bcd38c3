// Aggregates.

import { FieldError } from "@tsgo/core/exceptions";

import type { DatabaseWrapper } from "../backends/base/wrapper.ts";
import type { Field } from "../fields/field.ts";
import { FloatField, IntegerField } from "../fields/numbers.ts";
import { TextField } from "../fields/text.ts";
import type { SqlCompiler } from "../query/compiler/compiler.ts";
import type { Query } from "../query/query.ts";
import { FULL, PARAM, type Sql, joinSql } from "../query/sql.ts";
import { ColPairs, assertSingleColumn } from "./col-pairs.ts";
import { Case, When } from "./conditional.ts";
import {
  type Converter,
  Expression,
  NO_EMPTY_VALUE,
  OrderBy,
  Value,
  asExpression,
  type NAMED_FIELD,
} from "./expression.ts";
import { Func, toSource } from "./func.ts";
import { type Lookups, Q } from "./q.ts";
import { Col, F, Ref } from "./references.ts";
import type { ResolveOptions } from "./resolve-options.ts";

/** What aggregates take beside their argument. */
export interface AggregateOptions {
  /** Only rows that meet it count. */
  readonly filter?: Q | Lookups | Expression;
  /** Each value counts once. */
  readonly distinct?: boolean;
  /** The value where there are no rows. */
  readonly default?: unknown;
  /** The order in which the rows are taken, for aggregates that care. */
  readonly orderBy?: string | Expression | readonly (string | Expression)[];
  readonly outputField?: Field;
}

/** A value computed from many rows. */
export abstract class Aggregate<T = unknown, Arg extends string | Expression = string | Expression> extends Func<T> {
  /** Only for the compiler: what is aggregated. */
  declare readonly [NAMED_FIELD]: Arg;

  readonly allowDistinct: boolean = false;
  readonly allowOrderBy: boolean = false;
  readonly condition: Expression | undefined;
  readonly distinct: boolean;
  readonly defaultValue: unknown;
  readonly order: readonly Expression[];
  override readonly windowCompatible: boolean = true;

  constructor(expressions: Arg | readonly (string | Expression)[], options: AggregateOptions = {}) {
    const sources = Array.isArray(expressions) ? (expressions as (string | Expression)[]) : [expressions as Arg];
    super(...sources, {
      ...(options.outputField !== undefined && { outputField: options.outputField }),
    });
    const { filter } = options;
    this.condition =
      filter === undefined
        ? undefined
        : ((filter instanceof Expression || filter instanceof Q ? filter : new Q(filter)) as Expression);
    this.distinct = options.distinct ?? false;
    this.defaultValue = options.default;
    this.order = orderTerms(options.orderBy);
  }

  /** Checks what the options ask for; called when the aggregate joins a query. */
  protected checkOptions(): void {
    if (this.distinct && !this.allowDistinct) throw new FieldError(`${this.constructor.name} does not take distinct.`);
    if (this.order.length > 0 && !this.allowOrderBy)
      throw new FieldError(`${this.constructor.name} does not take orderBy.`);
    if (this.defaultValue !== undefined && this.emptyResultSetValue !== null)
      throw new FieldError(`${this.constructor.name} does not take a default: over no rows it has a value already.`);
  }

  override get containsAggregate(): boolean {
    return true;
  }

  override get emptyResultSetValue(): unknown {
    return null;
  }

  override getSourceExpressions(): readonly Expression[] {
    return [...this.sources, ...(this.condition === undefined ? [] : [this.condition]), ...this.order];
  }

  override withSourceExpressions(expressions: readonly (Expression | undefined)[]): this {
    const { length } = this.sources;
    const hasCondition = this.condition !== undefined;
    return this.copyWith({
      sources: expressions.slice(0, length),
      condition: hasCondition ? expressions[length] : undefined,
      order: expressions.slice(length + (hasCondition ? 1 : 0)),
    });
  }

  override resolve(query: Query, options: ResolveOptions = {}): Expression {
    this.checkOptions();
    const aggregate = super.resolve(query, options) as this;
    const summarize = options.summarize === true;
    // A summary of summaries is none.
    if (summarize) {
      for (const part of aggregate.flatten())
        if (part instanceof Ref && query.annotations.get(part.refs)?.isSummary === true)
          throw new FieldError(`Cannot compute ${this.describe()}: '${part.refs}' is an aggregate of the same call.`);
    }
    for (const source of aggregate.sources) {
      if (summarize) continue;
      if (source.containsAggregate)
        throw new FieldError(
          `${this.describe()}: an aggregate over '${source.describe()}', which is an aggregate itself.`,
        );
      if (source.containsOverClause) throw new FieldError(`${this.describe()}: an aggregate over a window expression.`);
    }
    if (aggregate.condition?.containsAggregate === true && !summarize)
      throw new FieldError(`${this.describe()}: the filter has an aggregate.`);
    if (this.defaultValue === undefined) return aggregate;
    const fallback = asExpression(this.defaultValue);
    const typed =
      fallback instanceof Value && aggregate.outputFieldOrUndefined !== undefined
        ? new Value(fallback.value, { outputField: aggregate.outputField })
        : fallback;
    return new DefaultedAggregate(
      aggregate.copyWith({ defaultValue: undefined }),
      typed.resolve(query, options),
      aggregate.outputFieldOrUndefined,
    );
  }

  override getGroupByCols(): readonly Expression[] {
    return [];
  }

  // Filter and order have no say in the type.
  protected override resolveOutputField(): Field | undefined {
    return this.source(0).outputFieldOrUndefined;
  }

  override compile(compiler: SqlCompiler): Sql {
    const prefix = this.distinct ? "DISTINCT " : "";
    const sources =
      this.condition !== undefined && !compiler.connection.features.supportsAggregateFilter
        ? this.filteredByCase()
        : this.sources;
    const form = this.forms[compiler.connection.vendor] ?? {};
    const args = this.compileArguments(compiler, sources);
    const order = this.compileOrder(compiler);
    const template = form.template ?? this.template;
    const sql = template.replaceAll(/%\((function|expressions)\)s/g, (_match, part: string) =>
      part === "function" ? (form.function ?? this.function) : `${prefix}${args.sql}${order.sql}`,
    );
    const whole = { sql, params: [...args.params, ...order.params] };
    return this.condition !== undefined && compiler.connection.features.supportsAggregateFilter
      ? this.withFilter(compiler, whole)
      : whole;
  }

  protected compileArguments(compiler: SqlCompiler, sources: readonly Expression[]): Sql {
    return joinSql(
      sources.map((source) => this.compileArgument(compiler, source)),
      this.argJoiner,
    );
  }

  protected compileOrder(compiler: SqlCompiler): Sql {
    if (this.order.length === 0) return { sql: "", params: [] };
    const order = joinSql(
      this.order.map((term) => compiler.compile(term)),
      ", ",
    );
    return { sql: ` ORDER BY ${order.sql}`, params: order.params };
  }

  protected withFilter(compiler: SqlCompiler, aggregate: Sql): Sql {
    if (this.condition === undefined) return aggregate;
    try {
      const filter = compiler.compile(this.condition);
      return { sql: `${aggregate.sql} FILTER (WHERE ${filter.sql})`, params: [...aggregate.params, ...filter.params] };
    } catch (error) {
      if (error !== FULL) throw error;
      return aggregate;
    }
  }

  protected filteredByCase(): readonly Expression[] {
    const [first, ...rest] = this.sources;
    if (first === undefined || this.condition === undefined) return this.sources;
    return [new Case([new When(this.condition, first instanceof Star ? new Value(1) : first)]), ...rest];
  }

  /** The name of a column without one: `price__avg`. */
  get defaultAlias(): string {
    const [source] = this.sources;
    if (this.sources.length !== 1 || !(source instanceof F))
      throw new FieldError(`${this.describe()} needs a name: { name: aggregate }.`);
    return `${source.name}__${(this.constructor as typeof Aggregate).aggregateName}`;
  }

  /** The name at the end of `defaultAlias`. */
  static readonly aggregateName: string = "aggregate";
}

/** An aggregate with the value to take where there are no rows. */
class DefaultedAggregate extends Func {
  override readonly function = "COALESCE";
  override readonly windowCompatible: boolean = true;

  constructor(aggregate: Expression, fallback: Expression, outputField: Field | undefined) {
    super(aggregate, fallback, outputField === undefined ? {} : { outputField });
  }

  override get emptyResultSetValue(): unknown {
    const fallback = this.source(1);
    return fallback instanceof Value ? fallback.value : NO_EMPTY_VALUE;
  }
}

function orderTerms(given: AggregateOptions["orderBy"]): readonly Expression[] {
  if (given === undefined) return [];
  const terms = Array.isArray(given) ? (given as readonly (string | Expression)[]) : [given as string | Expression];
  return terms.map((term) => {
    if (term instanceof OrderBy) return term;
    if (term instanceof Expression) return term.asc();
    if (typeof term !== "string" || !/^-?[A-Za-z_]\w*$/.test(term))
      throw new FieldError(`An aggregate cannot be ordered by ${JSON.stringify(term)}.`);
    return term.startsWith("-") ? new F(term.slice(1)).desc() : new F(term).asc();
  });
}

/** `*`, the argument of `Count("*")`. */
export class Star extends Expression {
  override compile(): Sql {
    return { sql: "*", params: [] };
  }
}

/** The number of rows, or of values that are not null. `"*"` counts rows. */
export class Count<Arg extends string | Expression = string | Expression> extends Aggregate<number, Arg> {
  static override readonly aggregateName: string = "count";
  override readonly function = "COUNT";
  override readonly allowDistinct = true;

  constructor(expression: Arg, options: AggregateOptions = {}) {
    super((expression === "*" ? new Star() : expression) as Arg, options);
    if (expression === "*" && !this.distinct && this.condition !== undefined) return;
  }

  // A composite key is counted by its first column, since none of them is ever null.
  override resolve(query: Query, options: ResolveOptions = {}): Expression {
    const [source] = this.sources;
    const key = source instanceof F ? source.resolve(query, options) : undefined;
    if (!(key instanceof ColPairs)) return super.resolve(query, options);
    if (this.distinct) assertSingleColumn(key, "Count() with distinct");
    const [first] = key.columns;
    return this.copyWith({ sources: [first] }).resolve(query, options);
  }

  override get emptyResultSetValue(): unknown {
    return 0;
  }

  protected override resolveOutputField(): Field {
    return new IntegerField();
  }

  override converter(): Converter {
    return (value) => (value === null ? 0 : Number(value));
  }
}

/** The sum of the values. */
export class Sum<T = number, Arg extends string | Expression = string | Expression> extends Aggregate<T, Arg> {
  static override readonly aggregateName: string = "sum";
  override readonly function = "SUM";
  override readonly allowDistinct = true;
}

/** The mean of the values: a float, or a decimal for decimals. */
export class Avg<T = number, Arg extends string | Expression = string | Expression> extends Aggregate<T, Arg> {
  static override readonly aggregateName: string = "avg";
  override readonly function = "AVG";
  override readonly allowDistinct = true;

  protected override resolveOutputField(): Field | undefined {
    const field = this.source(0).outputFieldOrUndefined;
    const type = field?.targetValueField.internalType ?? "";
    return /Integer|Auto/.test(type) ? new FloatField() : field;
  }
}

/** The least value. */
export class Min<T = unknown, Arg extends string | Expression = string | Expression> extends Aggregate<T, Arg> {
  static override readonly aggregateName: string = "min";
  override readonly function = "MIN";
}

/** The greatest value. */
export class Max<T = unknown, Arg extends string | Expression = string | Expression> extends Aggregate<T, Arg> {
  static override readonly aggregateName: string = "max";
  override readonly function = "MAX";
}

/** The standard deviation; of a sample with `sample: true`. */
export class StdDev extends Aggregate<number> {
  static override readonly aggregateName: string = "stddev";
  override readonly function: string;

  constructor(expression: string | Expression, options: AggregateOptions & { readonly sample?: boolean } = {}) {
    super(expression, options);
    this.function = options.sample === true ? "STDDEV_SAMP" : "STDDEV_POP";
  }

  protected override resolveOutputField(): Field | undefined {
    return numericOutput(this.source(0));
  }
}

/** The variance; of a sample with `sample: true`. */
export class Variance extends Aggregate<number> {
  static override readonly aggregateName: string = "variance";
  override readonly function: string;

  constructor(expression: string | Expression, options: AggregateOptions & { readonly sample?: boolean } = {}) {
    super(expression, options);
    this.function = options.sample === true ? "VAR_SAMP" : "VAR_POP";
  }

  protected override resolveOutputField(): Field | undefined {
    return numericOutput(this.source(0));
  }
}

function numericOutput(source: Expression): Field | undefined {
  const field = source.outputFieldOrUndefined;
  return /Integer|Auto/.test(field?.targetValueField.internalType ?? "") ? new FloatField() : field;
}

/** The value of some row of the group. */
export class AnyValue<T = unknown, Arg extends string | Expression = string | Expression> extends Aggregate<T, Arg> {
  static override readonly aggregateName: string = "anyvalue";
  override readonly function = "ANY_VALUE";
  override readonly forms = { sqlite: { function: "MAX" }, postgresql: { function: "MIN" } };
}

/** The texts of the rows in one, with a delimiter between them. */
export class StringAgg extends Aggregate<string> {
  static override readonly aggregateName: string = "stringagg";
  override readonly function = "STRING_AGG";
  override readonly allowDistinct = true;
  override readonly allowOrderBy = true;
  override readonly forms = { sqlite: { function: "GROUP_CONCAT" }, mysql: { function: "GROUP_CONCAT" } };
  readonly delimiter: string;

  constructor(expression: string | Expression, options: AggregateOptions & { readonly delimiter: string }) {
    super(expression, options);
    if (typeof options.delimiter !== "string") throw new FieldError("StringAgg needs a delimiter, which is a text.");
    this.delimiter = options.delimiter;
  }

  protected override resolveOutputField(): Field {
    return new TextField();
  }

  // SQLite joins texts that are taken once with commas only.
  override compile(compiler: SqlCompiler): Sql {
    if (!this.distinct || compiler.connection.vendor !== "sqlite") return super.compile(compiler);
    const { condition: filter, order: orderBy } = this;
    const list = new JsonArray(this.source(0), { distinct: true, ...(filter !== undefined && { filter }), orderBy });
    const { sql, params } = list.compile(compiler);
    return { sql: `TSGO_JOIN(${sql}, ${PARAM})`, params: [...params, this.delimiter] };
  }

  protected override compileArguments(compiler: SqlCompiler, sources: readonly Expression[]): Sql {
    const text = super.compileArguments(compiler, sources);
    const isText = /Char|Text/.test(this.source(0).outputFieldOrUndefined?.targetValueField.internalType ?? "");
    return compiler.connection.operations.stringAggArguments(text, this.delimiter, isText).args;
  }

  protected override compileOrder(compiler: SqlCompiler): Sql {
    const { sql, params } = super.compileOrder(compiler);
    const { tail } = compiler.connection.operations.stringAggArguments({ sql: "", params: [] }, this.delimiter, true);
    return { sql: `${sql}${tail}`, params };
  }
}

// Texts as a list that SQLite can sort and take once each.
class JsonArray extends Aggregate {
  override readonly function = "JSON_GROUP_ARRAY";
  override readonly allowDistinct = true;
  override readonly allowOrderBy = true;
}

/** Whether an expression stands for a column that was already computed. */
export function isComputedColumn(expression: Expression): boolean {
  return expression instanceof Ref || expression instanceof Col;
}

export { toSource };
export type { DatabaseWrapper };
