// Rows of a model from a statement of the user's own.

import { FieldError } from "@tsgo/core/exceptions";
import { closest } from "@tsgo/utils/nearest-name";

import type { Row } from "../../backends/base/wrapper.ts";
import { connections } from "../../db/connections.ts";
import { routerDbForRead } from "../../db/routing.ts";
import { defaultFetchMode } from "../../fetch-modes.ts";
import { type Field, describeValue } from "../../fields/field.ts";
import { finishSql } from "../../query/compiler/compiler.ts";
import { PlainCompiler } from "../../query/compiler/plain.ts";
import { namedParameters } from "../../query/named-parameters.ts";
import { hasExactIntegers } from "../../query/execute.ts";
import { Query } from "../../query/query.ts";
import { instanceReader, shareFetchMode } from "../iterables.ts";
import type { ModelBase, ModelClass } from "../model.ts";
import { type PrefetchLookup, prefetchInto } from "../prefetch.ts";

/** The values of a raw statement: a list for its question marks, or an object for its `:names`. */
export type RawParams = readonly unknown[] | Readonly<Record<string, unknown>>;

/** What `raw()` takes beside statement and values. */
export interface RawOptions {
  /** Names of fields by the names of columns, for columns that are called otherwise. */
  readonly translations?: Readonly<Record<string, string>>;
  /** The alias of the database. */
  readonly using?: string | undefined;
}

interface RawSettings extends RawOptions {
  readonly prefetch?: readonly PrefetchLookup[];
}

/** The rows that a statement gives, as instances of a model. Sent when it is awaited. Answers to Django's `RawQuerySet`. */
export class RawQuerySet<M extends ModelBase = ModelBase> implements PromiseLike<M[]>, AsyncIterable<M> {
  readonly model: ModelClass<M>;
  readonly sql: string;
  readonly params: RawParams;
  readonly #settings: RawSettings;
  #rows: Promise<readonly M[]> | undefined;

  constructor(model: ModelClass<M>, sql: string, params: RawParams = [], settings: RawSettings = {}) {
    if (typeof sql !== "string") throw new FieldError(`raw() takes a statement as text, not ${describeValue(sql)}.`);
    if (typeof params !== "object" || params === null)
      throw new FieldError(`raw() takes values as a list or by name, not ${describeValue(params)}.`);
    this.model = model;
    this.sql = sql;
    this.params = params;
    this.#settings = settings;
  }

  /** The alias of the database that is asked. */
  get db(): string {
    return this.#settings.using ?? routerDbForRead(this.model);
  }

  /** The same on another database. */
  using(alias: string | undefined): RawQuerySet<M> {
    return new RawQuerySet(this.model, this.sql, this.params, { ...this.#settings, using: alias });
  }

  /** Reads related rows in one more statement a path. `null` forgets what was asked for. */
  prefetchRelated(...lookups: readonly (PrefetchLookup | null)[]): RawQuerySet<M> {
    const added = lookups.filter((lookup) => lookup !== null);
    const before = lookups.includes(null) ? [] : (this.#settings.prefetch ?? []);
    return new RawQuerySet(this.model, this.sql, this.params, { ...this.#settings, prefetch: [...before, ...added] });
  }

  // oxlint-disable-next-line unicorn/no-thenable -- `await` is how it is sent, as with querysets
  then<R1 = M[], R2 = never>(
    onFulfilled?: ((rows: M[]) => R1 | PromiseLike<R1>) | null,
    onRejected?: ((reason: unknown) => R2 | PromiseLike<R2>) | null,
  ): Promise<R1 | R2> {
    return this.#fetch()
      .then((rows) => [...rows])
      .then(onFulfilled, onRejected);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<M> {
    yield* await this.#fetch();
  }

  /** The row at an index. @throws RangeError where there is none. */
  async at(index: number): Promise<M> {
    const rows = await this.#fetch();
    const row = Number.isSafeInteger(index) && index >= 0 ? rows[index] : undefined;
    if (row === undefined) throw new RangeError(`The statement gives no row at ${String(index)}.`);
    return row;
  }

  toString(): string {
    return `<RawQuerySet: ${this.sql}>`;
  }

  #fetch(): Promise<readonly M[]> {
    return (this.#rows ??= this.#load());
  }

  async #load(): Promise<readonly M[]> {
    const model = this.model as unknown as ModelClass;
    const connection = connections.get(this.db);
    const compiler = new PlainCompiler(new Query(model), connection);
    const given = Array.isArray(this.params)
      ? { sql: this.sql, params: this.params as readonly unknown[] }
      : namedParameters(this.sql, this.params as Readonly<Record<string, unknown>>);
    const { sql, params } = finishSql(compiler.rawSql(given.sql, given.params), connection);
    const exactIntegers = hasExactIntegers(model._meta.concreteFields);
    const { rows, columns = [] } = await connection.execute(sql, params, { exactIntegers, columns: true });
    const read = rowReader(model, columns, this.#settings.translations ?? {}, connection);
    const objects = rows.map(read);
    shareFetchMode(objects, defaultFetchMode());
    await prefetchInto(objects, this.#settings.prefetch ?? []);
    return objects as readonly ModelBase[] as readonly M[];
  }
}

/** What a column of the statement is to an instance: one of its fields, or a value of that name. */
interface RawColumn {
  readonly index: number;
  readonly name: string;
  readonly field: Field | undefined;
}

function rowReader(
  model: ModelClass,
  columns: readonly string[],
  translations: Readonly<Record<string, string>>,
  connection: ReturnType<typeof connections.get>,
): (row: Row) => ModelBase {
  const all = columns.map((name, index) => ({ index, name, field: fieldOf(model, name, translations) }));
  const loaded = all.filter(
    (column): column is RawColumn & { readonly field: Field } =>
      // The last of several columns of one name counts.
      column.field !== undefined && !all.some(({ index, field }) => field === column.field && index > column.index),
  );
  assertKey(
    model,
    loaded.map(({ field }) => field),
  );
  const extra = all.filter(({ field }) => field === undefined);
  for (const { name } of extra)
    if (name in model.prototype)
      throw new FieldError(
        `The column '${name}' of the statement would hide what every ${model._meta.objectName} has.`,
      );
  const read = instanceReader(
    model,
    loaded.map(({ field }) => field),
    0,
    loaded.map(({ field }) => field.fromDb(connection)),
    connection.alias,
  );
  return (row) => {
    const object = read(loaded.map(({ index }) => row[index]));
    for (const { index, name } of extra)
      Object.defineProperty(object, name, {
        value: plain(row[index]),
        writable: true,
        enumerable: true,
        configurable: true,
      });
    return object;
  };
}

function fieldOf(model: ModelClass, column: string, translations: Readonly<Record<string, string>>): Field | undefined {
  const { concreteFields, label } = model._meta;
  if (!Object.hasOwn(translations, column)) return concreteFields.find((field) => field.column === column);
  const name = translations[column] ?? "";
  const field = concreteFields.find((candidate) => candidate.name === name || candidate.attname === name);
  if (field !== undefined) return field;
  const hint = closest(
    name,
    concreteFields.map((candidate) => candidate.attname),
  );
  throw new FieldError(
    `raw() translates the column '${column}' to '${name}', which is no column of ${label}.${hint === undefined ? "" : ` Did you mean '${hint}'?`}`,
  );
}

// What was not selected can be loaded later only by the key.
function assertKey(model: ModelClass, loaded: readonly Field[]): void {
  const missing = model._meta.pkFields.filter((field) => !loaded.includes(field));
  if (missing.length === 0) return;
  const names = missing.map((field) => field.column ?? field.name).join(", ");
  throw new FieldError(`A raw statement for ${model._meta.label} must select the primary key: ${names} is missing.`);
}

// Whole numbers come as bigint where a field of the model needs that; a count is a number all the same.
function plain(value: unknown): unknown {
  return typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
