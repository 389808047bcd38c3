// What every queryset is: a query that has not been sent yet, and its rows once it was.

import { FieldError } from "@tsgo/core/exceptions";
import { isPromise } from "@tsgo/utils/awaitable";

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import type { Awaitable, Row as DriverRow } from "../../backends/base/wrapper.ts";
import { routerDbForRead, routerDbForWrite } from "../../db/routing.ts";
import { defaultFetchMode } from "../../fetch-modes.ts";
import type { Query } from "../../query/query.ts";
import { Recipe } from "../../query/shapes/recipe.ts";
import { type Select, readySelect, sendSelect } from "../../query/shapes/select.ts";
import { type RowKind, rowsReader, shareFetchMode } from "../iterables.ts";
import type { ModelBase, ModelClass } from "../model.ts";
import { type PrefetchLookup, prefetchInto } from "../prefetch.ts";
import { rethrowWithCallers } from "./callers-stack.ts";
import { FETCH, PLAIN, RECIPE, ROWS, SETTINGS, type Settings, connectionOf } from "./chain.ts";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** A query over one model, sent when it is awaited or looped over. */
export class LazyRows<M extends ModelBase = ModelBase, Row = M> implements PromiseLike<Row[]>, AsyncIterable<Row> {
  readonly model: ModelClass<M>;
  /** @internal */
  readonly [RECIPE]: Recipe;
  /** @internal */
  readonly [SETTINGS]: Settings;
  /** @internal */
  [ROWS]: Row[] | undefined;
  #pending: Promise<Row[]> | undefined;

  constructor(model: ModelClass<M>, recipe?: Recipe, settings: object = PLAIN) {
    this.model = model;
    this[RECIPE] = recipe ?? Recipe.ofModel(model);
    this[SETTINGS] = settings as Settings;
    this[ROWS] = undefined;
  }

  /** The tree behind it, which is shared: copy it to change it. @internal */
  get query(): Query {
    return this[RECIPE].query;
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

  /** Gives the rows at once where the driver does. @internal */
  [FETCH](): Awaitable<Row[]> {
    return this[ROWS] ?? this.#pending ?? this.#load();
  }

  #load(): Awaitable<Row[]> {
    const connection = connectionOf(this);
    const ready = readySelect(this[RECIPE], connection);
    if (ready === undefined) return (this[ROWS] = []);
    const result = sendSelect(ready, connection);
    const rows =
      result instanceof Promise
        ? result.then((sent) => this.#read(sent.rows, ready.select, connection))
        : this.#read(result.rows, ready.select, connection);
    if (!(rows instanceof Promise)) return (this[ROWS] = rows);
    this.#pending = rows.then(
      (read) => {
        this.#pending = undefined;
        return (this[ROWS] = read);
      },
      (error: unknown) => {
        this.#pending = undefined;
        throw error;
      },
    );
    return this.#pending;
  }

  #read(rows: readonly DriverRow[], select: Select, connection: BaseWrapper): Awaitable<Row[]> {
    const { kind, known, fetchMode, prefetch } = this[SETTINGS];
    const read = select.derive(kind, (compiled) => rowsReader(compiled, kind, connection.alias));
    const objects = read(rows) as Row[];
    if (kind !== "model" || objects.length === 0) return objects;
    const instances = objects as unknown as ModelBase[];
    for (const { attach } of known) for (const object of instances) attach(object);
    shareFetchMode(instances, fetchMode ?? defaultFetchMode(), select.compiled.compiler.instance?.related);
    return prefetch.length === 0 ? objects : prefetchInto(instances, prefetch).then(() => objects);
  }

  // oxlint-disable-next-line unicorn/no-thenable -- `await queryset` is how a query is sent
  then<R1 = Row[], R2 = never>(
    onFulfilled?: ((rows: Row[]) => R1 | PromiseLike<R1>) | null,
    onRejected?: ((reason: unknown) => R2 | PromiseLike<R2>) | null,
  ): Promise<R1 | R2> {
    // The functions of an `await` are handed on as they are: by them an error finds the line that waits.
    return this.#ownRows().then(onFulfilled, onRejected);
  }

  // The rows of a queryset are its own; callers get a list that they may change.
  #ownRows(): Promise<Row[]> {
    try {
      const rows = this[FETCH]();
      if (isPromise(rows)) return rows.then((there) => there.slice(), rethrowWithCallers);
      return Promise.resolve(rows.slice());
    } catch (error) {
      return Promise.reject(error).catch(rethrowWithCallers);
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Row> {
    yield* await this[FETCH]();
  }

  /** The rows without keeping them: in pieces of `chunkSize`, so that memory stays bounded. */
  async *iterator(options: { readonly chunkSize?: number } = {}): AsyncGenerator<Row> {
    const chunkSize = options.chunkSize ?? 2000;
    if (!Number.isSafeInteger(chunkSize) || chunkSize <= 0)
      throw new RangeError(`chunkSize is a whole number from 1, not ${String(chunkSize)}.`);
    if (this[SETTINGS].prefetch.length > 0 && options.chunkSize === undefined)
      throw new FieldError("iterator() after prefetchRelated() needs a chunkSize.");
    const connection = connectionOf(this);
    const ready = readySelect(this[RECIPE], connection);
    if (ready === undefined) return;
    const { sql, options: sending } = ready.select.compiled;
    for await (const rows of connection.stream(sql, ready.params, chunkSize, sending))
      yield* await this.#read(rows, ready.select, connection);
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
