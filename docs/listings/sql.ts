// Shows the statements that the listings of the reference send.

import { connections } from "tsgo/db";

/** The statements that something sends, without the quotes around names, and with the columns of a whole row as dots. */
export async function sqlOf(run: () => unknown): Promise<string> {
  const statements: string[] = [];
  const stop = connections.get().onQuery(({ sql }) => statements.push(readable(sql)));
  try {
    await run();
  } finally {
    stop();
  }
  return statements.join("; ");
}

function readable(sql: string): string {
  return sql
    .replaceAll('"', "")
    .replaceAll("blog_", "")
    .replace(/SELECT entry\.id, entry\.headline.*?author_id/, "SELECT entry.…")
    .replace(/RETURNING id$/, "")
    .trim();
}
