// The typed face of querysets. `M` is the model, `Row` what comes out, `A` the annotations that lookups may name.

import type { Temporal } from "temporal-polyfill";

import type { Aggregate } from "../expressions/aggregate.ts";
import type { Expression, NAMED_FIELD } from "../expressions/expression.ts";
import type { FilteredRelation } from "../expressions/filtered-relation.ts";
import type { Q } from "../expressions/q.ts";
import type { QuerySource } from "../expressions/subquery.ts";
import type { FetchMode } from "../fetch-modes.ts";
import type { Prefetch } from "../models/prefetch.ts";
import type { AttributeNames, FieldsOf, KeyOf, PlainNames, ToOneNames } from "./fields.ts";
import type {
  Annotations,
  CheckedKeys,
  CheckedOrdering,
  CheckedRelations,
  ColumnsRow,
  DatedKey,
  ExpressionValue,
  InstantKey,
  Loaded,
  LookupsFor,
  RowValue,
  TupleRow,
  ValuesRow,
} from "./paths.ts";
import type { Unknown } from "./lookups.ts";
import type { CreateInput, PartialInput } from "./rows.ts";

/** What `annotate` takes: expressions by name. */
export type AnnotationInput = Readonly<Record<string, Expression | Q | FilteredRelation>>;

/** What named expressions give. */
export type AnnotationRow<M, A, E> = {
  -readonly [K in keyof E]: E[K] extends Q ? boolean : AnnotationValue<M, A, E[K]>;
};

// What names a field and says nothing else has the type of the field; over many rows, there may be none.
type AnnotationValue<M, A, E> =
  unknown extends ExpressionValue<E>
    ? [NameIn<E>] extends [infer Name extends string]
      ? [Name] extends [never]
        ? unknown
        : string extends Name
          ? unknown
          : E extends Aggregate
            ? NonNullable<RowValue<M, A, Name>> | null
            : RowValue<M, A, Name>
      : unknown
    : ExpressionValue<E>;

type NameIn<E> = E extends { readonly [NAMED_FIELD]: infer Name } ? Name : never;

/** Replaces expressions that name a field which does not exist by an error that names it. */
type CheckedExpressions<M, A, E> = { readonly [K in keyof E]: CheckedName<M, A, NameIn<E[K]>> };

type CheckedName<M, A, Name> = [Name] extends [never]
  ? unknown
  : [Name] extends [string]
    ? string extends Name
      ? unknown
      : Name extends "*"
        ? unknown
        : RowValue<M, A, Name> extends Unknown<string>
          ? Unknown<Name>
          : unknown
    : unknown;

/** What a condition may be beside an object of lookups. */
export type Condition = Q | Expression<boolean>;

/** How many rows a deletion took, in all and by model. */
export type DeleteResult = readonly [total: number, byModel: Readonly<Record<string, number>>];

/** What `bulkCreate` takes beside the rows. */
export interface BulkCreateOptions<Names extends string = string> {
  readonly batchSize?: number;
  readonly ignoreConflicts?: boolean;
  readonly updateConflicts?: boolean;
  readonly updateFields?: readonly Names[];
  readonly uniqueFields?: readonly (Names | "pk")[];
}

/** How rows are locked until the end of the transaction. */
export interface LockOptions<Paths extends string = string> {
  readonly nowait?: boolean;
  readonly skipLocked?: boolean;
  readonly of?: readonly Paths[];
  readonly noKey?: boolean;
}

/** The units to which `dates` cuts. */
export type DateKind = "year" | "month" | "week" | "day";

/** The units to which `datetimes` cuts. */
export type DateTimeKind = DateKind | "hour" | "minute" | "second";

/** The rows that a raw statement gives. Answers to Django's `RawQuerySet`. */
export interface RawRows<Row> extends PromiseLike<Row[]>, AsyncIterable<Row> {
  /** The row at an index. Throws a RangeError where there is none. */
  at(index: number): Promise<Row>;
  /** The same on another database. */
  using(alias: string): RawRows<Row>;
  /** Reads related rows in one more statement a path. */
  prefetchRelated(...paths: readonly (string | Prefetch)[]): RawRows<Row>;
  /** Shows the statement. */
  toString(): string;
  /** The statement as it was given. */
  readonly sql: string;
  /** The alias of the database that is asked. */
  readonly db: string;
}

/** What `selectForUpdate({ of })` names: the model's own rows, or those that `selectRelated` brings along. */
type LockPath<M> = "self" | ToOneNames<FieldsOf<M>> | `${ToOneNames<FieldsOf<M>>}__${string}`;

// Stands behind the keys, so it is where a wrong one is reported.
type NamedOption<M, A, K extends readonly string[]> =
  K extends CheckedKeys<M, A, K> ? { readonly named: true } : CheckedKeys<M, A, K>;

/** A queryset of the model, with whatever annotations. */
export type RowsOf<M> = Pick<QuerySet<M>, "query" | "create">;

/**
 * A set of rows that is asked for when it is awaited or looped over, and not before. Every method that narrows or changes it gives
 * a new one. Answers to Django's `QuerySet`.
 *
 * @example
 * const recent = await Question.objects.filter({ pubDate__year: 2026 }).orderBy("-pubDate").slice(0, 5);
 */
export interface QuerySet<M, Row = M, A extends Annotations = object>
  extends PromiseLike<Row[]>, AsyncIterable<Row>, QuerySource {
  /** The rows for which all conditions hold. */
  filter(...conditions: readonly Condition[]): this;
  filter<const L extends object>(lookups: LookupsFor<M, A, L>, ...conditions: readonly Condition[]): this;
  filter<const L extends object>(condition: Condition, lookups: LookupsFor<M, A, L>): this;
  /** The rows for which the conditions do not all hold. */
  exclude(...conditions: readonly Condition[]): this;
  exclude<const L extends object>(lookups: LookupsFor<M, A, L>, ...conditions: readonly Condition[]): this;
  /** A condition that comes as data. */
  complexFilter(filter: Q | Readonly<Record<string, unknown>>): this;

  /** Adds a computed value to every row; lookups and orderings may name it. */
  annotate<const E extends AnnotationInput>(
    expressions: E & NoInfer<CheckedExpressions<M, A, E>>,
  ): QuerySet<M, Row & AnnotationRow<M, A, E>, A & AnnotationRow<M, A, E>>;
  /** As `annotate`, for use in lookups and orderings only. */
  alias<const E extends AnnotationInput>(
    expressions: E & NoInfer<CheckedExpressions<M, A, E>>,
  ): QuerySet<M, Row, A & AnnotationRow<M, A, E>>;

  /** Sorts by fields, `-` in front for the other way round, or by expressions. */
  orderBy<const O extends readonly (string | Expression)[]>(...keys: CheckedOrdering<M, A, O> & O): this;
  reverse(): this;
  /** Leaves out rows that are equal; with fields, all but the first of those that agree in them (PostgreSQL). */
  distinct<const K extends readonly string[]>(...keys: CheckedKeys<M, A, K> & K): this;

  /** Rows as plain objects. Without keys, all columns. */
  values(): QuerySet<M, ColumnsRow<M> & A, A>;
  values<const K extends readonly [string, ...string[]]>(
    ...keys: CheckedKeys<M, A, K> & K
  ): QuerySet<M, ValuesRow<M, A, K>, A>;
  values<const E extends AnnotationInput>(
    expressions: E,
  ): QuerySet<M, AnnotationRow<M, A, E>, A & AnnotationRow<M, A, E>>;
  values<const K extends string, const E extends AnnotationInput>(
    key: CheckedKeys<M, A, [K]>[0] & K,
    expressions: E,
  ): QuerySet<M, ValuesRow<M, A, [K]> & AnnotationRow<M, A, E>, A & AnnotationRow<M, A, E>>;
  /** Rows as tuples, with `flat` as single values, or with `named` as tuples whose values have names, too. */
  valuesList<const K extends string>(
    key: CheckedKeys<M, A, [K]>[0] & K,
    options: { readonly flat: true },
  ): QuerySet<M, RowValue<M, A, K>, A>;
  valuesList<const K extends readonly [string, ...string[]]>(
    ...keys: CheckedKeys<M, A, K> & K
  ): QuerySet<M, TupleRow<M, A, K>, A>;
  valuesList<const K extends readonly [string, ...string[]]>(
    ...args: readonly [...K, NamedOption<M, A, K>]
  ): QuerySet<M, TupleRow<M, A, K> & ValuesRow<M, A, K>, A>;

  /** The dates that occur in a field, each once. */
  dates<const K extends string>(
    field: DatedKey<M, A, K> & K,
    kind: DateKind,
    options?: { readonly order?: "ASC" | "DESC" },
  ): QuerySet<M, Temporal.PlainDate, A>;
  /** The points in time that occur in a field, each once. */
  datetimes<const K extends string>(
    field: InstantKey<M, A, K> & K,
    kind: DateTimeKind,
    options?: { readonly order?: "ASC" | "DESC"; readonly tzinfo?: string },
  ): QuerySet<M, Date, A>;

  none(): this;
  all(): this;
  /** The rows of this and of others, each once, or with `all` as often as they occur. */
  union(...others: readonly (QuerySource | { readonly all?: boolean })[]): this;
  intersection(...others: readonly QuerySource[]): this;
  difference(...others: readonly QuerySource[]): this;
  /** The rows that are in both. Answers to `&`. */
  and(other: RowsOf<M>): this;
  /** The rows that are in one of the two. Answers to `|`. */
  or(other: RowsOf<M>): this;
  /** The rows that are in exactly one of the two. Answers to `^`. */
  xor(other: RowsOf<M>): this;

  /** Reads the rows at the other end of foreign keys along with these, so that they need no `await`. */
  selectRelated<const P extends readonly [string, ...string[]]>(
    ...paths: CheckedRelations<M, P> & P
  ): QuerySet<M, Row & Loaded<M, P[number]>, A>;
  selectRelated(none: null): this;
  /** Reads related rows in one more statement a path. */
  prefetchRelated(...paths: readonly (string | Prefetch)[]): this;
  prefetchRelated(none: null): this;
  /** Leaves columns out until they are asked for. */
  defer<const K extends readonly string[]>(...keys: CheckedKeys<M, A, K> & K): this;
  /** Leaves all other columns out until they are asked for. */
  only<const K extends readonly string[]>(...keys: CheckedKeys<M, A, K> & K): this;
  /** Asks another database. */
  using(alias: string): this;
  /** How a relation or a deferred field that is missing on a row is fetched when it is read. */
  fetchMode(mode: FetchMode): this;
  /** Locks the rows until the transaction ends. */
  selectForUpdate(options?: LockOptions<LockPath<M>>): this;

  /** The rows from `start` up to `stop`. Answers to `qs[start:stop]`. */
  slice(start: number, stop?: number | null): this;
  /** Every `step`th of them, which asks the database. Answers to `qs[start:stop:step]`. */
  slice(start: number, stop: number | null, step: number): Promise<Row[]>;
  /** The row at an index. Throws a RangeError where there is none. Answers to `qs[index]`. */
  at(index: number): Promise<Row>;

  /** The one row for which the conditions hold. Throws `DoesNotExist` or `MultipleObjectsReturned`. */
  get(...conditions: readonly Condition[]): Promise<Row>;
  get<const L extends object>(lookups: LookupsFor<M, A, L>, ...conditions: readonly Condition[]): Promise<Row>;
  first(): Promise<Row | null>;
  last(): Promise<Row | null>;
  latest<const K extends readonly string[]>(...keys: CheckedOrdering<M, A, K> & K): Promise<Row>;
  earliest<const K extends readonly string[]>(...keys: CheckedOrdering<M, A, K> & K): Promise<Row>;
  count(): Promise<number>;
  exists(): Promise<boolean>;
  contains(row: M): Promise<boolean>;
  /** The rows by key, or by another unique field. */
  inBulk(keys?: Iterable<KeyOf<M>>): Promise<Map<KeyOf<M>, Row>>;
  inBulk<const K extends PlainNames<FieldsOf<M>> | "pk">(
    keys: Iterable<RowValue<M, A, K>> | undefined,
    options: { readonly fieldName: K },
  ): Promise<Map<RowValue<M, A, K>, Row>>;
  /** Values computed over all rows. */
  aggregate<const E extends AnnotationInput>(
    expressions: E & NoInfer<CheckedExpressions<M, A, E>>,
  ): Promise<AnnotationRow<M, A, E>>;
  /** Reads the rows one after another, in bounded memory. */
  iterator(options?: { readonly chunkSize?: number }): AsyncIterableIterator<Row>;
  /** How the database goes about it. */
  explain(options?: Readonly<Record<string, string | boolean>>): Promise<string>;

  /**
   * The rows that a statement of your own gives, as instances; conditions of this queryset play no part in it. Question marks stand
   * for the values of a list, `:names` for those of an object. `Extra` are the columns that are no fields.
   *
   * @example Question.objects.raw<{ n: number }>("SELECT q.*, 1 AS n FROM polls_question q WHERE id > ?", [3])
   */
  raw<Extra = unknown>(
    sql: string,
    params?: readonly unknown[] | Readonly<Record<string, unknown>>,
    options?: {
      /** Names of fields by the names of columns. */
      readonly translations?: Readonly<Record<string, AttributeNames<FieldsOf<M>>>>;
      readonly using?: string;
    },
  ): RawRows<M & Extra>;

  create(values: CreateInput<M>): Promise<M>;
  getOrCreate<const L extends object>(
    lookups: LookupsFor<M, A, L>,
    defaults?: PartialInput<M>,
  ): Promise<[row: M, created: boolean]>;
  updateOrCreate<const L extends object>(
    lookups: LookupsFor<M, A, L>,
    options?: { readonly defaults?: PartialInput<M>; readonly createDefaults?: PartialInput<M> },
  ): Promise<[row: M, created: boolean]>;
  bulkCreate(rows: Iterable<M>, options?: BulkCreateOptions<AttributeNames<FieldsOf<M>>>): Promise<M[]>;
  bulkUpdate(
    rows: Iterable<M>,
    fields: readonly AttributeNames<FieldsOf<M>>[],
    options?: { readonly batchSize?: number },
  ): Promise<number>;
  /** Changes all rows in one statement; gives how many. */
  update(values: PartialInput<M>): Promise<number>;
  /** Deletes all rows, and what depends on them. */
  delete(): Promise<DeleteResult>;

  /** Names the model. The rows come with `await`. */
  toString(): string;
  /** Whether the rows come in an order that was asked for. */
  readonly ordered: boolean;
  /** The alias of the database that is asked. */
  readonly db: string;
}
