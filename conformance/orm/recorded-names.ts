// What Django calls tables, columns, indexes and constraints, against what stands in a database.

import { introspect } from "../../packages/orm/src/schema/introspection.ts";
import { readCorpus } from "../corpus.ts";
import type { Harness } from "./harness.ts";

interface RecordedName {
  readonly name: string;
  readonly columns: readonly (string | null)[];
  readonly unique?: boolean;
  readonly primaryKey?: boolean;
  readonly foreignKey?: readonly string[];
}

interface RecordedTable {
  readonly table: string;
  readonly columns: readonly { readonly column: string }[];
  readonly sqliteDdl: readonly string[];
  readonly sqliteNames: readonly RecordedName[];
  readonly postgresNames: readonly RecordedName[];
}

// The tables that were recorded. Link tables stand beside the model that has the field, proxies have none.
function recordedTables(): readonly RecordedTable[] {
  const models = (readCorpus("names")?.head["models"] ?? []) as readonly Partial<RecordedTable>[];
  return models.filter((model): model is RecordedTable => model.sqliteDdl !== undefined);
}

/** Django's own statements that make its tables on SQLite. */
export function djangoDdl(): string[] {
  return [...new Set(recordedTables().flatMap(({ sqliteDdl }) => sqliteDdl))];
}

/** The names that were recorded for a table, and those that it has. */
export interface NamesOfTable {
  readonly table: string;
  readonly columns: readonly string[];
  readonly names: readonly string[];
}

/** What the tables should have. */
export function expectedNames({ engine }: Harness): NamesOfTable[] {
  return recordedTables().map((recorded) => {
    const names = engine === "sqlite" ? recorded.sqliteNames : recorded.postgresNames;
    return {
      table: recorded.table,
      columns: recorded.columns.map(({ column }) => column),
      names: names
        .filter((name) => engine !== "mariadb" || isOnMariadb(name, recorded))
        .map(({ name }) => name)
        .toSorted(),
    };
  });
}

// MariaDB has no indexes on expressions and no partial unique ones; it calls keys and unique columns its own way, indexes a
// foreign key under the name of the constraint, and finds a negative number out of range instead of by a check.
function isOnMariadb(recorded: RecordedName, { postgresNames, sqliteDdl }: RecordedTable): boolean {
  const { name, columns, unique, primaryKey, foreignKey } = recorded;
  const [column, second] = columns;
  if (primaryKey === true || column === undefined || /_(?:like|check|key)$/.test(name)) return false;
  if (
    unique === true &&
    (second === undefined || sqliteDdl.some((sql) => sql.includes(name) && sql.includes(" WHERE ")))
  )
    return false;
  return (
    foreignKey !== undefined ||
    second !== undefined ||
    !postgresNames.some((other) => other.foreignKey !== undefined && other.columns[0] === column)
  );
}

/** What the tables have. On MariaDB the names that were recorded alone: the server adds some by itself. */
export async function foundNames(harness: Harness): Promise<NamesOfTable[]> {
  const catalogue = introspect(harness.connection);
  const found: NamesOfTable[] = [];
  for (const { table, names: recorded } of expectedNames(harness)) {
    const names = (await catalogue.constraints(table)).flatMap(({ name }) => (name === null ? [] : [name]));
    found.push({
      table,
      columns: (await catalogue.columns(table)).map(({ name }) => name),
      names: [
        ...new Set(harness.engine === "mariadb" ? names.filter((name) => recorded.includes(name)) : names),
      ].toSorted(),
    });
  }
  return found;
}
