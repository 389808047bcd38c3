// Who sees the statements of a database: listeners, the log, `connection.queries`, and wrappers around their execution.

import { performance } from "node:perf_hooks";

import { fromSettings, isConfigured } from "@tsgo/core/conf";
import { contextVar } from "@tsgo/core/context";
import { getLogger } from "@tsgo/core/logging";
import { isPromise } from "@tsgo/utils/awaitable";

import type { Awaitable, DatabaseWrapper, LoggedQuery, StatementResult } from "./wrapper.ts";

/** Sends a statement on its way: what a wrapper calls to go on. */
export type Execute = (sql: string, params: readonly unknown[]) => Awaitable<StatementResult>;

/**
 * Stands around the execution of statements: may look at them, change them, or throw instead of calling `execute`.
 *
 * @example
 * const blocker: ExecuteWrapper = (execute, sql) => {
 *   throw new Error(`No query is expected here: ${sql}`);
 * };
 */
export type ExecuteWrapper = (
  execute: Execute,
  sql: string,
  params: readonly unknown[],
  context: { readonly connection: DatabaseWrapper },
) => Awaitable<StatementResult>;

type Listener = (query: LoggedQuery) => void;

/** What is in force in the running context, for one database. */
interface Watch {
  readonly alias: string;
  readonly wrapper?: ExecuteWrapper;
  readonly listener?: Listener;
}

/** How many statements `connection.queries` keeps; the oldest go first. */
const QUERIES_LIMIT = 9000;

const isDebug = fromSettings((settings) => settings.DEBUG);
const watches = contextVar<readonly Watch[]>("orm.watches");
const recorded = contextVar<Map<string, LoggedQuery[]>>("orm.queries");

/** Forgets the statements that `connection.queries` has. Each request begins so. Answers to `django.db.reset_queries`. */
export function resetQueries(): void {
  if (isConfigured() && isDebug()) recorded.set(new Map());
  else recorded.get()?.clear();
}

/** Those who see the statements of one database. */
export class Observers {
  readonly #connection: DatabaseWrapper;
  readonly #logger = getLogger("tsgo.db.backends");
  readonly #listeners = new Set<Listener>();
  /** How many calls of `within` run: where there are none, no context need be looked into. */
  #running = 0;

  constructor(connection: DatabaseWrapper) {
    this.#connection = connection;
  }

  /** Nobody is there to see anything. */
  get areAbsent(): boolean {
    return this.#listeners.size === 0 && this.#running === 0 && !(isConfigured() && isDebug());
  }

  /** Adds a listener for all statements, whoever sends them. Returns what takes it away. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** The statements of this request, or of the program where there is none; those sent with DEBUG on. */
  get queries(): readonly LoggedQuery[] {
    return [...(recorded.get()?.get(this.#connection.alias) ?? [])];
  }

  /** Calls `fn` with a wrapper or a listener in force for what it sends, and nobody else. */
  async within<T>(watch: Omit<Watch, "alias">, fn: () => T | Promise<T>): Promise<T> {
    this.#running += 1;
    try {
      const all = [...(watches.get() ?? []), { ...watch, alias: this.#connection.alias }];
      return await watches.run(all, async () => fn());
    } finally {
      this.#running -= 1;
    }
  }

  /** Sends a statement through the wrappers in force, the last one outermost, and tells of it. */
  send(sql: string, params: readonly unknown[], execute: Execute): Awaitable<StatementResult> {
    const told: Execute = (...statement) => this.#timed(...statement, true, () => execute(...statement));
    const wrapped = this.#inForce().reduce<Execute>(
      (next, { wrapper }) =>
        wrapper === undefined ? next : (...statement) => wrapper(next, ...statement, { connection: this.#connection }),
      told,
    );
    return wrapped(sql, params);
  }

  /** Sends a word of transaction control. It is written down, but is no statement that listeners count. */
  control<T>(sql: string, execute: () => Awaitable<T>): Awaitable<T> {
    return this.areAbsent ? execute() : this.#timed(sql, [], false, execute);
  }

  #inForce(): readonly Watch[] {
    if (this.#running === 0) return [];
    return (watches.get() ?? []).filter(({ alias }) => alias === this.#connection.alias);
  }

  #timed<T>(sql: string, params: readonly unknown[], isStatement: boolean, execute: () => Awaitable<T>): Awaitable<T> {
    const start = performance.now();
    const tell = (): void => this.#tell({ sql, params, time: performance.now() - start }, isStatement);
    try {
      const result = execute();
      if (isPromise(result)) return result.finally(tell);
      tell();
      return result;
    } catch (error) {
      tell();
      throw error;
    }
  }

  #tell(query: LoggedQuery, isStatement: boolean): void {
    if (isStatement) for (const listener of this.#listeners) listener(query);
    for (const { listener } of this.#inForce()) listener?.(query);
    if (!isConfigured() || !isDebug()) return;
    this.#record(query);
    if (this.#logger.isEnabledFor("DEBUG")) this.#log(query);
  }

  #record(query: LoggedQuery): void {
    const { alias } = this.#connection;
    let byAlias = recorded.get();
    if (byAlias === undefined) recorded.set((byAlias = new Map()));
    const queries = byAlias.get(alias) ?? [];
    byAlias.set(alias, queries);
    queries.push(query);
    if (queries.length > QUERIES_LIMIT) queries.shift();
  }

  #log({ sql, params, time }: LoggedQuery): void {
    const { alias } = this.#connection;
    const seconds = time / 1000;
    this.#logger.debug(`(${seconds.toFixed(3)}) ${sql}; params=${shown(params)}; alias=${alias}`, {
      duration: seconds,
      sql,
      params,
      alias,
    });
  }
}

function shown(params: readonly unknown[]): string {
  const text = JSON.stringify(params, (_key, value: unknown) => (typeof value === "bigint" ? `${value}` : value));
  return text.length > 1000 ? `${text.slice(0, 1000)}...` : text;
}
