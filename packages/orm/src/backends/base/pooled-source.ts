// Where statements to a database server go: to connections of a pool.

import { OperationalError } from "../../exceptions.ts";
import type { SessionSource } from "./base-wrapper.ts";
import { connectionError } from "./driver-error.ts";
import { type Pool, type PoolSettings, isTimeout } from "./knex-pool.ts";
import { type ConnectionKeeping, connectionKeeping } from "./pool-options.ts";
import { type Lease, SpareSessions } from "./spare-sessions.ts";
import { type ExecuteOptions, type Session, assertNoTransaction } from "./session.ts";
import type { DatabaseSettings, StatementResult } from "./wrapper.ts";

/** What a pool holds, and how to speak to it. */
export interface Pooling<C extends object> {
  readonly alias: string;
  readonly settings: DatabaseSettings;
  open(settings: PoolSettings<C>): Pool<C>;
  toSession(connection: C): Session;
  /** Says to a new connection what every statement counts on: time zone, strictness, isolation. */
  prepare(session: Session): Promise<void>;
}

/** Takes connections of a driver from a pool, and speaks to them as sessions. */
export class PooledSource<C extends object> implements SessionSource {
  readonly #pooling: Pooling<C>;
  readonly #keeping: ConnectionKeeping;
  readonly #connections = new WeakMap<Session, C>();
  readonly #sessions = new WeakMap<C, Session>();
  /** Connections that must not be used again; the pool drops them when it next comes across them. */
  readonly #discarded = new WeakSet<C>();
  readonly #spares = new SpareSessions((session) => this.release(session));
  #pool: Pool<C> | undefined;

  constructor(pooling: Pooling<C>) {
    this.#pooling = pooling;
    this.#keeping = connectionKeeping(pooling.settings);
  }

  /** How many connections are open: those in use, and those that wait for use. */
  get usage(): { readonly free: number; readonly used: number } {
    const { free, used } = this.#pool?.usage ?? { free: 0, used: 0 };
    const spare = this.#spares.count;
    return { free: free + spare, used: used - spare };
  }

  async acquire(): Promise<Session> {
    return this.#spares.take()?.session ?? this.#fromPool();
  }

  async #fromPool(): Promise<Session> {
    const connection = await this.#take();
    const known = this.#sessions.get(connection);
    if (known !== undefined) return known;
    const session = this.#pooling.toSession(connection);
    this.#sessions.set(connection, session);
    this.#connections.set(session, connection);
    try {
      await this.#pooling.prepare(session);
    } catch (error) {
      await this.#discard(session, connection);
      throw this.#failed(error);
    }
    return session;
  }

  acquireReader(): Promise<Session> {
    return this.acquire();
  }

  async release(session: Session): Promise<void> {
    const connection = this.#connections.get(session);
    if (connection === undefined) return;
    // Whoever comes next must find neither a dead connection nor somebody's transaction.
    if (session.isLost || session.inTransaction || this.#keeping.maxAge === 0) await this.#discard(session, connection);
    else await this.#pool?.release(connection);
  }

  executeAlone(sql: string, params: readonly unknown[], options: ExecuteOptions | undefined): Promise<StatementResult> {
    const spare = this.#spares.take();
    if (spare !== undefined) return this.#executeOn(spare, sql, params, options);
    return this.#fromPool().then((session) => this.#executeOn({ session, since: Date.now() }, sql, params, options));
  }

  async #executeOn(
    lease: Lease,
    sql: string,
    params: readonly unknown[],
    options: ExecuteOptions | undefined,
  ): Promise<StatementResult> {
    try {
      const result = await lease.session.execute(sql, params, options);
      assertNoTransaction(lease.session);
      return result;
    } finally {
      if (!this.#spare(lease)) await this.release(lease.session);
    }
  }

  // Whether a session may wait for the next statement: nobody waits for it, and nothing is to be done with it in between.
  #spare(lease: Lease): boolean {
    const { session } = lease;
    const { maxAge, healthChecks } = this.#keeping;
    if (session.isLost || session.inTransaction || maxAge === 0 || healthChecks) return false;
    return this.#pool !== undefined && this.#pool.waiting === 0 && this.#spares.keep(lease);
  }

  async close(): Promise<void> {
    await this.#spares.giveAllBack();
    const pool = this.#pool;
    this.#pool = undefined;
    await pool?.destroy();
  }

  async #take(): Promise<C> {
    this.#pool ??= this.#pooling.open(this.#settings());
    try {
      return await this.#pool.acquire();
    } catch (error) {
      throw isTimeout(error) ? this.#nothingFree(error) : this.#failed(error);
    }
  }

  #failed(error: unknown): OperationalError {
    return connectionError(error, this.#pooling.alias, this.#pooling.settings);
  }

  #nothingFree(cause: unknown): OperationalError {
    const { timeout, maxSize } = this.#keeping;
    const reason =
      this.usage.used >= maxSize
        ? `all ${maxSize} of the pool are in use. End transactions sooner, or raise OPTIONS.pool.maxSize`
        : "the server did not answer. See whether it runs and can be reached";
    return new OperationalError(
      `There was no connection to the database '${this.#pooling.alias}' within ${timeout} s (OPTIONS.pool.timeout): ${reason}.`,
      { cause },
    );
  }

  async #discard(session: Session, connection: C): Promise<void> {
    this.#discarded.add(connection);
    session.close();
    await this.#pool?.release(connection);
  }

  #settings(): PoolSettings<C> {
    const { minSize, maxSize, timeout, maxIdle, maxAge, healthChecks } = this.#keeping;
    return {
      min: minSize,
      max: maxSize,
      acquireTimeoutMillis: timeout * 1000,
      createTimeoutMillis: timeout * 1000,
      idleTimeoutMillis: maxIdle * 1000,
      ...(maxAge !== null && maxAge > 0 && { maxConnectionLifetimeMillis: maxAge * 1000 }),
      validate: (connection) => !this.#discarded.has(connection) && (!healthChecks || this.#lives(connection)),
    };
  }

  async #lives(connection: C): Promise<boolean> {
    const session = this.#sessions.get(connection);
    if (session === undefined) return true;
    try {
      await session.execute("SELECT 1", []);
      return !session.isLost;
    } catch {
      session.close();
      return false;
    }
  }
}
