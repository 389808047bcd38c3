// What SQLite's own tables tell about a table.

import type { SchemaEditor } from "../editor.ts";

/** An index made by CREATE INDEX. */
export interface CatalogIndex {
  readonly name: string;
  readonly unique: boolean;
  readonly columns: readonly string[];
}

/** The indexes of a table that have no condition and were made by statements of their own. */
export async function uniqueIndexes(editor: SchemaEditor, table: string): Promise<CatalogIndex[]> {
  const list = await editor.query(`PRAGMA index_list(${editor.quoteName(table)})`);
  const indexes: CatalogIndex[] = [];
  for (const [, name, unique, origin, partial] of list) {
    if (origin !== "c" || Number(partial) === 1) continue;
    const info = await editor.query(`PRAGMA index_info(${editor.quoteName(String(name))})`);
    indexes.push({ name: String(name), unique: Number(unique) === 1, columns: info.map((row) => String(row[2])) });
  }
  return indexes;
}

/**
 * The statements that make the indexes and triggers of a table again once it has been dropped, those left out that are
 * about a column which goes.
 */
export async function dependentObjects(
  editor: SchemaEditor,
  table: string,
  removedColumn: string | undefined,
): Promise<string[]> {
  const rows = await editor.query(
    "SELECT name, type, sql FROM sqlite_master WHERE tbl_name = ? COLLATE NOCASE AND type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY rowid",
    [table],
  );
  const statements: string[] = [];
  for (const [name, type, sql] of rows) {
    const gone = type === "index" && removedColumn !== undefined && (await covers(editor, String(name), removedColumn));
    if (!gone) statements.push(String(sql));
  }
  return statements;
}

async function covers(editor: SchemaEditor, index: string, column: string): Promise<boolean> {
  const info = await editor.query(`PRAGMA index_info(${editor.quoteName(index)})`);
  return info.some((row) => row[2] === column);
}
