// One connection to MariaDB or MySQL.

import type { Connection, FieldPacket, QueryError, ResultSetHeader } from "mysql2";

import type { ExecuteOptions, Session } from "../base/session.ts";
import type { Awaitable, Row, StatementResult } from "../base/wrapper.ts";
import { withValues } from "./placeholders.ts";

/** The bit of the server's status that says that a transaction is open. */
const IN_TRANSACTION = 1;

/** A connection of the driver `mysql2`. */
export class MysqlSession implements Session {
  readonly #connection: Connection;
  #inTransaction = false;
  #lost = false;

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.once("end", () => {
      this.#lost = true;
    });
    connection.once("error", () => {
      this.#lost = true;
    });
  }

  execute(sql: string, params: readonly unknown[], options?: ExecuteOptions): Promise<StatementResult> {
    return new Promise((resolve, reject) => {
      // Values that are escaped into the text never meet the statement's own quotes; no second statement is let in.
      this.#connection.query(
        {
          ...withValues(this.#connection, sql, params),
          rowsAsArray: true,
          typeCast: (field, next) => readValue(field, next, options?.exactIntegers === true),
        },
        (error: QueryError | null, result: unknown, fields?: FieldPacket[]) => {
          if (error !== null) {
            if (error.fatal) this.#lost = true;
            reject(error);
            return;
          }
          if (isHeader(result)) this.#inTransaction = (result.serverStatus & IN_TRANSACTION) !== 0;
          resolve(toResult(result, fields, options?.columns === true));
        },
      );
    });
  }

  async *stream(
    sql: string,
    params: readonly unknown[],
    chunkSize: number,
    options?: ExecuteOptions,
  ): AsyncIterable<readonly Row[]> {
    const rows = this.#connection
      .query({
        ...withValues(this.#connection, sql, params),
        rowsAsArray: true,
        typeCast: (field, next) => readValue(field, next, options?.exactIntegers === true),
      })
      .stream({ highWaterMark: chunkSize });
    let chunk: Row[] = [];
    for await (const row of rows as AsyncIterable<Row>) {
      chunk.push(row);
      if (chunk.length < chunkSize) continue;
      yield chunk;
      chunk = [];
    }
    if (chunk.length > 0) yield chunk;
  }

  begin(): Awaitable<void> {
    return this.#control("START TRANSACTION");
  }

  commit(): Awaitable<void> {
    return this.#control("COMMIT");
  }

  rollback(): Awaitable<void> {
    return this.#control("ROLLBACK");
  }

  get inTransaction(): boolean {
    return this.#inTransaction;
  }

  get isLost(): boolean {
    return this.#lost;
  }

  close(): void {
    this.#lost = true;
    this.#connection.destroy();
  }

  async #control(sql: string): Promise<void> {
    await this.execute(sql, []);
  }
}

interface Column {
  readonly type: string;
  string(): string | null;
  buffer(): Buffer | null;
}

/** Values come as the field classes read them: numbers and bytes as such, all else as text. */
function readValue(field: Column, next: () => unknown, exactIntegers: boolean): unknown {
  switch (field.type) {
    case "LONGLONG": {
      const text = field.string();
      if (text === null) return null;
      const number = Number(text);
      return exactIntegers || !Number.isSafeInteger(number) ? BigInt(text) : number;
    }
    case "DATE":
    case "DATETIME":
    case "TIMESTAMP":
    case "TIME":
    case "NEWDECIMAL":
    case "JSON":
      return field.string();
    default:
      return next();
  }
}

function isHeader(result: unknown): result is ResultSetHeader {
  return typeof result === "object" && result !== null && "serverStatus" in result;
}

function toResult(result: unknown, fields: FieldPacket[] | undefined, named: boolean): StatementResult {
  if (fields !== undefined && Array.isArray(result)) {
    const rows = result as Row[];
    const columns = named ? { columns: fields.map(({ name }) => name) } : undefined;
    return { rows, rowCount: rows.length, lastInsertId: null, ...columns };
  }
  const { affectedRows, insertId } = result as ResultSetHeader;
  return { rows: [], rowCount: affectedRows, lastInsertId: insertId === 0 ? null : insertId };
}
