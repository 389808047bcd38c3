// What every queryset is: a query that has not been sent yet, and its rows once it was.

import { FieldError } from "@tsgo/core/exceptions";

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import { connections } from "../../db/connections.ts";
import { routerDbForRead, routerDbForWrite } from "../../db/routing.ts";
import { type FetchMode, defaultFetchMode } from "../../fetch-modes.ts";
import type { SelectCompiler } from "../../query/compiler/select.ts";
import { compileSelect, convertRows, fetchRows } from "../../query/execute.ts";
import { Query } from "../../query/query.ts";
import { type RowKind, columnNames, rowReader, shareFetchMode } from "../iterables.ts";
import type { ModelBase, ModelClass } from "../model.ts";
import { type PrefetchLookup, prefetchInto } from "../prefetch.ts";

/** The rows that a queryset's instances may know of, so that they need not be fetched: the row on the other side of a relation. */
export interface KnownRelated {
  readonly attach: (object: ModelBase) => void;
}

/** What a queryset knows beside its tree. */
export interface Settings {
  readonly kind: RowKind;
  readonly db: string | undefined;
  readonly prefetch: readonly PrefetchLookup[];
  readonly known: readonly KnownRelated[];
  readonly fetchMode: FetchMode | undefined;
  readonly forWrite: boolean;
  readonly instance: ModelBase | undefined;
}

const PLAIN: Settings = {
  kind: "model",
  db: undefined,
  prefetch: [],
  known: [],
  fetchMode: undefined,
  forWrite: false,
  instance: undefined,
};

// Symbols, since classes of users extend these and must be free in their names.

/** The key of a queryset's settings. */
export const SETTINGS: unique symbol = Symbol("settings");
/** The key of the rows that were fetched. */
export const ROWS: unique symbol = Symbol("rows");
/** The key of the method that fetches the rows the first time, and gives the queryset's own list of them. */
export const FETCH: unique symbol = Symbol("fetch");

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** A query over one model, sent when it is awaited or looped over. */
export class LazyRows<M extends ModelBase = ModelBase, Row = M> implements PromiseLike<Row[]>, AsyncIterable<Row> {
  readonly model: ModelClass<M>;
  /** The tree behind it. @internal */
  readonly query: Query;
  /** @internal */
  readonly [SETTINGS]: Settings;
  /** @internal */
  [ROWS]: Row[] | undefined;
  /** Nothing was narrowed or changed yet. @internal */
  readonly pristine: boolean;
  #pending: Promise<Row[]> | undefined;

  constructor(model: ModelClass<M>, query?: Query, settings: object = PLAIN) {
    this.model = model;
    this.query = query ?? new Query(model);
    this[SETTINGS] = settings as Settings;
    this[ROWS] = undefined;
    this.pristine = query === undefined && settings === PLAIN;
  }

  /** The database that it reads from (or, inside of a write, writes to). */
  get db(): string {
    const { db, forWrite, instance } = this[SETTINGS];
    return db ?? (forWrite ? routerDbForWrite(this.model, instance) : routerDbForRead(this.model, instance));
  }

  /** Names the model. The rows come with `await`. */
  toString(): string {
    return `<QuerySet of ${this.query.meta.label}>`;
  }

  /** What the console shows. */
  [INSPECT](): string {
    return this.toString();
  }

  /** @internal */
  [FETCH](): Promise<Row[]> {
    const rows = this[ROWS];
    if (rows !== undefined) return Promise.resolve(rows);
    return (this.#pending ??= this.#load().finally(() => {
      this.#pending = undefined;
    }));
  }

  async #load(): Promise<Row[]> {
    const { kind, prefetch } = this[SETTINGS];
    const connection = connectionOf(this);
    const { rows, compiled } = await fetchRows(this.query, connection);
    const objects = compiled === undefined ? [] : this.#read(rows, compiled.compiler);
    if (prefetch.length > 0 && kind === "model" && objects.length > 0)
      await prefetchInto(objects as unknown as ModelBase[], prefetch);
    this[ROWS] = objects;
    return objects;
  }

  #read(rows: readonly (readonly unknown[])[], compiler: SelectCompiler): Row[] {
    const { kind, known, fetchMode } = this[SETTINGS];
    const reader = rowReader(compiler, kind, connectionOf(this).alias, columnNames(compiler.query));
    const objects = rows.map((row) => reader(row));
    if (kind === "model") {
      for (const { attach } of known) for (const object of objects) attach(object as ModelBase);
      const selected = compiler.instance?.related;
      shareFetchMode(objects as ModelBase[], fetchMode ?? defaultFetchMode(), selected);
    }
    return objects as Row[];
  }

  // oxlint-disable-next-line unicorn/no-thenable -- `await queryset` is how a query is sent
  then<R1 = Row[], R2 = never>(
    onFulfilled?: ((rows: Row[]) => R1 | PromiseLike<R1>) | null,
    onRejected?: ((reason: unknown) => R2 | PromiseLike<R2>) | null,
  ): Promise<R1 | R2> {
    // The rows of a queryset are its own; callers get a list that they may change.
    return this[FETCH]().then(
      (rows) => (onFulfilled === null || onFulfilled === undefined ? ([...rows] as R1) : onFulfilled([...rows])),
      onRejected,
    );
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Row> {
    yield* await this[FETCH]();
  }

  /** The rows without keeping them: in pieces of `chunkSize`, so that memory stays bounded. */
  async *iterator(options: { readonly chunkSize?: number } = {}): AsyncGenerator<Row> {
    const chunkSize = options.chunkSize ?? 2000;
    if (!Number.isSafeInteger(chunkSize) || chunkSize <= 0)
      throw new RangeError(`chunkSize is a whole number from 1, not ${String(chunkSize)}.`);
    const { prefetch, kind } = this[SETTINGS];
    if (prefetch.length > 0 && options.chunkSize === undefined)
      throw new FieldError("iterator() after prefetchRelated() needs a chunkSize.");
    const connection = connectionOf(this);
    const compiled = compileSelect(this.query, connection);
    if (compiled === undefined) return;
    for await (const rows of connection.stream(compiled.sql, compiled.params, chunkSize, compiled.options)) {
      const objects = this.#read(convertRows(rows, compiled), compiled.compiler);
      if (prefetch.length > 0 && kind === "model") await prefetchInto(objects as unknown as ModelBase[], prefetch);
      yield* objects;
    }
  }

  /** The rows that were fetched already. @internal */
  get cachedRows(): readonly Row[] | undefined {
    return this[ROWS];
  }

  /** Puts rows in, as if they had been fetched. @internal */
  setCachedRows(rows: readonly Row[]): void {
    this[ROWS] = [...rows];
  }

  /** What prefetchRelated was told. @internal */
  get prefetchLookups(): readonly PrefetchLookup[] {
    return this[SETTINGS].prefetch;
  }

  /** What the rows are handed out as. @internal */
  get rowKind(): RowKind {
    return this[SETTINGS].kind;
  }
}

type AnyRows = LazyRows<ModelBase, unknown>;

/** A queryset like another one, with this tree. */
export function withQuery<Q>(queryset: Q & AnyRows, query: Query, changes?: Partial<Settings>): Q {
  const settings = changes === undefined ? queryset[SETTINGS] : { ...queryset[SETTINGS], ...changes };
  return new (queryset.constructor as new (model: ModelClass, query: Query, settings: Settings) => Q)(
    queryset.model,
    query,
    settings,
  );
}

/** A queryset like another one, with a tree that was changed. */
export function chained<Q>(queryset: Q & AnyRows, change: (query: Query) => void, changes?: Partial<Settings>): Q {
  const query = queryset.query.chain();
  change(query);
  return withQuery<Q>(queryset, query, changes);
}

/** The connection that the rows are read from. */
export function connectionOf(queryset: AnyRows): BaseWrapper {
  return connections.get(queryset.db);
}

/** The connection that rows are written to. */
export function writeConnectionOf(queryset: AnyRows): BaseWrapper {
  const { db, instance } = queryset[SETTINGS];
  return connections.get(db ?? routerDbForWrite(queryset.model, instance));
}
