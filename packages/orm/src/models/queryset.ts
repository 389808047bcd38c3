// A query that has not been sent yet. Immutable; `await` sends it and gives its rows.

import { FieldError } from "@tsgo/core/exceptions";
import { settled } from "@tsgo/utils/awaitable";

import type { Awaitable, Row as DriverRow } from "../backends/base/wrapper.ts";
import { markForRollbackOnError } from "../db/transaction.ts";
import { NotSupportedError } from "../exceptions.ts";
import type { Expression } from "../expressions/expression.ts";
import type { Lookups, Q } from "../expressions/q.ts";
import { QuerysetValue } from "../expressions/subquery.ts";
import { describeValue } from "../fields/field.ts";
import { isInstance } from "../lookups/related-value.ts";
import { compileSelect, queryAggregates } from "../query/execute.ts";
import type { Query } from "../query/query.ts";
import type { Recipe } from "../query/shapes/recipe.ts";
import { countOf, existenceOf, readySelect, sendSelect } from "../query/shapes/select.ts";
import { updateRecipe } from "../query/shapes/writes.ts";
import { assignmentsFor } from "../query/writes/update.ts";
import type { ModelBase, ModelClass } from "./model.ts";
import { STATE } from "./state.ts";
import { deleteQuerySet } from "./queryset/delete.ts";
import { inBulk } from "./queryset/in-bulk.ts";
import {
  FETCH,
  type KnownRelated,
  RECIPE,
  ROWS,
  SETTINGS,
  chained,
  connectionOf,
  withSettings,
  writeConnectionOf,
} from "./queryset/chain.ts";
import { namedExpressions } from "./queryset/named-expressions.ts";
import { filtered } from "./queryset/narrowed-rows.ts";
import { type RawOptions, type RawParams, RawQuerySet } from "./queryset/raw.ts";
import { ShapedRows } from "./queryset/shaped-rows.ts";
import * as writes from "./queryset/writes.ts";

const ONE = Symbol("one");
const STICKY = Symbol("sticky");

/**
 * A lazy, immutable set of rows of one model. Methods that narrow it give a new one; nothing is sent until it is awaited or
 * looped over. A function that returns one must therefore not be `async`.
 *
 * @example
 * const latest = Question.objects.filter({ pubDate__lte: new Date() }).orderBy("-pubDate").slice(0, 5);
 * for (const question of await latest) console.log(question.questionText);
 */
export class QuerySet<M extends ModelBase = ModelBase, Row = M> extends ShapedRows<M, Row> {
  // ---- answers

  /** The row at a place, counted from 0. */
  async at(index: number): Promise<Row> {
    if (!Number.isSafeInteger(index) || index < 0)
      throw new RangeError(`A row has a place from 0, not ${String(index)}.`);
    const rows = this[ROWS] ?? (await this.slice(index, index + 1)[FETCH]());
    const row = this[ROWS] === undefined ? rows[0] : rows[index];
    if (row === undefined) throw new RangeError(`The queryset has no row at ${index}.`);
    return row;
  }

  /**
   * The one row that meets the conditions.
   *
   * @throws Model.DoesNotExist, Model.MultipleObjectsReturned.
   */
  get(...conditions: readonly (Lookups | Q | Expression)[]): Promise<Row> {
    return settled(() => {
      const { specimen } = this[RECIPE];
      if (specimen.combinator !== undefined && conditions.length > 0)
        throw new NotSupportedError(`get() with conditions is not possible after ${specimen.combinator}().`);
      const limit = specimen.isSliced || specimen.combinator !== undefined ? undefined : 21;
      const one = (query: Query): void => {
        if (query.canFilter && query.distinctFields.length === 0) query.clearOrdering(false);
        // A few rows tell that there is more than one.
        if (limit !== undefined) query.setLimits(0, limit);
      };
      const narrowed = conditions.length > 0 ? filtered(this, "get", conditions, one) : chained(this, [ONE], [], one);
      const found = narrowed[FETCH]();
      return found instanceof Promise ? found.then((rows) => this.#onlyOf(rows, limit)) : this.#onlyOf(found, limit);
    });
  }

  #onlyOf(rows: readonly Row[], limit: number | undefined): Row {
    const [row] = rows;
    if (row !== undefined && rows.length === 1) return row;
    const { objectName } = this.model._meta;
    if (row === undefined) throw new this.model.DoesNotExist(`${objectName} matching query does not exist.`);
    throw new this.model.MultipleObjectsReturned(
      `get() returned more than one ${objectName}: it returned ${rows.length === limit ? "more than 20" : rows.length}.`,
    );
  }

  /** The first row in order, or by key where there is no order; null where there is none. */
  async first(): Promise<Row | null> {
    const ordered = this.ordered ? this : this.#orderedByKey("pk");
    return (await ordered.slice(0, 1)[FETCH]())[0] ?? null;
  }

  /** The last row in order, or by key where there is no order; null where there is none. */
  async last(): Promise<Row | null> {
    const ordered = this.ordered ? this.reverse() : this.#orderedByKey("-pk");
    return (await ordered.slice(0, 1)[FETCH]())[0] ?? null;
  }

  #orderedByKey(term: "pk" | "-pk"): this {
    if (Array.isArray(this[RECIPE].specimen.groupBy))
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
    const { getLatestBy } = this.model._meta;
    const names = fields.length > 0 ? fields : typeof getLatestBy === "string" ? [getLatestBy] : (getLatestBy ?? []);
    if (names.length === 0)
      throw new FieldError("earliest() and latest() need fields, or `getLatestBy` in the model's meta.");
    this[RECIPE].specimen.assertNotSliced(latest ? "latest()" : "earliest()");
    const ordered = this.orderBy(...names);
    return (latest ? ordered.reverse() : ordered).slice(0, 1).#only();
  }

  async #only(): Promise<Row> {
    const [row] = await this[FETCH]();
    if (row === undefined)
      throw new this.model.DoesNotExist(`${this.model._meta.objectName} matching query does not exist.`);
    return row;
  }

  /** How many rows there are. */
  count(): Promise<number> {
    return settled(() => this[ROWS]?.length ?? this.#ask(countOf, (rows) => Number(rows[0]?.[0] ?? 0)));
  }

  /** Whether there is any row. */
  exists(): Promise<boolean> {
    return settled(() =>
      this[ROWS] === undefined ? this.#ask(existenceOf, (rows) => rows.length > 0) : this[ROWS].length > 0,
    );
  }

  // Sends another query about the rows, and reads its answer.
  #ask<T>(question: (recipe: Recipe) => Recipe, answer: (rows: readonly DriverRow[]) => T): Awaitable<T> {
    const connection = connectionOf(this);
    const ready = readySelect(question(this[RECIPE]), connection);
    if (ready === undefined) return answer([]);
    const result = sendSelect(ready, connection);
    return result instanceof Promise ? result.then(({ rows }) => answer(rows)) : answer(result.rows);
  }

  /** Whether a row is among them. */
  async contains(object: ModelBase): Promise<boolean> {
    this[RECIPE].specimen.assertNotCombined("contains()");
    if (this[SETTINGS].kind !== "model") throw new FieldError("contains() is not possible after values().");
    if (!isInstance(object))
      throw new FieldError(`contains() takes an instance of a model, not ${describeValue(object)}.`);
    if ((object.constructor as unknown as ModelClass)._meta.concreteModel !== this.model._meta.concreteModel)
      return false;
    if (object.pk === null || object.pk === undefined) throw new FieldError("contains() takes a row that is saved.");
    if (this[ROWS] !== undefined) return (this[ROWS] as unknown as ModelBase[]).some((row) => row.equals(object));
    return this.filter({ pk: object.pk }).exists();
  }

  /** Values computed over all rows, by name. */
  async aggregate(
    ...aggregates: readonly (Readonly<Record<string, Expression>> | Expression)[]
  ): Promise<Record<string, unknown>> {
    if (this.query.distinctFields.length > 0)
      throw new NotSupportedError("aggregate() together with distinct(fields) is not possible.");
    const named = namedExpressions(aggregates, "aggregate") as readonly (readonly [string, Expression])[];
    return queryAggregates(this.query, connectionOf(this), new Map(named));
  }

  /** Whether the rows have an order. */
  get ordered(): boolean {
    const { specimen: query } = this[RECIPE];
    if (query.isEmpty) return true;
    if (query.orderBy.length > 0) return true;
    // GROUP BY makes the default order of the model go.
    return query.defaultOrdering && query.meta.ordering.length > 0 && query.groupBy === undefined;
  }

  /** Rows by key, or by another unique field. */
  async inBulk(keys?: Iterable<unknown>, options: { readonly fieldName?: string } = {}): Promise<Map<unknown, Row>> {
    return inBulk(this as unknown as QuerySet<ModelBase, Row>, keys, options.fieldName ?? "pk");
  }

  /** How the database would find the rows. */
  async explain(options: Readonly<Record<string, unknown>> & { readonly format?: string } = {}): Promise<string> {
    const { format, ...rest } = options;
    for (const name of Object.keys(rest))
      if (!/^\w+$/.test(name)) throw new FieldError(`explain() has no option ${JSON.stringify(name)}.`);
    const query = this.query.clone();
    query.explain = { format, options: rest };
    const compiled = compileSelect(query, connectionOf(this), false);
    if (compiled === undefined) return "";
    const { rows } = await connectionOf(this).execute(compiled.sql, compiled.params);
    return rows
      .map((row) => row.map((cell) => (typeof cell === "string" ? cell : JSON.stringify(cell))).join(" "))
      .join("\n");
  }

  /**
   * The rows of a statement of your own. Conditions of this queryset play no part in it.
   *
   * @example Person.objects.raw("SELECT * FROM app_person WHERE last_name = ?", [name])
   */
  raw(sql: string, params: RawParams = [], options: RawOptions = {}): RawQuerySet<M> {
    return new RawQuerySet(this.model, sql, params, { using: this[SETTINGS].db, ...options });
  }

  // ---- writing

  /** Makes a row and saves it. */
  create(values: Readonly<Record<string, unknown>> = {}): Promise<M> {
    return settled(() => writes.create(this.#target, values));
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
    return { model: this.model, connection: writeConnectionOf(this), queryset: this as unknown as QuerySet<M> };
  }

  /** Sets fields of all rows with one statement. Gives how many rows were matched. */
  update(values: Readonly<Record<string, unknown>>): Promise<number> {
    return settled(() => {
      const { specimen } = this[RECIPE];
      specimen.assertNotCombined("update()");
      if (specimen.isSliced) throw new FieldError("update() is not possible once a slice has been taken.");
      if (specimen.distinctFields.length > 0) throw new FieldError("update() is not possible after distinct(fields).");
      const assignments = assignmentsFor(this.model._meta, values);
      const connection = writeConnectionOf(this);
      if (assignments.length === 0) return 0;
      this[ROWS] = undefined;
      return markForRollbackOnError(connection.alias, () => updateRecipe(this[RECIPE], assignments, connection));
    });
  }

  /** Deletes all rows and what hangs on them. Gives how many rows went, in all and by model. */
  async delete(): Promise<[number, Record<string, number>]> {
    const { specimen } = this[RECIPE];
    specimen.assertNotCombined("delete()");
    if (specimen.isSliced)
      throw new FieldError("delete() is not possible once a slice has been taken: it has no LIMIT.");
    if (specimen.distinctFields.length > 0) throw new FieldError("delete() is not possible after distinct(fields).");
    if (this[SETTINGS].kind !== "model") throw new FieldError("delete() is not possible after values().");
    const result = await deleteQuerySet(this as unknown as QuerySet, writeConnectionOf(this));
    this[ROWS] = undefined;
    return result;
  }

  // ---- as a part of another query

  /** The queryset as a subquery. @internal */
  asSubquery(): Expression {
    return new QuerysetValue(this.query);
  }

  /** A queryset whose rows know the row that they were reached from. @internal */
  withKnownRelated(known: KnownRelated, instance?: ModelBase): this {
    return withSettings(this, {
      known: [...this[SETTINGS].known, known],
      ...(instance === undefined ? {} : { instance }),
    });
  }

  /** A queryset whose rows fetch what they lack as this row does, unless it was told otherwise. @internal */
  inFetchModeOf(instance: ModelBase): this {
    const { fetchMode } = instance[STATE];
    if (fetchMode === undefined || this[SETTINGS].fetchMode !== undefined) return this;
    return withSettings(this, { fetchMode });
  }

  /** A queryset whose next filter uses the joins of the last. @internal */
  sticky(): this {
    return chained(this, [STICKY], [], (query) => {
      query.filterIsSticky = true;
    });
  }
}

for (const name of ["create", "getOrCreate", "updateOrCreate", "bulkCreate", "bulkUpdate", "update", "delete"] as const)
  Object.assign(QuerySet.prototype[name], { altersData: true });
