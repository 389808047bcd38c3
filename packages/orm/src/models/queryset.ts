// A query that has not been sent yet. Immutable; `await` sends it and gives its rows.

import { FieldError } from "@tsgo/core/exceptions";

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import { connections } from "../db/connections.ts";
import { routerDbForRead, routerDbForWrite } from "../db/routing.ts";
import { markForRollbackOnError } from "../db/transaction.ts";
import { NotSupportedError } from "../exceptions.ts";
import { Aggregate } from "../expressions/aggregate.ts";
import { Expression, asExpression } from "../expressions/expression.ts";
import { FilteredRelation } from "../expressions/filtered-relation.ts";
import { type Lookups, Q } from "../expressions/q.ts";
import { F } from "../expressions/references.ts";
import { QuerysetValue } from "../expressions/subquery.ts";
import { describeValue } from "../fields/field.ts";
import { type FetchMode, getDefaultFetchMode } from "../fetch-modes.ts";
import { type TruncOptions, Trunc } from "../functions/dates.ts";
import { DateField, DateTimeField } from "../fields/dates.ts";
import type { SelectCompiler } from "../query/compiler/select.ts";
import { combineQueries } from "../query/combine.ts";
import { compileSelect, convertRows, fetchRows, queryAggregates, queryCount, queryExists } from "../query/execute.ts";
import type { Combinator, LockOptions, OrderTerm, RelatedTree } from "../query/query.ts";
import { Query } from "../query/query.ts";
import { setValues } from "../query/values.ts";
import { assignmentsFor, updateRows } from "../query/writes/update.ts";
import { deleteQuerySet } from "./queryset/delete.ts";
import { fetchPoint, plainFields, pointLookup } from "./queryset/point-lookup.ts";
import * as writes from "./queryset/writes.ts";
import { type RowKind, columnNames, rowReader, shareFetchMode } from "./iterables.ts";
import { isInstance } from "../lookups/related-value.ts";
import type { ModelBase, ModelClass } from "./model.ts";
import { type PrefetchLookup, prefetchInto } from "./prefetch.ts";

/** The rows that a queryset's instances may know of, so that they need not be fetched: the row on the other side of a relation. */
export interface KnownRelated {
  readonly attach: (object: ModelBase) => void;
}

interface Settings {
  readonly kind: RowKind;
  readonly db: string | undefined;
  readonly prefetch: readonly PrefetchLookup[];
  readonly known: readonly KnownRelated[];
  readonly fetchMode: FetchMode | undefined;
  readonly forWrite: boolean;
  readonly instance: ModelBase | undefined;
}

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

const PLAIN: Settings = {
  kind: "model",
  db: undefined,
  prefetch: [],
  known: [],
  fetchMode: undefined,
  forWrite: false,
  instance: undefined,
};

/**
 * A lazy, immutable set of rows of one model. Methods that narrow it give a new one; nothing is sent until it is awaited or
 * looped over. A function that returns one must therefore not be `async`.
 *
 * @example
 * const latest = Question.objects.filter({ pubDate__lte: new Date() }).orderBy("-pubDate").slice(0, 5);
 * for (const question of await latest) console.log(question.questionText);
 */
export class QuerySet<M extends ModelBase = ModelBase, Row = M> implements PromiseLike<Row[]>, AsyncIterable<Row> {
  readonly model: ModelClass<M>;
  /** The tree behind it. @internal */
  readonly query: Query;
  readonly #settings: Settings;
  /** Nothing was narrowed or changed yet. */
  readonly #pristine: boolean;
  #rows: Row[] | undefined;
  #pending: Promise<Row[]> | undefined;

  constructor(model: ModelClass<M>, query?: Query, settings: object = PLAIN) {
    this.model = model;
    this.query = query ?? new Query(model);
    this.#settings = settings as Settings;
    this.#pristine = query === undefined && settings === PLAIN;
  }

  // ---- copying

  #with(query: Query, changes: Partial<Settings> = {}): this {
    return Reflect.construct(this.constructor, [this.model, query, { ...this.#settings, ...changes }]) as this;
  }

  #chained(change: (query: Query) => void, changes?: Partial<Settings>): this {
    const query = this.query.chain();
    change(query);
    return this.#with(query, changes);
  }

  #refuseCombined(operation: string): void {
    this.query.assertNotCombined(operation);
  }

  #refuseSliced(operation: string): void {
    if (this.query.isSliced) throw new FieldError(`${operation} is not possible once a slice has been taken.`);
  }

  /** The database that it reads from (or, inside of a write, writes to). */
  get db(): string {
    const { db, forWrite, instance } = this.#settings;
    return db ?? (forWrite ? routerDbForWrite(this.model, instance) : routerDbForRead(this.model, instance));
  }

  get #connection(): BaseWrapper {
    return connections.get(this.db);
  }

  get #writeConnection(): BaseWrapper {
    return connections.get(this.#settings.db ?? routerDbForWrite(this.model, this.#settings.instance));
  }

  /** Names the model. The rows come with `await`. */
  toString(): string {
    return `<QuerySet of ${this.query.meta.label}>`;
  }

  /** What the console shows. */
  [INSPECT](): string {
    return this.toString();
  }

  // ---- evaluation

  /** Sends the query the first time, and gives the rows. */
  #fetch(): Promise<Row[]> {
    if (this.#rows !== undefined) return Promise.resolve(this.#rows);
    return (this.#pending ??= this.#load().finally(() => {
      this.#pending = undefined;
    }));
  }

  async #load(): Promise<Row[]> {
    const { kind, prefetch } = this.#settings;
    const connection = this.#connection;
    const { rows, compiled } = await fetchRows(this.query, connection);
    const objects = compiled === undefined ? [] : this.#read(rows, compiled.compiler);
    if (prefetch.length > 0 && kind === "model" && objects.length > 0)
      await prefetchInto(objects as unknown as ModelBase[], prefetch);
    this.#rows = objects;
    return objects;
  }

  #read(rows: readonly (readonly unknown[])[], compiler: SelectCompiler): Row[] {
    const { kind, known, fetchMode } = this.#settings;
    const reader = rowReader(compiler, kind, this.#connection.alias, columnNames(compiler));
    const objects = rows.map((row) => reader(row));
    if (kind === "model") {
      for (const { attach } of known) for (const object of objects) attach(object as ModelBase);
      shareFetchMode(objects as ModelBase[], fetchMode ?? getDefaultFetchMode());
    }
    return objects as Row[];
  }

  // oxlint-disable-next-line unicorn/no-thenable -- `await queryset` is how a query is sent
  then<R1 = Row[], R2 = never>(
    onFulfilled?: ((rows: Row[]) => R1 | PromiseLike<R1>) | null,
    onRejected?: ((reason: unknown) => R2 | PromiseLike<R2>) | null,
  ): Promise<R1 | R2> {
    // The rows of a queryset are its own; callers get a list that they may change.
    return this.#fetch().then(
      (rows) => (onFulfilled === null || onFulfilled === undefined ? ([...rows] as R1) : onFulfilled([...rows])),
      onRejected,
    );
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Row> {
    yield* await this.#fetch();
  }

  /** The rows without keeping them: in pieces of `chunkSize`, so that memory stays bounded. */
  async *iterator(options: { readonly chunkSize?: number } = {}): AsyncGenerator<Row> {
    const chunkSize = options.chunkSize ?? 2000;
    if (!Number.isSafeInteger(chunkSize) || chunkSize <= 0)
      throw new RangeError(`chunkSize is a whole number from 1, not ${String(chunkSize)}.`);
    const { prefetch, kind } = this.#settings;
    if (prefetch.length > 0 && options.chunkSize === undefined)
      throw new FieldError("iterator() after prefetchRelated() needs a chunkSize.");
    const connection = this.#connection;
    const compiled = compileSelect(this.query, connection);
    if (compiled === undefined) return;
    for await (const rows of connection.stream(compiled.sql, compiled.params, chunkSize, compiled.options)) {
      const objects = this.#read(convertRows(rows, compiled.converters), compiled.compiler);
      if (prefetch.length > 0 && kind === "model") await prefetchInto(objects as unknown as ModelBase[], prefetch);
      yield* objects;
    }
  }

  /** The rows that were fetched already. @internal */
  get cachedRows(): readonly Row[] | undefined {
    return this.#rows;
  }

  /** Puts rows in, as if they had been fetched. @internal */
  setCachedRows(rows: readonly Row[]): void {
    this.#rows = [...rows];
  }

  /** The row at a place, counted from 0. */
  async at(index: number): Promise<Row> {
    if (!Number.isSafeInteger(index) || index < 0)
      throw new RangeError(`A row has a place from 0, not ${String(index)}.`);
    const rows = this.#rows ?? (await this.slice(index, index + 1).#fetch());
    const row = this.#rows === undefined ? rows[0] : rows[index];
    if (row === undefined) throw new RangeError(`The queryset has no row at ${index}.`);
    return row;
  }

  // ---- narrowing

  /** All rows again: a copy that was not sent yet. */
  all(): this {
    return this.#with(this.query.chain());
  }

  /** The rows that meet the conditions. Lookups in one call concern the same related row. */
  filter(...conditions: readonly (Lookups | Q | Expression)[]): this {
    return this.#filtered("filter", conditions, false);
  }

  /** The rows that do not meet the conditions. */
  exclude(...conditions: readonly (Lookups | Q | Expression)[]): this {
    return this.#filtered("exclude", conditions, true);
  }

  #filtered(operation: string, conditions: readonly (Lookups | Q | Expression)[], negated: boolean): this {
    this.#refuseCombined(`${operation}()`);
    const q = new Q(...conditions.map(checkedCondition));
    if (q.isEmpty) return this.#with(this.query.chain());
    this.#refuseSliced(`${operation}()`);
    return this.#chained((query) => {
      query.addQ(negated ? q.not() : q);
    });
  }

  /** `filter` with conditions that may come as a Q or as an object. */
  complexFilter(condition: Lookups | Q): this {
    if (!(condition instanceof Q)) return this.#filtered("filter", [condition], false);
    return this.#chained((query) => {
      query.addQ(condition);
    });
  }

  /** No rows, without asking the database. */
  none(): this {
    return this.#chained((query) => {
      query.setEmpty();
    });
  }

  /** Gives each row further values by name. */
  annotate(...annotations: readonly (Readonly<Record<string, unknown>> | Expression)[]): this {
    return this.#annotated("annotate", annotations, true);
  }

  /** Gives expressions names that later methods can use, without selecting them. */
  alias(...annotations: readonly (Readonly<Record<string, unknown>> | Expression)[]): this {
    return this.#annotated("alias", annotations, false);
  }

  #annotated(
    operation: string,
    given: readonly (Readonly<Record<string, unknown>> | Expression)[],
    select: boolean,
  ): this {
    this.#refuseCombined(`${operation}()`);
    const named = namedExpressions(given, operation);
    return this.#chained((query) => {
      const taken = new Set(query.meta.fieldNames());
      for (const [alias, expression] of named as readonly (readonly [string, unknown])[]) {
        if (
          query.valuesSelect.length === 0
            ? taken.has(alias)
            : query.valuesSelect.includes(alias) || (query.selected === undefined && taken.has(alias))
        )
          throw new FieldError(`The annotation '${alias}' conflicts with a field on the model.`);
        if (expression instanceof FilteredRelation) query.addFilteredRelation(expression, alias);
        else query.addAnnotation(expression as Expression, alias, select);
      }
      for (const [alias] of named) {
        const annotation = query.annotations.get(alias);
        if (annotation?.containsAggregate !== true) continue;
        if (query.groupBy === undefined || query.groupBy !== true) {
          if (query.hasSelectFields) query.setGroupBy();
          else query.groupBy = true;
        }
        break;
      }
    });
  }

  /** Orders the rows by fields (a minus sign for descending), expressions, or `"?"` for chance. Without terms: in no order. */
  orderBy(...terms: readonly OrderTerm[]): this {
    this.#refuseSliced("orderBy()");
    return this.#chained((query) => {
      query.clearOrdering(true, false);
      query.defaultOrdering = true;
      query.addOrdering(terms);
    });
  }

  /** The rows from the last to the first. */
  reverse(): this {
    if (this.query.isSliced) throw new FieldError("A slice cannot be reversed.");
    return this.#chained((query) => {
      query.standardOrdering = !query.standardOrdering;
    });
  }

  /** Equal rows once. With fields (PostgreSQL): the first row for each of their values. */
  distinct(...fields: readonly string[]): this {
    this.#refuseCombined("distinct()");
    this.#refuseSliced("distinct()");
    return this.#chained((query) => {
      for (const field of fields) query.checkOrderName(field);
      query.distinct = true;
      query.distinctFields = fields;
    });
  }

  /** Rows as plain objects of the named fields and expressions; without names of all columns. */
  values(
    ...fields: readonly (string | Readonly<Record<string, unknown>> | Expression)[]
  ): QuerySet<M, Record<string, unknown>> {
    return this.#valued("values", fields, "values");
  }

  /** Rows as lists; with `flat` and one field as its values, with `named` as lists with names. */
  valuesList(...fields: readonly unknown[]): QuerySet<M, unknown> {
    const last = fields.at(-1);
    const options = isListOptions(last) ? last : {};
    for (const name of Object.keys(options))
      if (name !== "flat" && name !== "named")
        throw new FieldError(
          `valuesList() has no option ${JSON.stringify(name)}. Give expressions by themselves, or use annotate() first.`,
        );
    const names = (isListOptions(last) ? fields.slice(0, -1) : fields) as (string | Expression)[];
    if (options.flat === true && options.named === true)
      throw new FieldError("valuesList() is flat or named, not both.");
    if (options.flat === true && names.length !== 1)
      throw new FieldError("valuesList() is flat for exactly one field.");
    return this.#valued(
      "valuesList",
      names,
      options.flat === true ? "flat" : options.named === true ? "named" : "list",
    );
  }

  #valued(
    operation: string,
    fields: readonly (string | Readonly<Record<string, unknown>> | Expression)[],
    kind: RowKind,
  ): QuerySet<M, never> {
    const names: string[] = [];
    const expressions: Record<string, unknown> = {};
    for (const field of fields) {
      if (typeof field === "string") names.push(field);
      else if (isExpression(field)) {
        const name = expressionName(field, [...names, ...this.query.meta.fieldNames()]);
        expressions[name] = field;
        names.push(name);
      } else {
        Object.assign(expressions, field);
        names.push(...Object.keys(field));
      }
    }
    const base = Object.keys(expressions).length > 0 ? this.annotate(expressions) : this;
    void operation;
    return base.#chained(
      (query) => {
        setValues(query, names);
      },
      { kind },
    ) as unknown as QuerySet<M, never>;
  }

  /** The days, weeks, months or years that occur in a date field. */
  dates(
    field: string,
    kind: "year" | "month" | "week" | "day",
    options: { readonly order?: "ASC" | "DESC" } = {},
  ): QuerySet<M, unknown> {
    if (!["year", "month", "week", "day"].includes(kind))
      throw new FieldError(`dates() takes 'year', 'month', 'week' or 'day', not ${describeValue(kind)}.`);
    return this.#dateList(field, kind, options.order ?? "ASC", { outputField: new DateField() });
  }

  /** The instants, cut down to a part, that occur in a date and time field. */
  datetimes(
    field: string,
    kind: "year" | "month" | "week" | "day" | "hour" | "minute" | "second",
    options: { readonly order?: "ASC" | "DESC"; readonly tzinfo?: string } = {},
  ): QuerySet<M, unknown> {
    if (!["year", "month", "week", "day", "hour", "minute", "second"].includes(kind))
      throw new FieldError(`datetimes() takes a part of a date or time, not ${describeValue(kind)}.`);
    const { order, ...zone } = options;
    return this.#dateList(field, kind, order ?? "ASC", { outputField: new DateTimeField(), ...zone });
  }

  #dateList(
    field: string,
    kind: "year" | "month" | "week" | "day" | "hour" | "minute" | "second",
    order: "ASC" | "DESC",
    options: TruncOptions,
  ): QuerySet<M, unknown> {
    if (order !== "ASC" && order !== "DESC")
      throw new FieldError(`The order is 'ASC' or 'DESC', not ${describeValue(order)}.`);
    return this.annotate({ datefield: new Trunc(field, kind, options), plainField: new F(field) })
      .valuesList("datefield", { flat: true })
      .distinct()
      .filter({ plainField__isnull: false })
      .orderBy(order === "DESC" ? "-datefield" : "datefield");
  }

  // ---- several querysets

  /** The rows of this and other querysets, equal ones once (or each time, with `all`). */
  union(...others: readonly unknown[]): this {
    const last = others.at(-1);
    const options = isUnionOptions(last) ? last : {};
    const rest = (isUnionOptions(last) ? others.slice(0, -1) : others) as QuerySet[];
    // What has no rows adds none.
    if (this.query.isEmpty) {
      const full = rest.filter((other) => !other.query.isEmpty);
      const [first, ...more] = full;
      if (first === undefined) return this;
      return (more.length === 0 ? first : first.#combined("union", more, options.all ?? false)) as unknown as this;
    }
    return this.#combined("union", rest, options.all ?? false);
  }

  /** The rows that all of the querysets have. */
  intersection(...others: readonly QuerySet<ModelBase, unknown>[]): this {
    for (const other of [this, ...others]) if (other.query.isEmpty) return other as unknown as this;
    return this.#combined("intersection", others as QuerySet[], false);
  }

  /** The rows that the others do not have. */
  difference(...others: readonly QuerySet<ModelBase, unknown>[]): this {
    if (this.query.isEmpty) return this;
    return this.#combined("difference", others as QuerySet[], false);
  }

  #combined(combinator: Combinator, others: readonly QuerySet[], all: boolean): this {
    const combined = this.query.chain();
    combined.clearOrdering(true);
    combined.clearLimits();
    combined.combinator = combinator;
    combined.combinatorAll = all;
    combined.combinedQueries = [this.query.clone(), ...others.map((other) => other.query.clone())];
    combined.where = new Query(this.model).where;
    combined.orderBy = [];
    combined.defaultOrdering = false;
    return this.#with(combined);
  }

  /** The rows that meet the conditions of both. Answers to `&`. */
  and(other: QuerySet<ModelBase, unknown>): this {
    this.#refuseCombined("and()");
    if (other.query.isEmpty) return other as unknown as this;
    if (this.query.isEmpty) return this;
    return this.#chained((query) => {
      combineQueries(query, other.query, "AND");
    });
  }

  /** The rows that meet the conditions of one of them. Answers to `|`. */
  or(other: QuerySet<ModelBase, unknown>): this {
    this.#refuseCombined("or()");
    if (this.query.isEmpty) return other as unknown as this;
    if (other.query.isEmpty) return this;
    return this.#joined(other, "OR");
  }

  /** The rows that meet the conditions of exactly one of them. Answers to `^`. */
  xor(other: QuerySet<ModelBase, unknown>): this {
    this.#refuseCombined("xor()");
    if (this.query.isEmpty) return other as unknown as this;
    if (other.query.isEmpty) return this;
    return this.#joined(other, "XOR");
  }

  #joined(other: QuerySet<ModelBase, unknown>, connector: "OR" | "XOR"): this {
    const left = this.query.canFilter ? this.query : this.#byKey();
    const right = other.query.canFilter ? other.query : other.#byKey();
    const query = left.chain();
    combineQueries(query, right, connector);
    return this.#with(query);
  }

  // A slice as a condition on keys.
  #byKey(): Query {
    const query = new Query(this.model);
    query.addQ(Q.create([["pk__in", this.values("pk")]]));
    return query;
  }

  // ---- what comes with the rows

  /** Brings along the rows that foreign keys lead to, with a join. Without names: all that are not null. */
  selectRelated(...names: readonly (string | null)[]): this {
    if (this.#settings.kind !== "model") throw new FieldError("selectRelated() is not possible after values().");
    this.#refuseCombined("selectRelated()");
    return this.#chained((query) => {
      if (names.length === 1 && names[0] === null) query.selectRelated = false;
      else if (names.length === 0) query.selectRelated = true;
      else
        query.selectRelated = addToTree(
          typeof query.selectRelated === "boolean" ? {} : query.selectRelated,
          names as readonly string[],
        );
    });
  }

  /** Fetches the rows of relations with many in a statement of their own for all rows. `null` forgets what was asked for. */
  prefetchRelated(...lookups: readonly (PrefetchLookup | null)[]): this {
    this.#refuseCombined("prefetchRelated()");
    if (lookups.length === 1 && lookups[0] === null) return this.#with(this.query.chain(), { prefetch: [] });
    const added = lookups as readonly PrefetchLookup[];
    for (const lookup of added) {
      const name = typeof lookup === "string" ? lookup : lookup.prefetchTo;
      if (this.query.filteredRelations.has(name.split("__")[0] ?? ""))
        throw new FieldError("prefetchRelated() cannot follow a FilteredRelation.");
    }
    return this.#with(this.query.chain(), { prefetch: [...this.#settings.prefetch, ...added] });
  }

  /** Leaves columns out; they are loaded when they are read. `null` loads all again. */
  defer(...names: readonly (string | null)[]): this {
    if (this.#settings.kind !== "model") throw new FieldError("defer() is not possible after values().");
    this.#refuseCombined("defer()");
    return this.#chained((query) => {
      if (names.length === 1 && names[0] === null) {
        query.deferred = { names: new Set(), defer: true };
        return;
      }
      const { names: known, defer } = query.deferred;
      if (defer) query.deferred = { names: new Set([...known, ...(names as readonly string[])]), defer: true };
      else {
        // What is loaded only, less what is deferred now; the rest is deferred.
        const left = new Set([...known].filter((name) => !names.includes(name)));
        const rest = (names as readonly string[]).filter((name) => !known.has(name));
        query.deferred = left.size > 0 ? { names: left, defer: false } : { names: new Set(rest), defer: true };
      }
    });
  }

  /** Loads these columns only; others are loaded when they are read. */
  only(...names: readonly string[]): this {
    if (this.#settings.kind !== "model") throw new FieldError("only() is not possible after values().");
    this.#refuseCombined("only()");
    if ((names as readonly unknown[]).includes(null)) throw new FieldError("only() takes names of fields, not null.");
    for (const name of names)
      if (this.query.filteredRelations.has(name.split("__")[0] ?? ""))
        throw new FieldError("only() cannot follow a FilteredRelation.");
    return this.#chained((query) => {
      const { names: known, defer } = query.deferred;
      const wanted = names.map((name) => (name === "pk" ? query.meta.pk.name : name));
      const kept = defer ? wanted.filter((name) => !known.has(name)) : wanted;
      query.deferred = { names: new Set(kept), defer: false };
    });
  }

  /** Reads from and writes to this database. */
  using(alias: string | undefined): this {
    return this.#with(this.query.chain(), { db: alias });
  }

  /** How what is missing on the rows is fetched when it is read. */
  fetchMode(mode: FetchMode): this {
    return this.#with(this.query.chain(), { fetchMode: mode });
  }

  /** Locks the rows until the transaction ends. */
  selectForUpdate(options: Partial<LockOptions> = {}): this {
    if (options.nowait === true && options.skipLocked === true)
      throw new FieldError("selectForUpdate() takes nowait or skipLocked, not both.");
    return this.#chained(
      (query) => {
        query.lock = {
          nowait: options.nowait ?? false,
          skipLocked: options.skipLocked ?? false,
          of: options.of ?? [],
          noKey: options.noKey ?? false,
        };
      },
      { forWrite: true },
    );
  }

  /** The rows from `start` up to `stop`, counted from 0. */
  slice(start: number, stop?: number | null): this;
  /** Every `step`th row of them, which sends the query. */
  slice(start: number, stop: number | null, step: number): Promise<Row[]>;
  slice(start: number | null, stop: number | null = null, step: number | null = null): this | Promise<Row[]> {
    const low = start ?? 0;
    checkBound(low);
    if (stop !== null) checkBound(stop);
    if (step !== null && (!Number.isSafeInteger(step) || step < 1))
      throw new RangeError(`The step of a slice is a whole number from 1, not ${describeValue(step)}.`);
    if (step !== null) return this.slice(low, stop).then((rows) => rows.filter((_row, index) => index % step === 0));
    const rows = this.#rows;
    const sliced = this.#chained((query) => {
      query.setLimits(low, stop);
    });
    // Rows that are there already are not fetched again.
    if (rows !== undefined) sliced.setCachedRows(rows.slice(low, stop ?? undefined));
    return sliced;
  }

  // ---- single answers

  /**
   * The one row that meets the conditions.
   *
   * @throws Model.DoesNotExist, Model.MultipleObjectsReturned.
   */
  async get(...conditions: readonly (Lookups | Q | Expression)[]): Promise<Row> {
    if (this.query.combinator !== undefined && conditions.length > 0)
      throw new NotSupportedError(`get() with conditions is not possible after ${this.query.combinator}().`);
    const quick = await this.#getPoint(conditions);
    if (quick !== undefined) return quick;
    let narrowed = conditions.length > 0 ? this.#filtered("get", conditions, false) : this.all();
    if (narrowed.query.canFilter && narrowed.query.distinctFields.length === 0)
      narrowed = narrowed.#chained((query) => query.clearOrdering(false));
    // A few rows tell that there is more than one.
    const limit = narrowed.query.isSliced || narrowed.query.combinator !== undefined ? undefined : 21;
    const rows = await (limit === undefined
      ? narrowed
      : narrowed.#chained((query) => query.setLimits(0, limit))).#fetch();
    return this.#onlyOf(rows, limit);
  }

  #onlyOf(rows: readonly Row[], limit: number | undefined): Row {
    const [row] = rows;
    const { objectName } = this.query.meta;
    if (row === undefined) throw new this.model.DoesNotExist(`${objectName} matching query does not exist.`);
    if (rows.length > 1)
      throw new this.model.MultipleObjectsReturned(
        `get() returned more than one ${objectName}: it returned ${rows.length === limit ? "more than 20" : rows.length}.`,
      );
    return row;
  }

  // One row by plain values from a manager's own queryset; undefined where it takes the whole way.
  async #getPoint(conditions: readonly (Lookups | Q | Expression)[]): Promise<Row | undefined> {
    const [lookups] = conditions;
    if (
      !this.#pristine ||
      conditions.length !== 1 ||
      lookups === undefined ||
      Object.getPrototypeOf(lookups) !== Object.prototype
    )
      return undefined;
    const model = this.model as unknown as ModelClass;
    const values = lookups as Lookups;
    const fields = plainFields(model, values);
    if (fields === undefined) return undefined;
    const connection = this.#connection;
    const found = pointLookup(connection, model, fields, () => {
      const narrowed = this.#filtered("get", conditions, false);
      return compileSelect(
        narrowed.#chained((query) => {
          query.clearOrdering(false);
          query.setLimits(0, 21);
        }).query,
        connection,
      );
    });
    if (found === undefined) return undefined;
    const rows = await fetchPoint(
      connection,
      found,
      Object.keys(values)
        .sort()
        .map((name) => values[name]),
    );
    shareFetchMode(rows.slice(0, 1), getDefaultFetchMode());
    return this.#onlyOf(rows as unknown as Row[], 21);
  }

  /** The first row in order, or by key where there is no order; null where there is none. */
  async first(): Promise<Row | null> {
    const ordered = this.ordered ? this : this.#orderedByKey("pk");
    return (await ordered.slice(0, 1).#fetch())[0] ?? null;
  }

  /** The last row in order, or by key where there is no order; null where there is none. */
  async last(): Promise<Row | null> {
    const ordered = this.ordered ? this.reverse() : this.#orderedByKey("-pk");
    return (await ordered.slice(0, 1).#fetch())[0] ?? null;
  }

  #orderedByKey(term: "pk" | "-pk"): this {
    if (Array.isArray(this.query.groupBy))
      throw new FieldError(
        "A grouped queryset without an order has no first or last row: call orderBy() with something that it groups by.",
      );
    return this.orderBy(term);
  }

  /** The row with the earliest value of fields, or of `getLatestBy`. */
  earliest(...fields: readonly string[]): Promise<Row> {
    return this.#extreme(fields, false);
  }

  /** The row with the latest value of fields, or of `getLatestBy`. */
  latest(...fields: readonly string[]): Promise<Row> {
    return this.#extreme(fields, true);
  }

  async #extreme(fields: readonly string[], latest: boolean): Promise<Row> {
    const { getLatestBy } = this.query.meta;
    const names = fields.length > 0 ? fields : typeof getLatestBy === "string" ? [getLatestBy] : (getLatestBy ?? []);
    if (names.length === 0)
      throw new FieldError("earliest() and latest() need fields, or `getLatestBy` in the model's meta.");
    this.#refuseSliced(latest ? "latest()" : "earliest()");
    const ordered = this.orderBy(...names);
    return (latest ? ordered.reverse() : ordered).slice(0, 1).#only();
  }

  async #only(): Promise<Row> {
    const [row] = await this.#fetch();
    if (row === undefined)
      throw new this.model.DoesNotExist(`${this.query.meta.objectName} matching query does not exist.`);
    return row;
  }

  /** How many rows there are. */
  async count(): Promise<number> {
    return this.#rows?.length ?? (await queryCount(this.query, this.#connection));
  }

  /** Whether there is any row. */
  async exists(): Promise<boolean> {
    return this.#rows === undefined ? queryExists(this.query, this.#connection) : this.#rows.length > 0;
  }

  /** Whether a row is among them. */
  async contains(object: ModelBase): Promise<boolean> {
    this.#refuseCombined("contains()");
    if (this.#settings.kind !== "model") throw new FieldError("contains() is not possible after values().");
    if (!isInstance(object))
      throw new FieldError(`contains() takes an instance of a model, not ${describeValue(object)}.`);
    if ((object.constructor as unknown as ModelClass)._meta.concreteModel !== this.query.meta.concreteModel)
      return false;
    if (object.pk === null || object.pk === undefined) throw new FieldError("contains() takes a row that is saved.");
    if (this.#rows !== undefined) return (this.#rows as unknown as ModelBase[]).some((row) => row.equals(object));
    return this.filter({ pk: object.pk }).exists();
  }

  /** Values computed over all rows, by name. */
  async aggregate(
    ...aggregates: readonly (Readonly<Record<string, Expression>> | Expression)[]
  ): Promise<Record<string, unknown>> {
    if (this.query.distinctFields.length > 0)
      throw new NotSupportedError("aggregate() together with distinct(fields) is not possible.");
    const named = namedExpressions(aggregates, "aggregate") as readonly (readonly [string, Expression])[];
    return queryAggregates(this.query, this.#connection, new Map(named));
  }

  /** Whether the rows have an order. */
  get ordered(): boolean {
    const { query } = this;
    if (query.isEmpty) return true;
    if (query.orderBy.length > 0) return true;
    // GROUP BY makes the default order of the model go.
    return query.defaultOrdering && query.meta.ordering.length > 0 && query.groupBy === undefined;
  }

  /** Rows by key, or by another unique field. */
  async inBulk(keys?: readonly unknown[], options: { readonly fieldName?: string } = {}): Promise<Map<unknown, Row>> {
    this.#refuseSliced("inBulk()");
    if (this.#settings.kind !== "model") throw new FieldError("inBulk() is not possible after values().");
    const fieldName = options.fieldName ?? "pk";
    assertUniqueField(this.query, fieldName);
    if (keys !== undefined && keys.length === 0) return new Map();
    const limit = this.#connection.features.maxQueryParams;
    const rows: Row[] = [];
    if (keys === undefined) rows.push(...(await this.all().#fetch()));
    else {
      const size = limit ?? keys.length;
      for (let at = 0; at < keys.length; at += size)
        rows.push(...(await this.filter({ [`${fieldName}__in`]: keys.slice(at, at + size) }).#fetch()));
    }
    const attname = fieldName === "pk" ? "pk" : (this.query.meta.findField(fieldName) as { attname: string }).attname;
    return new Map(rows.map((row) => [(row as Record<string, unknown>)[attname], row]));
  }

  /** How the database would find the rows. */
  async explain(options: Readonly<Record<string, unknown>> & { readonly format?: string } = {}): Promise<string> {
    const { format, ...rest } = options;
    for (const name of Object.keys(rest))
      if (!/^\w+$/.test(name)) throw new FieldError(`explain() has no option ${JSON.stringify(name)}.`);
    const query = this.query.clone();
    query.explain = { format, options: rest };
    const compiled = compileSelect(query, this.#connection, false);
    if (compiled === undefined) return "";
    const { rows } = await this.#connection.execute(compiled.sql, compiled.params);
    return rows
      .map((row) => row.map((cell) => (typeof cell === "string" ? cell : JSON.stringify(cell))).join(" "))
      .join("\n");
  }

  // ---- writing

  /** Makes a row and saves it. */
  async create(values: Readonly<Record<string, unknown>> = {}): Promise<M> {
    return writes.create(this.#target, values);
  }

  /** The row that meets the lookups, or a new one with them and `defaults`; and whether it was made. */
  async getOrCreate(lookups: Lookups, defaults: Readonly<Record<string, unknown>> = {}): Promise<[M, boolean]> {
    return writes.getOrCreate(this.#target, lookups, defaults);
  }

  /** The row that meets the lookups, changed to `defaults`, or a new one with both; and whether it was made. */
  async updateOrCreate(lookups: Lookups, options: writes.UpdateOrCreateOptions = {}): Promise<[M, boolean]> {
    return writes.updateOrCreate(this.#target, lookups, options);
  }

  /** Inserts many rows with few statements. `save()` and signals are not called. */
  async bulkCreate(objects: Iterable<M>, options: writes.BulkCreateOptions = {}): Promise<M[]> {
    return writes.bulkCreate(this.#target, [...objects], options);
  }

  /** Writes fields of many rows with few statements. Gives how many rows were matched. */
  async bulkUpdate(
    objects: Iterable<M>,
    fields: readonly string[],
    options: { readonly batchSize?: number } = {},
  ): Promise<number> {
    return writes.bulkUpdate(this.#target, [...objects], fields, options);
  }

  get #target(): writes.WriteTarget<M> {
    return { model: this.model, connection: this.#writeConnection, queryset: this as unknown as QuerySet<M> };
  }

  /** Sets fields of all rows with one statement. Gives how many rows were matched. */
  async update(values: Readonly<Record<string, unknown>>): Promise<number> {
    this.#refuseCombined("update()");
    if (this.query.isSliced) throw new FieldError("update() is not possible once a slice has been taken.");
    if (this.query.distinctFields.length > 0) throw new FieldError("update() is not possible after distinct(fields).");
    const query = this.query.chain();
    const assignments = assignmentsFor(query, values);
    const connection = this.#writeConnection;
    if (assignments.length === 0) return 0;
    this.#rows = undefined;
    return markForRollbackOnError(connection.alias, () => updateRows(query, assignments, connection));
  }

  /** Deletes all rows and what hangs on them. Gives how many rows went, in all and by model. */
  async delete(): Promise<[number, Record<string, number>]> {
    this.#refuseCombined("delete()");
    if (this.query.isSliced)
      throw new FieldError("delete() is not possible once a slice has been taken: it has no LIMIT.");
    if (this.query.distinctFields.length > 0) throw new FieldError("delete() is not possible after distinct(fields).");
    if (this.#settings.kind !== "model") throw new FieldError("delete() is not possible after values().");
    const result = await deleteQuerySet(this as unknown as QuerySet, this.#writeConnection);
    this.#rows = undefined;
    return result;
  }

  // ---- as a part of another query

  /** The queryset as a subquery. @internal */
  asSubquery(): Expression {
    return new QuerysetValue(this.query);
  }

  /** A queryset whose rows know the row that they were reached from. @internal */
  withKnownRelated(known: KnownRelated, instance?: ModelBase): this {
    return this.#with(this.query.chain(), {
      known: [...this.#settings.known, known],
      ...(instance === undefined ? {} : { instance }),
    });
  }

  /** A queryset whose next filter uses the joins of the last. @internal */
  sticky(): this {
    const copy = this.#with(this.query.clone());
    copy.query.filterIsSticky = true;
    return copy;
  }

  /** What prefetchRelated was told. @internal */
  get prefetchLookups(): readonly PrefetchLookup[] {
    return this.#settings.prefetch;
  }

  /** What the rows are handed out as. @internal */
  get rowKind(): RowKind {
    return this.#settings.kind;
  }
}

for (const name of ["create", "getOrCreate", "updateOrCreate", "bulkCreate", "bulkUpdate", "update", "delete"] as const)
  Object.assign(QuerySet.prototype[name], { altersData: true });

function isExpression(value: unknown): value is Expression {
  return value instanceof Expression;
}

function isListOptions(value: unknown): value is { readonly flat?: boolean; readonly named?: boolean } {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function isUnionOptions(value: unknown): value is { readonly all?: boolean } {
  return isListOptions(value);
}

function checkBound(value: unknown): void {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return;
  throw new RangeError(
    `A slice is bounded by whole numbers from zero, not ${describeValue(value)}. Counting from the end is not possible: reverse the order.`,
  );
}

function checkedCondition(condition: Lookups | Q | Expression): Lookups | Q | Expression {
  if (typeof condition === "object" && condition !== null) {
    if (condition instanceof Q || condition instanceof Expression) return condition;
    const prototype: unknown = Object.getPrototypeOf(condition);
    if (prototype === Object.prototype || prototype === null) return condition;
  }
  throw new FieldError(`A condition is an object of lookups, a Q or an expression, not ${describeValue(condition)}.`);
}

type Named = readonly (readonly [string, never])[];

function namedExpressions(
  given: readonly (Readonly<Record<string, unknown>> | Expression)[],
  operation: string,
): Named {
  const named = new Map<string, unknown>();
  for (const part of given) {
    if (part instanceof Aggregate) {
      const name = part.defaultAlias;
      if (named.has(name)) throw new FieldError(`The name '${name}' is given twice to ${operation}().`);
      named.set(name, part);
      continue;
    }
    if (part instanceof Expression)
      throw new FieldError(`${operation}() needs a name for ${part.describe()}: { name: expression }.`);
    if (typeof part !== "object" || part === null)
      throw new FieldError(`${operation}() takes expressions by name, not ${describeValue(part)}.`);
    for (const [name, value] of Object.entries(part)) named.set(name, asAnnotation(value, operation));
  }
  return [...named] as unknown as Named;
}

function asAnnotation(value: unknown, operation: string): unknown {
  if (value instanceof Expression || value instanceof FilteredRelation || value instanceof Q) return value;
  if (typeof value === "object" && value !== null && "asSubquery" in value) return asExpression(value);
  throw new FieldError(`${operation}() takes expressions, not ${describeValue(value)}: wrap a literal in Value().`);
}

function expressionName(expression: Expression, taken: readonly string[]): string {
  if (expression instanceof Aggregate) return expression.defaultAlias;
  const base = expression.constructor.name.toLowerCase();
  for (let number = 1; ; number += 1) if (!taken.includes(`${base}${number}`)) return `${base}${number}`;
}

function addToTree(tree: RelatedTree, names: readonly string[]): RelatedTree {
  const copy = structuredClone(tree) as Record<string, RelatedTree>;
  for (const name of names) {
    if (typeof name !== "string")
      throw new FieldError(`selectRelated() takes names of relations, not ${describeValue(name)}.`);
    let node = copy;
    for (const part of name.split("__")) node = node[part] ??= {};
  }
  return copy;
}

function assertUniqueField(query: Query, name: string): void {
  if (name === "pk") return;
  const field = query.meta.getField(name);
  const single = query.meta.constraints.some(
    (constraint) =>
      "fields" in constraint &&
      (constraint.fields as readonly string[]).join() === name &&
      !("condition" in constraint && constraint.condition !== undefined),
  );
  if ("unique" in field && field.unique) return;
  if (single || query.distinctFields.join() === name) return;
  throw new FieldError(`inBulk() needs a unique field, and '${name}' is not unique.`);
}
