// Where statements to a SQLite database go.

import { Lock } from "../../db/lock.ts";
import type { SessionSource } from "../base/base-wrapper.ts";
import { type ExecuteOptions, type Session, assertNoTransaction } from "../base/session.ts";
import type { Awaitable, StatementResult } from "../base/wrapper.ts";
import type { SqliteSession } from "./session.ts";

/** How connections to the file are opened. */
export interface SqliteOpening {
  readonly open: () => SqliteSession;
  /** There is one connection only, which everybody shares: a database in memory. */
  readonly shared: boolean;
}

/**
 * SQLite has one writer at a time, and its drivers hold the whole process while they wait. So writers wait here, for each
 * other's transactions to end, before they touch the file.
 */
export class SqliteSource implements SessionSource {
  readonly #opening: SqliteOpening;
  readonly #lock = new Lock();
  /** Connections that queries are read from piece by piece, each of them for that alone. */
  readonly #readers = new Set<Session>();
  /** The connection for statements outside of transactions. */
  #alone: SqliteSession | undefined;
  /** The connection for transactions; the lock says whose it is. */
  #transactions: SqliteSession | undefined;

  constructor(opening: SqliteOpening) {
    this.#opening = opening;
  }

  async acquire(): Promise<Session> {
    await this.#lock.acquire();
    try {
      return this.#opening.shared ? this.#own() : (this.#transactions ??= this.#opening.open());
    } catch (error) {
      this.#lock.release();
      throw error;
    }
  }

  // In WAL mode readers do not wait for writers, nor writers for them.
  async acquireReader(): Promise<Session | undefined> {
    if (this.#opening.shared) return undefined;
    const session = this.#opening.open();
    this.#readers.add(session);
    return session;
  }

  async release(session: Session): Promise<void> {
    if (this.#readers.delete(session)) {
      session.close();
      return;
    }
    const isClosed = !this.#opening.shared && session !== this.#transactions;
    if (session.inTransaction) await session.rollback();
    if (isClosed) session.close();
    this.#lock.release();
  }

  executeAlone(
    sql: string,
    params: readonly unknown[],
    options: ExecuteOptions | undefined,
  ): Awaitable<StatementResult> {
    if (this.#lock.held && (this.#opening.shared || !isRead(sql))) return this.#executeLater(sql, params, options);
    return this.#executeNow(sql, params, options);
  }

  #executeNow(sql: string, params: readonly unknown[], options: ExecuteOptions | undefined): StatementResult {
    const session = this.#own();
    const result = session.execute(sql, params, options);
    // Only what gives no rows can have begun one.
    if (result.rows.length === 0 && session.inTransaction) {
      try {
        assertNoTransaction(session);
      } finally {
        session.rollback();
      }
    }
    return result;
  }

  async #executeLater(
    sql: string,
    params: readonly unknown[],
    options: ExecuteOptions | undefined,
  ): Promise<StatementResult> {
    await this.#lock.acquire();
    try {
      return this.#executeNow(sql, params, options);
    } finally {
      this.#lock.release();
    }
  }

  async close(): Promise<void> {
    this.#alone?.close();
    this.#alone = undefined;
    const session = this.#transactions;
    this.#transactions = undefined;
    // One that is in use closes when it is given back.
    if (!this.#lock.held) session?.close();
  }

  #own(): SqliteSession {
    return (this.#alone ??= this.#opening.open());
  }
}

function isRead(sql: string): boolean {
  return /^\s*(?:SELECT|EXPLAIN)\b/i.test(sql);
}
