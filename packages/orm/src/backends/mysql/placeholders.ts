// Puts values into a statement. The driver would put one into every question mark, also into those inside of quotes.

import type { Connection } from "mysql2";

// A text, a quoted name, a comment that is none of the server's own, or a placeholder.
const TOKEN =
  /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`(?:[^`]|``)*`|\/\*(?![!M])[\s\S]*?\*\/|--(?=\s)[^\n]*|#[^\n]*|\?/g;

/** The statement with the values in it, or as it is where the driver may be left to do so. */
export function withValues(
  connection: Connection,
  sql: string,
  params: readonly unknown[],
): { readonly sql: string; readonly values?: unknown[] } {
  if (countMarks(sql) === params.length) return { sql, values: [...params] };
  let next = 0;
  const text = sql.replaceAll(TOKEN, (token) => {
    if (token !== "?") return token;
    next += 1;
    return next > params.length ? token : connection.escape(params[next - 1]);
  });
  return { sql: text };
}

function countMarks(sql: string): number {
  let count = 0;
  for (let at = sql.indexOf("?"); at >= 0; at = sql.indexOf("?", at + 1)) count += 1;
  return count;
}
