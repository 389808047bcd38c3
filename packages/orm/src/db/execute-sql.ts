// Statements that somebody wrote out.

import { finishSql, rawWithPlaceholders } from "../query/compiler/compiler.ts";
import { connections } from "./connections.ts";

/** What a statement gave. */
export interface SqlResult<Row> {
  /** The rows by the names of their columns; of two columns with one name the last one counts. */
  readonly rows: readonly Row[];
  /** How many rows were read, or changed. */
  readonly rowCount: number;
  /** The key that SQLite or MariaDB made for the last inserted row. */
  readonly lastInsertId: number | bigint | null;
}

/**
 * Sends a statement that you wrote yourself. A `?` stands for a parameter on every database, `??` for a question mark; a value never belongs
 * into the text. Inside of `atomic` it takes part in the transaction. The type of the rows is what you say it is: numbers and texts come as the
 * driver gives them, dates as texts. Answers to `connection.cursor()`.
 *
 * @throws ProgrammingError where parameters and placeholders do not match, and the errors of the database.
 * @example
 * const { rows } = await executeSql<{ id: number; title: string }>("SELECT id, title FROM blog_entry WHERE rating > ?", [3]);
 * const { rowCount } = await executeSql("DELETE FROM blog_log WHERE day < ?", [new Date()], { using: "archive" });
 */
export async function executeSql<Row extends object = Record<string, unknown>>(
  sql: string,
  params: readonly unknown[] = [],
  options: { readonly using?: string } = {},
): Promise<SqlResult<Row>> {
  const connection = connections.get(options.using);
  const statement = finishSql({ sql: rawWithPlaceholders(sql, params.length), params }, connection);
  const {
    rows,
    rowCount,
    lastInsertId,
    columns = [],
  } = await connection.execute(statement.sql, statement.params, {
    columns: true,
  });
  const named = rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])));
  // Nobody can check what the caller knows of the columns.
  return { rows: named as Row[], rowCount, lastInsertId };
}
