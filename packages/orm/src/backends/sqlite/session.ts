// One connection to a SQLite database, with its prepared statements.

import type { ExecuteOptions, Session } from "../base/session.ts";
import type { Row, StatementResult } from "../base/wrapper.ts";
import type { SqliteDatabase, SqliteStatement } from "./driver.ts";

/** How many prepared statements a connection keeps. */
const KEPT_STATEMENTS = 500;

/** How a transaction begins. */
export type TransactionMode = "DEFERRED" | "IMMEDIATE" | "EXCLUSIVE";

export class SqliteSession implements Session {
  readonly database: SqliteDatabase;
  readonly #begin: string;
  readonly #statements = new Map<string, SqliteStatement>();

  constructor(database: SqliteDatabase, mode: TransactionMode = "IMMEDIATE") {
    this.database = database;
    this.#begin = `BEGIN ${mode}`;
  }

  execute(sql: string, params: readonly unknown[], options?: ExecuteOptions): StatementResult {
    const statement = this.#prepare(sql);
    if (statement.reader) {
      const rows = statement.all(params, options?.exactIntegers === true);
      const columns = options?.columns === true ? { columns: statement.columns() } : undefined;
      return { rows, rowCount: rows.length, lastInsertId: null, ...columns };
    }
    const { changes, lastInsertRowid } = statement.run(params);
    return { rows: NO_ROWS, rowCount: changes, lastInsertId: lastInsertRowid };
  }

  async *stream(
    sql: string,
    params: readonly unknown[],
    chunkSize: number,
    options?: ExecuteOptions,
  ): AsyncIterable<readonly Row[]> {
    const statement = this.database.prepare(sql);
    let chunk: unknown[][] = [];
    for (const row of statement.iterate(params, options?.exactIntegers === true)) {
      chunk.push(row);
      if (chunk.length < chunkSize) continue;
      yield chunk;
      chunk = [];
    }
    if (chunk.length > 0) yield chunk;
  }

  begin(): void {
    this.execute(this.#begin, []);
  }

  commit(): void {
    this.execute("COMMIT", []);
  }

  rollback(): void {
    this.execute("ROLLBACK", []);
  }

  get inTransaction(): boolean {
    return this.database.inTransaction;
  }

  /** A file does not go away. */
  readonly isLost = false;

  close(): void {
    this.#statements.clear();
    this.database.close();
  }

  #prepare(sql: string): SqliteStatement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.database.prepare(sql);
    if (this.#statements.size >= KEPT_STATEMENTS) {
      const oldest = this.#statements.keys().next().value;
      if (oldest !== undefined) this.#statements.delete(oldest);
    }
    this.#statements.set(sql, statement);
    return statement;
  }
}

const NO_ROWS: readonly Row[] = [];
