// What there is in a database, as models could have it.

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import { DatabaseError } from "../exceptions.ts";
import { type ColumnInfo, type ForeignKeyInfo, type TableInfo, introspect } from "../schema/introspection.ts";

/** A table or view with all that is known about it. */
export interface InspectedTable extends TableInfo {
  readonly columns: readonly ColumnInfo[];
  /** The columns of the primary key; none where there is no key. */
  readonly primaryKey: readonly string[];
  /** The columns of each constraint or index that keeps rows apart, the primary key left out. */
  readonly unique: readonly (readonly string[])[];
  /** References by a single column, by its name. */
  readonly references: ReadonlyMap<string, ForeignKeyInfo>;
  /** References by several columns together, which no field can stand for. */
  readonly compositeReferences: readonly { readonly columns: readonly string[]; readonly table: string }[];
}

/** A table that could not be read, and why. */
export interface UnreadableTable {
  readonly name: string;
  readonly problem: string;
}

/** Which tables to look at. */
export interface InspectionOptions {
  /** These only; all where there are none. */
  readonly tables: readonly string[];
  readonly includeViews: boolean;
  readonly includePartitions: boolean;
}

/** What was found. */
export interface Inspection {
  readonly tables: readonly InspectedTable[];
  readonly unreadable: readonly UnreadableTable[];
}

/** Looks at the tables of a database. */
export async function inspectDatabase(
  connection: BaseWrapper,
  { tables, includeViews, includePartitions }: InspectionOptions,
): Promise<Inspection> {
  const there = await introspect(connection).tables();
  const kinds = new Set(["table", ...(includeViews ? ["view"] : []), ...(includePartitions ? ["partition"] : [])]);
  // A table that is named is meant, whatever it is.
  const chosen =
    tables.length > 0
      ? tables.map((name) => there.find((table) => table.name === name) ?? missing(name, there))
      : there.filter(({ kind }) => kinds.has(kind));
  const inspected: (InspectedTable | UnreadableTable)[] = [];
  for (const table of chosen) inspected.push("problem" in table ? table : await inspectOrExplain(connection, table));
  return {
    tables: inspected.filter((table): table is InspectedTable => !("problem" in table)),
    unreadable: inspected.filter((table): table is UnreadableTable => "problem" in table),
  };
}

function missing(name: string, there: readonly TableInfo[]): UnreadableTable {
  const alike = there.find((table) => table.name.toLowerCase() === name.toLowerCase());
  return {
    name,
    problem: `there is no such table${alike === undefined ? "" : `, but one called ${JSON.stringify(alike.name)}`}`,
  };
}

async function inspectOrExplain(connection: BaseWrapper, table: TableInfo): Promise<InspectedTable | UnreadableTable> {
  try {
    return await inspectTable(connection, table);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return { name: table.name, problem: error.message };
  }
}

async function inspectTable(connection: BaseWrapper, table: TableInfo): Promise<InspectedTable | UnreadableTable> {
  const catalogue = introspect(connection);
  if (isQuoted(connection, table.name)) return { name: table.name, problem: QUOTED };
  const columns = await catalogue.columns(table.name);
  if (columns.some(({ name }) => isQuoted(connection, name)))
    return { name: table.name, problem: `a column: ${QUOTED}` };
  if (table.kind === "view") return { ...table, columns, ...NO_CONSTRAINTS };
  const constraints = await catalogue.constraints(table.name);
  const keys = new Map<string, ForeignKeyInfo[]>();
  for (const key of await catalogue.foreignKeys(table.name))
    keys.set(key.constraint, [...(keys.get(key.constraint) ?? []), key]);
  const groups = [...keys.values()];
  return {
    ...table,
    columns,
    primaryKey: constraints.find(({ primaryKey }) => primaryKey)?.columns.filter(isName) ?? [],
    unique: constraints
      .filter((info) => info.unique && !info.primaryKey && info.where === null && info.columns.every(isName))
      .map((info) => info.columns.filter(isName)),
    references: new Map(
      groups.flatMap(([key, ...more]) => (key === undefined || more.length > 0 ? [] : [[key.column, key]])),
    ),
    compositeReferences: groups
      .filter((group) => group.length > 1)
      .map((group) => ({ columns: group.map(({ column }) => column), table: group[0]?.table ?? "" })),
  };
}

const QUOTED = "the name begins and ends with a quote, which means something else in a model";

/** Whether a name would be taken for one that is quoted already. */
function isQuoted(connection: BaseWrapper, name: string): boolean {
  return connection.quoteName(name) === name;
}

const NO_CONSTRAINTS = { primaryKey: [], unique: [], references: new Map(), compositeReferences: [] } as const;

function isName(column: string | null): column is string {
  return column !== null;
}
