// One connection to a database, as a driver has it, and the statements that go over it.

import { TransactionManagementError } from "../../exceptions.ts";
import type { Awaitable, Row, StatementResult } from "./wrapper.ts";

/** How a statement is to be sent. */
export interface ExecuteOptions {
  /** Whole numbers beyond 2^53 come as bigint: the statement reads 64-bit columns. */
  readonly exactIntegers?: boolean;
  /** The result has the names of its columns. */
  readonly columns?: boolean;
  /** The same text is sent again and again, with other parameters: it is worth keeping prepared. */
  readonly recurs?: boolean;
}

/** A driver's connection. Drivers that answer at once give values, not promises. */
export interface Session {
  execute(sql: string, params: readonly unknown[], options?: ExecuteOptions): Awaitable<StatementResult>;
  stream(
    sql: string,
    params: readonly unknown[],
    chunkSize: number,
    options?: ExecuteOptions,
  ): AsyncIterable<readonly Row[]>;
  /** The words that begin a transaction, given what was asked for. */
  begin(): Awaitable<void>;
  commit(): Awaitable<void>;
  rollback(): Awaitable<void>;
  /** Whether a transaction was begun on the connection, by whatever statement, and has not ended. */
  readonly inTransaction: boolean;
  /** Whether the connection is known to be broken. */
  readonly isLost: boolean;
  /** Ends the connection at once. */
  close(): void;
}

/**
 * Refuses what would leave a transaction open on a connection that others use next.
 *
 * @throws TransactionManagementError
 */
export function assertNoTransaction(session: Session): void {
  if (!session.inTransaction) return;
  throw new TransactionManagementError(
    "A statement began a transaction that nobody ends, outside of atomic(); it is rolled back. Use atomic().",
  );
}
