// The contract between the ORM and one database connection. Each backend implements it; nothing above asks which one it has.

import type { Field } from "../../fields/field.ts";
import type { DatabaseFeatures } from "./features.ts";
import type { ExecuteWrapper } from "./observers.ts";
import type { DatabaseOperations } from "./operations.ts";

/** A value, or a promise of it: a driver that answers at once is not made to wait. */
export type Awaitable<T> = T | Promise<T>;

/** A column's value as the driver gives it. */
export type Row = readonly unknown[];

/** What a statement gave. */
export interface StatementResult {
  /** The rows, each a list in the order of the columns. */
  readonly rows: readonly Row[];
  /** How many rows were changed, or were read. */
  readonly rowCount: number;
  /** The key that the database made for the last inserted row, where the driver tells. */
  readonly lastInsertId: number | bigint | null;
  /** The names of the columns, where they were asked for. */
  readonly columns?: readonly string[];
}

/** The name of the database family; MariaDB counts as `mysql`. */
export type Vendor = "sqlite" | "postgresql" | "mysql";

/** One entry of the setting DATABASES, completed. */
export interface DatabaseSettings {
  readonly ENGINE: string;
  readonly NAME: string;
  readonly USER?: string;
  readonly PASSWORD?: string;
  readonly HOST?: string;
  readonly PORT?: string | number;
  readonly OPTIONS?: Readonly<Record<string, unknown>>;
  readonly CONN_MAX_AGE?: number | null;
  readonly CONN_HEALTH_CHECKS?: boolean;
  readonly ATOMIC_REQUESTS?: boolean;
  readonly AUTOCOMMIT?: boolean;
  /** Rows are read all at once: a pooler in between may give each statement another connection. */
  readonly DISABLE_SERVER_SIDE_CURSORS?: boolean;
  readonly TEST?: Readonly<Record<string, unknown>>;
}

/** Makes a column type from a field. */
export type DataType = (field: Field) => string | null;

/** A statement that was sent, as `connection.queries` has it. */
export interface LoggedQuery {
  readonly sql: string;
  readonly params: readonly unknown[];
  /** How long it took, in milliseconds. */
  readonly time: number;
}

/**
 * One database: how its SQL differs, and the way statements go to it. Answers to Django's `BaseDatabaseWrapper`.
 *
 * A statement that is executed inside `atomic()` runs on the connection of that transaction by itself.
 */
export interface DatabaseWrapper {
  readonly vendor: Vendor;
  readonly alias: string;
  readonly settings: DatabaseSettings;
  readonly features: DatabaseFeatures;
  readonly operations: DatabaseOperations;
  /** How a column type is written, by `internalType`. */
  readonly dataTypes: Readonly<Record<string, DataType>>;
  /** The check that goes with a column type, by `internalType`. */
  readonly dataTypeCheckConstraints: Readonly<Record<string, (column: string) => string>>;
  /** What stands behind a column type, by `internalType`. */
  readonly dataTypesSuffix: Readonly<Record<string, string>>;

  /** Quotes the name of a table or column, whatever characters it has. */
  quoteName(name: string): string;
  /**
   * Sends a statement with `?` placeholders (on PostgreSQL `$1`, as `operations.placeholder` writes them).
   *
   * @throws the classes of `@tsgo/orm/exceptions`: IntegrityError, OperationalError, ..., with the driver's error as cause.
   */
  execute(sql: string, params?: readonly unknown[]): Awaitable<StatementResult>;
  /** Reads the rows of a query piece by piece; the memory needed does not grow with their number. */
  stream(sql: string, params: readonly unknown[], chunkSize: number): AsyncIterable<readonly Row[]>;
  /** Whether a transaction is open here. */
  readonly inAtomicBlock: boolean;
  /** Takes a connection for `fn` alone: all that `fn` executes runs on it. Needed for PRAGMA and session settings. */
  withConnection<T>(fn: () => Promise<T>): Promise<T>;
  /** Writes down every statement that is sent while `listener` is subscribed. Returns what ends it. */
  onQuery(listener: (query: LoggedQuery) => void): () => void;
  /**
   * The statements that this request has sent, or the program where there is no request: the last 9,000. They are written down
   * with DEBUG alone; `resetQueries` forgets them.
   */
  readonly queries: readonly LoggedQuery[];
  /**
   * Calls `fn` with a wrapper around every statement that it sends to this database, also in functions that are called from
   * there. Answers to `connection.execute_wrapper`.
   */
  executeWrapper<T>(wrapper: ExecuteWrapper, fn: () => T | Promise<T>): Promise<T>;
  /** Calls `fn`, and tells `listener` of every statement that it sends, transaction control included. */
  watchQueries<T>(listener: (query: LoggedQuery) => void, fn: () => T | Promise<T>): Promise<T>;
  /**
   * Checks the foreign keys of the open transaction, which some databases leave for the commit. Answers to `connection.check_constraints`.
   *
   * @throws IntegrityError
   */
  checkConstraints(): Promise<void>;
  /** The number of the server's version, in parts. */
  serverVersion(): Promise<readonly number[]>;
  /** Closes all connections. */
  close(): Promise<void>;
}
