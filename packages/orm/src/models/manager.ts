// The way from a model to its rows.

import type { ModelBase, ModelClass } from "./model.ts";
import { QuerySet } from "./queryset.ts";

/** The methods of querysets that managers have too. */
const FORWARDED = [
  "filter",
  "exclude",
  "complexFilter",
  "none",
  "annotate",
  "alias",
  "orderBy",
  "reverse",
  "distinct",
  "values",
  "valuesList",
  "dates",
  "datetimes",
  "union",
  "intersection",
  "difference",
  "selectRelated",
  "prefetchRelated",
  "defer",
  "only",
  "using",
  "fetchMode",
  "selectForUpdate",
  "slice",
  "get",
  "first",
  "last",
  "earliest",
  "latest",
  "count",
  "exists",
  "contains",
  "aggregate",
  "inBulk",
  "iterator",
  "explain",
  "raw",
  "create",
  "getOrCreate",
  "updateOrCreate",
  "bulkCreate",
  "bulkUpdate",
  "update",
] as const;

type Forwarded = (typeof FORWARDED)[number];

/** What a manager takes over from its queryset. */
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- the methods are put on the prototype below
export interface Manager<M extends ModelBase = ModelBase> extends Pick<QuerySet<M>, Forwarded> {}

/**
 * Gives querysets over the rows of a model. Extend it for rows of a kind, or for methods that concern the whole table.
 *
 * @example
 * class PublishedManager extends models.Manager<Book> {
 *   override getQueryset() { return super.getQueryset().filter({ status: "pub" }); }
 * }
 */
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- the methods are put on the prototype below
export class Manager<M extends ModelBase = ModelBase> {
  declare model: ModelClass<M>;
  /** The name under which the model has it. */
  name = "";
  /** Migrations remember it, so that historical models have it too. */
  readonly useInMigrations: boolean = false;
  /** The class of its querysets. */
  protected readonly querySetClass: typeof QuerySet = QuerySet;
  #db: string | undefined;

  /** Ties the manager to a model. @internal */
  contributeToClass(model: ModelClass<M>, name: string): void {
    this.model = model;
    this.name = name;
  }

  /** A manager of the same kind for another model. @internal */
  copy(): this {
    const copy = Reflect.construct(this.constructor, []) as this;
    return Object.assign(copy, this);
  }

  /** The rows that everything else starts from. */
  getQueryset(): QuerySet<M> {
    const queryset = new this.querySetClass(this.model);
    return this.#db === undefined ? queryset : queryset.using(this.#db);
  }

  /** All rows. Where prefetchRelated loaded them, they are not fetched again. */
  all(): QuerySet<M> {
    return this.getQueryset();
  }

  /** The same manager on another database. */
  dbManager(alias: string): this {
    const copy = this.copy();
    copy.contributeToClass(this.model, this.name);
    copy.#db = alias;
    return copy;
  }

  /** A class of managers with the methods of a queryset class. */
  static fromQuerySet<Q extends QuerySet<never, never>>(
    querySetClass: new (...args: never[]) => Q,
  ): new () => Manager & Q {
    const Derived = class extends Manager {
      protected override readonly querySetClass = querySetClass as unknown as typeof QuerySet;
    };
    forward(Derived.prototype, ownMethods(querySetClass));
    return Derived as unknown as new () => Manager & Q;
  }
}

function ownMethods(querySetClass: typeof QuerySet): string[] {
  const names: string[] = [];
  for (
    let prototype = querySetClass.prototype as object;
    prototype !== QuerySet.prototype;
    prototype = Object.getPrototypeOf(prototype) as object
  ) {
    for (const name of Object.getOwnPropertyNames(prototype)) {
      const value: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value;
      if (
        name !== "constructor" &&
        typeof value === "function" &&
        (value as { querySetOnly?: boolean }).querySetOnly !== true
      )
        names.push(name);
    }
  }
  return names;
}

function forward(prototype: object, names: readonly string[]): void {
  for (const name of names) {
    const method = function (this: Manager, ...args: unknown[]): unknown {
      const queryset = this.getQueryset() as unknown as Record<string, (...values: unknown[]) => unknown>;
      return queryset[name]?.(...args);
    };
    const original = (QuerySet.prototype as unknown as Record<string, { altersData?: boolean } | undefined>)[name];
    if (original?.altersData === true) Object.assign(method, { altersData: true });
    Object.defineProperty(method, "length", { value: 0 });
    Object.defineProperty(prototype, name, { value: method, writable: true, configurable: true });
  }
}

forward(Manager.prototype, FORWARDED);

/** Makes a manager with the methods of the queryset class that it is called on. Answers to `QuerySet.as_manager()`. */
function asManager(this: typeof QuerySet): Manager {
  return new (Manager.fromQuerySet(this))();
}

Object.defineProperty(QuerySet, "asManager", { value: asManager, configurable: true, writable: true });
