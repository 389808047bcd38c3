// The methods of querysets that give another one with fewer rows, in another order, or with more on each.

import { FieldError } from "@tsgo/core/exceptions";

import { Expression } from "../../expressions/expression.ts";
import { FilteredRelation } from "../../expressions/filtered-relation.ts";
import { type Lookups, Q } from "../../expressions/q.ts";
import { type FetchMode, isFetchMode } from "../../fetch-modes.ts";
import { describeValue } from "../../fields/field.ts";
import type { LockOptions, OrderTerm, Query, RelatedTree } from "../../query/query.ts";
import type { Token } from "../../query/shapes/shape.ts";
import { addConditions, placedCondition } from "../../query/shapes/tokens.ts";
import type { ModelBase } from "../model.ts";
import type { PrefetchLookup } from "../prefetch.ts";
import { RECIPE, ROWS, SETTINGS, chained, unstuck, withRecipe, withSettings } from "./chain.ts";
import { LazyRows } from "./lazy-rows.ts";
import { namedExpressions } from "./named-expressions.ts";

// The calls as tokens of shapes.
const OPERATIONS = { filter: Symbol("filter"), exclude: Symbol("exclude"), get: Symbol("get") };
const ORDER_BY = Symbol("orderBy");
const REVERSE = Symbol("reverse");
const DISTINCT = Symbol("distinct");
const SELECT_RELATED = Symbol("selectRelated");
const DEFER = Symbol("defer");
const ONLY = Symbol("only");
const LOCK = Symbol("selectForUpdate");
const SLICE = Symbol("slice");

/** The rows of a model, narrowed. */
export class NarrowedRows<M extends ModelBase = ModelBase, Row = M> extends LazyRows<M, Row> {
  /** All rows again: a copy that was not sent yet. */
  all(): this {
    return withRecipe(this, unstuck(this[RECIPE]));
  }

  /** The rows that meet the conditions. Lookups in one call concern the same related row. */
  filter(...conditions: readonly (Lookups | Q | Expression)[]): this {
    return filtered(this, "filter", conditions);
  }

  /** The rows that do not meet the conditions. */
  exclude(...conditions: readonly (Lookups | Q | Expression)[]): this {
    return filtered(this, "exclude", conditions);
  }

  /** `filter` with conditions that may come as a Q or as an object. */
  complexFilter(condition: Lookups | Q): this {
    if (!(condition instanceof Q)) return filtered(this, "filter", [condition]);
    return chained(this, undefined, [], (query) => {
      query.addQ(condition);
    });
  }

  /** No rows, without asking the database. */
  none(): this {
    return chained(this, undefined, [], (query) => {
      query.setEmpty();
    });
  }

  /** Gives each row further values by name. */
  annotate(...annotations: readonly (Readonly<Record<string, unknown>> | Expression)[]): this {
    return annotated(this, "annotate", annotations, true);
  }

  /** Gives expressions names that later methods can use, without selecting them. */
  alias(...annotations: readonly (Readonly<Record<string, unknown>> | Expression)[]): this {
    return annotated(this, "alias", annotations, false);
  }

  /** Orders the rows by fields (a minus sign for descending), expressions, or `"?"` for chance. Without terms: in no order. */
  orderBy(...terms: readonly OrderTerm[]): this {
    this[RECIPE].specimen.assertNotSliced("orderBy()");
    return chained(this, namesOnly(ORDER_BY, terms), [], (query) => {
      query.clearOrdering(true, false);
      query.defaultOrdering = true;
      query.addOrdering(terms);
    });
  }

  /** The rows from the last to the first. */
  reverse(): this {
    if (this[RECIPE].specimen.isSliced) throw new FieldError("A slice cannot be reversed.");
    return chained(this, [REVERSE], [], (query) => {
      query.standardOrdering = !query.standardOrdering;
    });
  }

  /** Equal rows once. With fields (PostgreSQL): the first row for each of their values. */
  distinct(...fields: readonly string[]): this {
    this[RECIPE].specimen.assertNotCombined("distinct()");
    this[RECIPE].specimen.assertNotSliced("distinct()");
    return chained(this, namesOnly(DISTINCT, fields), [], (query) => {
      for (const field of fields) query.checkOrderName(field);
      query.distinct = true;
      query.distinctFields = fields;
    });
  }

  /** Brings along the rows that foreign keys lead to, with a join. Without names: all that are not null. */
  selectRelated(...names: readonly (string | null)[]): this {
    if (this[SETTINGS].kind !== "model") throw new FieldError("selectRelated() is not possible after values().");
    this[RECIPE].specimen.assertNotCombined("selectRelated()");
    return chained(this, namesOnly(SELECT_RELATED, names), [], (query) => {
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
    this[RECIPE].specimen.assertNotCombined("prefetchRelated()");
    if (lookups.length === 1 && lookups[0] === null) return withSettings(this, { prefetch: [] });
    const added = lookups as readonly PrefetchLookup[];
    for (const lookup of added) {
      const name = typeof lookup === "string" ? lookup : lookup.prefetchTo;
      if (this[RECIPE].specimen.filteredRelations.has(name.split("__")[0] ?? ""))
        throw new FieldError("prefetchRelated() cannot follow a FilteredRelation.");
    }
    return withSettings(this, { prefetch: [...this[SETTINGS].prefetch, ...added] });
  }

  /** Leaves columns out; they are loaded when they are read. `null` loads all again. */
  defer(...names: readonly (string | null)[]): this {
    if (this[SETTINGS].kind !== "model") throw new FieldError("defer() is not possible after values().");
    this[RECIPE].specimen.assertNotCombined("defer()");
    return chained(this, namesOnly(DEFER, names), [], (query) => {
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
    if (this[SETTINGS].kind !== "model") throw new FieldError("only() is not possible after values().");
    this[RECIPE].specimen.assertNotCombined("only()");
    if ((names as readonly unknown[]).includes(null)) throw new FieldError("only() takes names of fields, not null.");
    for (const name of names)
      if (this[RECIPE].specimen.filteredRelations.has(name.split("__")[0] ?? ""))
        throw new FieldError("only() cannot follow a FilteredRelation.");
    return chained(this, namesOnly(ONLY, names), [], (query) => {
      const { names: known, defer } = query.deferred;
      const wanted = names.map((name) => (name === "pk" ? query.meta.pk.name : name));
      const kept = defer ? wanted.filter((name) => !known.has(name)) : wanted;
      query.deferred = { names: new Set(kept), defer: false };
    });
  }

  /** Reads from and writes to this database. */
  using(alias: string | undefined): this {
    return withSettings(this, { db: alias });
  }

  /** Tells the routers which row the query is about; without routers it goes to the database of that row. @internal */
  about(instance: ModelBase | undefined): this {
    return instance === undefined ? this : withSettings(this, { instance });
  }

  /** How what is missing on the rows is fetched when it is read. */
  fetchMode(mode: FetchMode): this {
    if (!isFetchMode(mode))
      throw new FieldError(`fetchMode() takes "one", "peers" or "raise", not ${describeValue(mode)}.`);
    return withSettings(this, { fetchMode: mode });
  }

  /** Locks the rows until the transaction ends. */
  selectForUpdate(options: Partial<LockOptions> = {}): this {
    if (options.nowait === true && options.skipLocked === true)
      throw new FieldError("selectForUpdate() takes nowait or skipLocked, not both.");
    return chained(
      this,
      [
        LOCK,
        options.nowait ?? false,
        options.skipLocked ?? false,
        options.noKey ?? false,
        (options.of ?? []).join(","),
      ],
      [],
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
    const rows = this[ROWS];
    const sliced = chained(this, [SLICE, low, stop], [], (query) => {
      query.setLimits(low, stop);
    });
    // Rows that are there already are not fetched again.
    if (rows !== undefined) sliced.setCachedRows(rows.slice(low, stop ?? undefined));
    return sliced;
  }
}

/** A queryset with one more condition. `also` is what else the call does to the query. */
export function filtered<Rows extends NarrowedRows<ModelBase, unknown>>(
  queryset: Rows,
  operation: "filter" | "exclude" | "get",
  conditions: readonly (Lookups | Q | Expression)[],
  also?: (query: Query) => void,
): Rows {
  const { specimen } = queryset[RECIPE];
  specimen.assertNotCombined(`${operation}()`);
  for (const condition of conditions) assertCondition(condition);
  const tokens: Token[] = [OPERATIONS[operation]];
  const values: unknown[] = [];
  const plain = addConditions(conditions, tokens, values);
  const isEmpty = plain && tokens.length === 1;
  if (isEmpty && also === undefined) return queryset.all();
  if (!isEmpty) specimen.assertNotSliced(`${operation}()`);
  return chained(queryset, plain ? tokens : undefined, values, (query, place) => {
    const q = placedCondition(conditions, place);
    if (!q.isEmpty) query.addQ(operation === "exclude" ? q.not() : q);
    also?.(query);
  });
}

function annotated<Rows extends NarrowedRows<ModelBase, unknown>>(
  queryset: Rows,
  operation: string,
  given: readonly (Readonly<Record<string, unknown>> | Expression)[],
  select: boolean,
): Rows {
  queryset[RECIPE].specimen.assertNotCombined(`${operation}()`);
  const named = namedExpressions(given, operation);
  return chained(queryset, undefined, [], (query) => {
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

function checkBound(value: unknown): void {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return;
  throw new RangeError(
    `A slice is bounded by whole numbers from zero, not ${describeValue(value)}. Counting from the end is not possible: reverse the order.`,
  );
}

function assertCondition(condition: Lookups | Q | Expression): void {
  if (typeof condition === "object" && condition !== null) {
    if (condition instanceof Q || condition instanceof Expression) return;
    const prototype: unknown = Object.getPrototypeOf(condition);
    if (prototype === Object.prototype || prototype === null) return;
  }
  throw new FieldError(`A condition is an object of lookups, a Q or an expression, not ${describeValue(condition)}.`);
}

// A call with nothing but names as arguments.
function namesOnly(call: symbol, names: readonly unknown[]): Token[] | undefined {
  return names.every((name): name is string | null => typeof name === "string" || name === null)
    ? [call, ...names]
    : undefined;
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
