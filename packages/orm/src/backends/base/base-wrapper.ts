// What all backends do alike: find the connection that a statement belongs to, send it, and write it down.

import { TsgoError } from "@tsgo/core/exceptions";

import { AtomicBlock, Transaction, currentBlock, runInBlock } from "../../db/block.ts";
import type { ClientCommand } from "./client-command.ts";
import { IntegrityError } from "../../exceptions.ts";
import type { DatabaseFeatures } from "./features.ts";
import type { DatabaseOperations } from "./operations.ts";
import { type ExecuteWrapper, Observers } from "./observers.ts";
import { type ExecuteOptions, type Session, assertNoTransaction } from "./session.ts";
import type {
  Awaitable,
  DataType,
  DatabaseSettings,
  DatabaseWrapper,
  LoggedQuery,
  Row,
  StatementResult,
  Vendor,
} from "./wrapper.ts";

/** How far the stack of an error of the database reaches. */
const STACK_LINES = 50;

/** Where sessions come from: a pool, or the one connection of a database in memory. */
export interface SessionSource {
  /** A session for a transaction or a block of statements, to be given back. */
  acquire(): Promise<Session>;
  /** A session for reading beside whatever else is sent, to be given back; undefined where there is one connection for all. */
  acquireReader(): Promise<Session | undefined>;
  release(session: Session): Awaitable<void>;
  /** Sends a single statement outside of any transaction. */
  executeAlone(
    sql: string,
    params: readonly unknown[],
    options: ExecuteOptions | undefined,
  ): Awaitable<StatementResult>;
  close(): Promise<void>;
}

export abstract class BaseWrapper implements DatabaseWrapper {
  abstract readonly vendor: Vendor;
  abstract readonly features: DatabaseFeatures;
  abstract readonly operations: DatabaseOperations;
  abstract readonly dataTypes: Readonly<Record<string, DataType>>;
  abstract readonly dataTypeCheckConstraints: Readonly<Record<string, (column: string) => string>>;
  abstract readonly dataTypesSuffix: Readonly<Record<string, string>>;
  readonly alias: string;
  readonly settings: DatabaseSettings;
  readonly #observers = new Observers(this);

  constructor(alias: string, settings: DatabaseSettings) {
    this.alias = alias;
    this.settings = settings;
  }

  protected abstract readonly source: SessionSource;
  /** Turns an error of the driver into one of ours. */
  protected abstract convertError(error: unknown, sql: string): unknown;
  abstract serverVersion(): Promise<readonly number[]>;
  /** How the database's own program is started, for `dbshell`; the first that is installed is taken. */
  abstract clientCommands(parameters: readonly string[]): readonly ClientCommand[];

  quoteName(name: string): string {
    return this.operations.quoteName(name);
  }

  /** What the console shows: no settings, which have passwords. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `<${this.constructor.name} vendor='${this.vendor}' alias='${this.alias}'>`;
  }

  get inAtomicBlock(): boolean {
    return currentBlock(this.alias)?.transaction !== undefined;
  }

  execute(sql: string, params: readonly unknown[] = [], options?: ExecuteOptions): Awaitable<StatementResult> {
    const block = currentBlock(this.alias);
    if (block !== undefined) {
      block.assertAlive();
      // A nested block runs: what it undoes must not include this statement.
      if (block.child !== undefined) return block.child.then(() => this.execute(sql, params, options));
    }
    if (this.#observers.areAbsent) return this.#send(block, sql, params, options);
    return this.#observers.send(sql, params, (...statement) => this.#send(block, ...statement, options));
  }

  #send(
    block: AtomicBlock | undefined,
    sql: string,
    params: readonly unknown[],
    options: ExecuteOptions | undefined,
  ): Awaitable<StatementResult> {
    try {
      block?.assertUsable();
      const result =
        block === undefined
          ? this.source.executeAlone(sql, params, options)
          : block.session.execute(sql, params, options);
      if (!(result instanceof Promise)) return result;
      return result.catch((error: unknown) => {
        throw this.toDatabaseError(error, sql);
      });
    } catch (error) {
      throw this.toDatabaseError(error, sql);
    }
  }

  async *stream(
    sql: string,
    params: readonly unknown[],
    chunkSize: number,
    options?: ExecuteOptions,
  ): AsyncIterable<readonly Row[]> {
    const block = currentBlock(this.alias);
    block?.assertUsable();
    const inPieces = this.settings.DISABLE_SERVER_SIDE_CURSORS !== true;
    const reader = block === undefined && inPieces ? await this.source.acquireReader() : undefined;
    const session = reader ?? (inPieces && this.features.canSendWhileStreaming ? block?.session : undefined);
    if (session === undefined) {
      // Whoever loops over the rows may send statements, and there is no other connection for them.
      const { rows } = await this.execute(sql, params, options);
      for (let at = 0; at < rows.length; at += chunkSize) yield rows.slice(at, at + chunkSize);
      return;
    }
    try {
      let statement = [sql, params] as const;
      // What is seen, and may be changed, is the statement; its rows come later.
      if (!this.#observers.areAbsent)
        await this.#observers.send(sql, params, (...changed) => {
          statement = changed;
          return { rows: [], rowCount: 0, lastInsertId: null };
        });
      yield* session.stream(...statement, chunkSize, options);
    } catch (error) {
      throw this.toDatabaseError(error, sql);
    } finally {
      if (reader !== undefined) await this.source.release(reader);
    }
  }

  onQuery(listener: (query: LoggedQuery) => void): () => void {
    return this.#observers.listen(listener);
  }

  get queries(): readonly LoggedQuery[] {
    return this.#observers.queries;
  }

  executeWrapper<T>(wrapper: ExecuteWrapper, fn: () => T | Promise<T>): Promise<T> {
    return this.#observers.within({ wrapper }, fn);
  }

  watchQueries<T>(listener: (query: LoggedQuery) => void, fn: () => T | Promise<T>): Promise<T> {
    return this.#observers.within({ listener }, fn);
  }

  async withConnection<T>(fn: () => Promise<T>): Promise<T> {
    if (currentBlock(this.alias) !== undefined) return fn();
    const session = await this.source.acquire();
    const block = new AtomicBlock(session, undefined, undefined);
    try {
      const result = await runInBlock(this.alias, block, fn);
      assertNoTransaction(session);
      return result;
    } finally {
      block.closed = true;
      await this.source.release(session);
    }
  }

  /** Takes a connection and begins a transaction on it. */
  async beginTransaction({ isTest = false } = {}): Promise<{
    readonly block: AtomicBlock;
    readonly release: () => Promise<void>;
  }> {
    const pinned = currentBlock(this.alias);
    pinned?.assertUsable();
    const session = pinned?.session ?? (await this.source.acquire());
    try {
      await this.#observers.control("BEGIN", () => session.begin());
    } catch (error) {
      if (pinned === undefined) await this.source.release(session);
      throw this.toDatabaseError(error, "BEGIN");
    }
    const transaction = new Transaction(session);
    return {
      block: new AtomicBlock(session, transaction, pinned, isTest),
      release: async () => {
        if (pinned === undefined) await this.source.release(session);
      },
    };
  }

  /** Ends the transaction of a session. */
  async endTransaction(session: Session, how: "COMMIT" | "ROLLBACK"): Promise<void> {
    try {
      await this.#observers.control(how, () => (how === "COMMIT" ? session.commit() : session.rollback()));
    } catch (error) {
      throw this.toDatabaseError(error, how);
    }
  }

  /** Sends a word about savepoints. */
  async control(session: Session, sql: string): Promise<void> {
    try {
      await this.#observers.control(sql, () => session.execute(sql, []));
    } catch (error) {
      throw this.toDatabaseError(error, sql);
    }
  }

  async checkConstraints(): Promise<void> {
    const sql = this.operations.checkConstraintsSql;
    if (sql === null) return;
    const { rows } = await this.execute(sql);
    const [first] = rows;
    if (first === undefined) return;
    const [table, rowId, parent] = first.map(String);
    throw new IntegrityError(
      `${rows.length} row(s) refer to rows that do not exist, the first in table ${table} (rowid ${rowId}), which refers to ${parent}.`,
    );
  }

  /** Any error as one of ours. */
  toDatabaseError(error: unknown, sql: string): unknown {
    if (error instanceof TsgoError) return error;
    // Whose statement it was stands below all that is tsgo's own, further than the ten lines of a usual stack.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = Math.max(stackTraceLimit, STACK_LINES);
    try {
      return this.convertError(error, sql);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  }

  async close(): Promise<void> {
    await this.source.close();
  }
}
