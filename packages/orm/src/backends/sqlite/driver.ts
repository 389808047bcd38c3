// The two drivers of SQLite behind one interface: better-sqlite3, and the one that newer Nodes have built in.

import { createRequire } from "node:module";

import { ImproperlyConfigured } from "@tsgo/core/exceptions";

import { NotSupportedError } from "../../exceptions.ts";

/** A prepared statement. */
export interface SqliteStatement {
  /** The statement gives rows. */
  readonly reader: boolean;
  /** The names of the columns that it gives. */
  columns(): readonly string[];
  all(params: readonly unknown[], exact: boolean): unknown[][];
  run(params: readonly unknown[]): { readonly changes: number; readonly lastInsertRowid: number | bigint };
  iterate(params: readonly unknown[], exact: boolean): Iterable<unknown[]>;
}

/** How an aggregate of ours works. */
export interface AggregateDefinition {
  readonly start: () => unknown;
  readonly step: (state: unknown, ...values: unknown[]) => unknown;
  readonly result: (state: unknown) => unknown;
}

/** An open database. */
export interface SqliteDatabase {
  /** Whether a transaction is open. */
  readonly inTransaction: boolean;
  prepare(sql: string): SqliteStatement;
  exec(sql: string): void;
  function(name: string, deterministic: boolean, fn: (...args: unknown[]) => unknown): void;
  aggregate(name: string, definition: AggregateDefinition): void;
  close(): void;
}

/** Opens a database file. */
export type OpenDatabase = (filename: string, options: { readonly readonly?: boolean }) => SqliteDatabase;

/** The names of drivers for the option `driver`. */
export type DriverName = "better-sqlite3" | "node:sqlite";

const require = createRequire(import.meta.url);

/**
 * Finds a driver: the one asked for, else better-sqlite3 where it loads, else `node:sqlite`.
 *
 * @throws ImproperlyConfigured where there is none.
 */
export function findDriver(wanted: DriverName | undefined): OpenDatabase {
  const failures: unknown[] = [];
  for (const load of wanted === undefined
    ? [betterSqlite3, nodeSqlite]
    : wanted === "node:sqlite"
      ? [nodeSqlite]
      : [betterSqlite3]) {
    try {
      return load();
    } catch (error) {
      failures.push(error);
    }
  }
  throw new ImproperlyConfigured(
    "No driver for SQLite: install better-sqlite3, or use a Node that has node:sqlite (22.13 and later).",
    { cause: new AggregateError(failures) },
  );
}

interface BetterStatement {
  readonly reader: boolean;
  raw(on: boolean): this;
  safeIntegers(on: boolean): this;
  columns(): readonly { readonly name: string }[];
  all(...params: readonly unknown[]): unknown[][];
  run(...params: readonly unknown[]): { changes: number; lastInsertRowid: number | bigint };
  iterate(...params: readonly unknown[]): Iterable<unknown[]>;
}

interface BetterDatabase {
  readonly inTransaction: boolean;
  prepare(sql: string): BetterStatement;
  exec(sql: string): void;
  function(name: string, options: object, fn: (...args: unknown[]) => unknown): void;
  aggregate(name: string, options: object): void;
  close(): void;
}

function betterSqlite3(): OpenDatabase {
  const Database = require("better-sqlite3") as new (filename: string, options: object) => BetterDatabase;
  // The native part loads with the first database, so a build that fails shows here.
  new Database(":memory:", {}).close();
  return (filename, options) => wrapBetter(new Database(filename, { readonly: options.readonly ?? false }));
}

function wrapBetter(database: BetterDatabase): SqliteDatabase {
  return {
    get inTransaction() {
      return database.inTransaction;
    },
    prepare: (sql) => wrapBetterStatement(database.prepare(sql)),
    exec: (sql) => {
      database.exec(sql);
    },
    function: (name, deterministic, fn) => {
      database.function(name, { deterministic, varargs: true }, fn);
    },
    aggregate: (name, { start, step, result }) => {
      database.aggregate(name, { start, step, result, deterministic: true, varargs: true });
    },
    close: () => {
      database.close();
    },
  };
}

function wrapBetterStatement(statement: BetterStatement): SqliteStatement {
  const { reader } = statement;
  if (reader) statement.raw(true);
  let exactNow = false;
  const prepared = (exact: boolean): BetterStatement => {
    if (exact !== exactNow) {
      statement.safeIntegers(exact);
      exactNow = exact;
    }
    return statement;
  };
  return {
    reader,
    columns: () => statement.columns().map(({ name }) => name),
    all: (params, exact) => prepared(exact).all(...params),
    run: (params) => statement.run(...params),
    iterate: (params, exact) => prepared(exact).iterate(...params),
  };
}

interface NodeStatement {
  /** The text of the first statement: SQLite stops there. */
  readonly sourceSQL: string;
  setReturnArrays?(on: boolean): void;
  setReadBigInts(on: boolean): void;
  /** From Node 22.16 on. */
  columns?(): readonly { readonly name: string }[];
  all(...params: readonly unknown[]): unknown[];
  run(...params: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  iterate(...params: readonly unknown[]): Iterable<unknown>;
}

interface NodeDatabase {
  /** From Node 22.16 on. */
  readonly isTransaction?: boolean;
  prepare(sql: string): NodeStatement;
  exec(sql: string): void;
  function(name: string, options: object, fn: (...args: unknown[]) => unknown): void;
  aggregate?(name: string, options: object): void;
  close(): void;
}

function nodeSqlite(): OpenDatabase {
  const { DatabaseSync } = require("node:sqlite") as {
    DatabaseSync: new (filename: string, options: object) => NodeDatabase;
  };
  return (filename, options) =>
    wrapNode(new DatabaseSync(filename, { readOnly: options.readonly ?? false, enableForeignKeyConstraints: false }));
}

function wrapNode(database: NodeDatabase): SqliteDatabase {
  return {
    get inTransaction() {
      return database.isTransaction ?? false;
    },
    prepare: (sql) => {
      const statement = database.prepare(sql);
      assertWhole(statement, sql);
      return wrapNodeStatement(statement, sql);
    },
    exec: (sql) => {
      database.exec(sql);
    },
    function: (name, deterministic, fn) => {
      database.function(name, { deterministic, varargs: true }, fn);
    },
    aggregate: (name, { start, step, result }) => {
      database.aggregate?.(name, { start, step, result, deterministic: true, varargs: true });
    },
    close: () => {
      database.close();
    },
  };
}

// This driver leaves out in silence what better-sqlite3 refuses: a second statement behind the first.
function assertWhole({ sourceSQL }: NodeStatement, sql: string): void {
  const rest = sql.slice(sourceSQL.length).replaceAll(/--.*$|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//gm, "");
  if (/[^\s;]/.test(rest)) throw new RangeError("The supplied SQL string contains more than one statement");
}

// A text, a quoted name, a comment, or a placeholder without a number.
const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\/|\?(?!\d)/g;

// This driver takes NULL for parameters that are not given, where better-sqlite3 refuses.
function parameterCheck(sql: string): (params: readonly unknown[]) => readonly unknown[] {
  const wanted = sql.match(TOKEN)?.filter((token) => token === "?").length ?? 0;
  return (params) => {
    if (params.length < wanted) throw new RangeError("Too few parameter values were provided");
    return params;
  };
}

function wrapNodeStatement(statement: NodeStatement, sql: string): SqliteStatement {
  const checked = parameterCheck(sql);
  const reader =
    statement.columns === undefined
      ? /^\s*(?:SELECT|WITH|PRAGMA|VALUES|EXPLAIN)|\bRETURNING\b/i.test(sql)
      : statement.columns().length > 0;
  const arrays = statement.setReturnArrays !== undefined;
  if (reader) statement.setReturnArrays?.(true);
  const asArray = (row: unknown): unknown[] => (arrays ? (row as unknown[]) : Object.values(row as object));
  return {
    reader,
    columns() {
      if (statement.columns !== undefined) return statement.columns().map(({ name }) => name);
      throw new NotSupportedError("The driver node:sqlite tells the names of columns from Node 22.16 on.");
    },
    all: (params, exact) => {
      statement.setReadBigInts(exact);
      return statement.all(...checked(params)).map(asArray);
    },
    run: (params) => {
      const { changes, lastInsertRowid } = statement.run(...checked(params));
      return { changes: Number(changes), lastInsertRowid };
    },
    *iterate(params, exact) {
      statement.setReadBigInts(exact);
      for (const row of statement.iterate(...checked(params))) yield asArray(row);
    },
  };
}
