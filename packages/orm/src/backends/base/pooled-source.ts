// Where statements to a database server go: to connections of a pool.

import type { SessionSource } from "./base-wrapper.ts";
import type { Pool } from "./knex-pool.ts";
import type { ExecuteOptions, Session } from "./session.ts";
import type { StatementResult } from "./wrapper.ts";

/** Takes connections of a driver from a pool, and speaks to them as sessions. */
export class PooledSource<C extends object> implements SessionSource {
  readonly #open: () => Pool<C>;
  readonly #toSession: (connection: C) => Promise<Session>;
  readonly #connections = new WeakMap<Session, C>();
  readonly #sessions = new WeakMap<C, Session>();
  #pool: Pool<C> | undefined;

  constructor(open: () => Pool<C>, toSession: (connection: C) => Promise<Session>) {
    this.#open = open;
    this.#toSession = toSession;
  }

  async acquire(): Promise<Session> {
    this.#pool ??= this.#open();
    const connection = await this.#pool.acquire();
    const session = this.#sessions.get(connection) ?? (await this.#toSession(connection));
    this.#sessions.set(connection, session);
    this.#connections.set(session, connection);
    return session;
  }

  async release(session: Session): Promise<void> {
    const connection = this.#connections.get(session);
    if (connection !== undefined) await this.#pool?.release(connection);
  }

  async executeAlone(
    sql: string,
    params: readonly unknown[],
    options: ExecuteOptions | undefined,
  ): Promise<StatementResult> {
    const session = await this.acquire();
    try {
      return await session.execute(sql, params, options);
    } finally {
      await this.release(session);
    }
  }

  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    await pool?.destroy();
  }
}
