// One connection to PostgreSQL.

import type { Client, CustomTypesConfig, QueryArrayConfig, QueryConfig, QueryResult, QueryResultRow } from "pg";

import { brokenTransaction } from "../../db/block.ts";
import type { ExecuteOptions, Session } from "../base/session.ts";
import type { Row, StatementResult } from "../base/wrapper.ts";
import type { PreparedNames } from "./prepared-names.ts";

const INT8 = 20;
const INT4 = 23;
const INT2 = 21;
const FLOAT4 = 700;
const FLOAT8 = 701;
const BOOL = 16;
const BYTEA = 17;
const ARRAYS: ReadonlySet<number> = new Set([1005, 1007, 1009, 1015, 1016, 1003, 1028]);

/** Values come as the field classes read them: numbers, booleans and bytes as such, all else as text. */
function parserOf(oid: number, exactIntegers: boolean, fallback: (text: string) => unknown): (text: string) => unknown {
  if (oid === INT8) return exactIntegers ? BigInt : shortest;
  if (oid === INT4 || oid === INT2 || oid === FLOAT4 || oid === FLOAT8) return Number;
  if (oid === BOOL) return (text) => text === "t";
  return oid === BYTEA || ARRAYS.has(oid) ? fallback : String;
}

function shortest(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

/** A connection of the driver `pg`. */
export class PostgresqlSession implements Session {
  readonly #client: Client;
  readonly #types: Readonly<Record<"plain" | "exact", CustomTypesConfig>>;
  readonly #names: PreparedNames | undefined;
  #lost = false;
  #cursors = 0;

  /** With `names`, statements that recur are kept prepared by the server. */
  constructor(client: Client, builtin: CustomTypesConfig, names: PreparedNames | undefined) {
    this.#client = client;
    this.#names = names;
    client.once("end", () => {
      this.#lost = true;
    });
    const config = (exact: boolean): CustomTypesConfig => ({
      getTypeParser: ((oid: number) =>
        parserOf(
          oid,
          exact,
          builtin.getTypeParser(oid, "text") as (text: string) => unknown,
        )) as CustomTypesConfig["getTypeParser"],
    });
    this.#types = { plain: config(false), exact: config(true) };
  }

  execute(sql: string, params: readonly unknown[], options?: ExecuteOptions): Promise<StatementResult> {
    const types = options?.exactIntegers === true ? this.#types.exact : this.#types.plain;
    // The plain protocol would run a second statement behind the first, where there are no values.
    const config: QueryArrayConfig & { readonly queryMode: "extended" } = {
      text: sql,
      values: [...params],
      rowMode: "array",
      types,
      queryMode: "extended",
    };
    const name = options?.recurs === true ? this.#names?.nameOf(sql) : undefined;
    const sent = name === undefined ? this.#query<unknown[]>(config) : this.#queryPrepared(config, name);
    return sent.then(({ rows, rowCount, fields }) => {
      const result = { rows, rowCount: rowCount ?? 0, lastInsertId: null };
      return options?.columns === true ? { ...result, columns: fields.map((field) => field.name) } : result;
    });
  }

  // What the server kept may be out of date, since tables change, or gone, since a pooler in between took another connection.
  #queryPrepared(config: QueryArrayConfig, name: string): Promise<QueryResult<unknown[]>> {
    const wasInTransaction = this.inTransaction;
    return this.#query<unknown[]>({ ...config, name }).catch((error: unknown) => {
      const { code } = error as { readonly code?: unknown };
      if (typeof code !== "string" || !OUTDATED.has(code)) throw error;
      this.#names?.forget();
      // The transaction is broken, and only its owner can begin it again.
      if (wasInTransaction) throw error;
      return this.#query<unknown[]>(config);
    });
  }

  #query<R extends QueryResultRow>(config: QueryConfig | QueryArrayConfig): Promise<QueryResult<R>> {
    return new Promise((resolve, reject) => {
      this.#client.query<R>(config, (error, result) => {
        if (error === null || error === undefined) resolve(result);
        else {
          if (endsConnection(error)) this.#lost = true;
          reject(error);
        }
      });
    });
  }

  /** Reads through a cursor of the server, in a transaction of its own where there is none. */
  async *stream(
    sql: string,
    params: readonly unknown[],
    chunkSize: number,
    options?: ExecuteOptions,
  ): AsyncIterable<readonly Row[]> {
    const own = !this.inTransaction;
    this.#cursors += 1;
    const cursor = `tsgo_cursor_${this.#cursors}`;
    if (own) await this.begin();
    try {
      await this.execute(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${sql}`, params);
      for (;;) {
        const { rows } = await this.execute(`FETCH ${chunkSize} FROM ${cursor}`, [], options);
        if (rows.length > 0) yield rows;
        if (rows.length < chunkSize) break;
      }
      await this.execute(`CLOSE ${cursor}`, []);
    } finally {
      if (own) await this.rollback();
    }
  }

  async begin(): Promise<void> {
    await this.execute("BEGIN", []);
  }

  async commit(): Promise<void> {
    const { command } = await this.#query({ text: "COMMIT" });
    // So the server answers where a statement had failed and nobody minded.
    if (command === "ROLLBACK") throw brokenTransaction();
  }

  async rollback(): Promise<void> {
    await this.execute("ROLLBACK", []);
  }

  get inTransaction(): boolean {
    const status = this.#client.getTransactionStatus();
    return status === "T" || status === "E";
  }

  get isLost(): boolean {
    return this.#lost;
  }

  close(): void {
    this.#lost = true;
    // The server ends what was begun on the connection; whether it still can is of no interest here.
    this.#client.end().catch(() => undefined);
  }
}

/** The states of SQL that say so: a changed result, an unknown name, a name that is taken. */
const OUTDATED: ReadonlySet<string> = new Set(["0A000", "26000", "42P05"]);

/** Whether the connection is of no use after an error: one of the driver's own, or one by which the server ends it. */
function endsConnection(error: unknown): boolean {
  const { code, severity } = error as { readonly code?: unknown; readonly severity?: unknown };
  return severity === "FATAL" || severity === "PANIC" || typeof code !== "string" || !/^[0-9A-Z]{5}$/.test(code);
}
