// The catalogue of SQLite, read through its pragmas.

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import type { Row } from "../../backends/base/wrapper.ts";
import { catalogText } from "../catalog-value.ts";
import type { ColumnInfo, ConstraintInfo, DatabaseIntrospection, ForeignKeyInfo, TableInfo } from "../introspection.ts";
import { columnDefinitions } from "./column-definitions.ts";

const NOTHING = {
  primaryKey: false,
  unique: false,
  index: false,
  check: false,
  foreignKey: null,
  where: null,
} as const;

/** Reads the catalogue of SQLite. */
export class SqliteIntrospection implements DatabaseIntrospection {
  readonly #connection: BaseWrapper;

  constructor(connection: BaseWrapper) {
    this.#connection = connection;
  }

  async #rows(sql: string, params: readonly unknown[] = []): Promise<readonly Row[]> {
    return (await this.#connection.execute(sql, params)).rows;
  }

  async #pragma(name: string, argument: string): Promise<readonly Row[]> {
    return this.#rows(`PRAGMA ${name}(${this.#connection.quoteName(argument)})`);
  }

  async tableNames(): Promise<string[]> {
    const rows = await this.#rows(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    );
    return rows.map(([name]) => String(name));
  }

  async tables(): Promise<TableInfo[]> {
    const rows = await this.#rows(
      "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    );
    return rows.map(([name, type]) => ({
      name: String(name),
      kind: type === "view" ? "view" : "table",
      comment: "",
      rowid: type === "table",
    }));
  }

  async columns(table: string): Promise<ColumnInfo[]> {
    const rows = await this.#pragma("table_xinfo", table);
    const definitions = columnDefinitions(await this.#tableSql(table));
    const kinds = { 2: "virtual", 3: "stored" } as const;
    const keys = rows.filter(([, , , , , primaryKey]) => Number(primaryKey) > 0).length;
    return rows.map(([, name, declared, notNull, value, primaryKey, hidden]) => {
      const type = String(declared)
        .toLowerCase()
        .replace(/ generated always$/, "");
      const definition = definitions.get(String(name));
      return {
        name: String(name),
        type,
        notNull: Number(notNull) === 1,
        default: catalogText(value),
        primaryKey: Number(primaryKey) > 0,
        generated: kinds[Number(hidden) as 2 | 3] ?? null,
        expression: definition?.expression ?? null,
        // A single key of this very type is the number of the row.
        autoIncrement: type === "integer" && Number(primaryKey) === 1 && keys === 1,
        collation: definition?.collation ?? null,
        comment: "",
        values: null,
        json: definition?.json ?? false,
      };
    });
  }

  async #tableSql(table: string): Promise<string> {
    const rows = await this.#rows("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ? COLLATE NOCASE", [
      table,
    ]);
    return catalogText(rows[0]?.[0]) ?? "";
  }

  async foreignKeys(table: string): Promise<ForeignKeyInfo[]> {
    const rows = await this.#pragma("foreign_key_list", table);
    const keys: ForeignKeyInfo[] = [];
    for (const [id, place, target, column, to] of rows)
      keys.push({
        constraint: String(id),
        column: String(column),
        table: String(target),
        // A reference that names no column means the primary key.
        target: catalogText(to) ?? (await this.#primaryKey(String(target)))[Number(place)] ?? "",
      });
    return keys;
  }

  async #primaryKey(table: string): Promise<string[]> {
    const rows = (await this.#pragma("table_xinfo", table)).filter((row) => Number(row[5]) > 0);
    return rows.toSorted((a, b) => Number(a[5]) - Number(b[5])).map((row) => String(row[1]));
  }

  async constraints(table: string): Promise<ConstraintInfo[]> {
    const named = namedConstraints(await this.#tableSql(table));
    const key = await this.#primaryKey(table);
    const references = await this.foreignKeys(table);
    return [
      ...(await this.#indexes(table, named)),
      ...named
        .filter(({ kind }) => kind === "CHECK")
        .map(({ name }) => ({ ...NOTHING, name, columns: [], orders: [], check: true })),
      ...(key.length === 0
        ? []
        : [{ ...NOTHING, name: null, columns: key, orders: [], primaryKey: true, unique: true }]),
      ...references.map((reference) => ({
        ...NOTHING,
        name: null,
        columns: [reference.column],
        orders: [],
        foreignKey: [reference.table, reference.target] as const,
      })),
    ];
  }

  async #indexes(table: string, named: readonly NamedConstraint[]): Promise<ConstraintInfo[]> {
    const indexes: ConstraintInfo[] = [];
    const uniques = named.filter(({ kind }) => kind === "UNIQUE");
    for (const [, name, unique, origin] of await this.#pragma("index_list", table)) {
      if (origin === "pk") continue;
      const info = (await this.#pragma("index_xinfo", String(name))).filter((row) => Number(row[5]) === 1);
      const columns = info.map((row) => catalogText(row[2]));
      const inTable = origin === "u";
      const declared = uniques.find((constraint) => constraint.columns.join() === columns.join());
      indexes.push({
        ...NOTHING,
        name: inTable ? (declared?.name ?? null) : String(name),
        columns,
        orders: info.map((row) => (Number(row[3]) === 1 ? "DESC" : "ASC")),
        unique: Number(unique) === 1,
        index: !inTable,
        where: inTable ? null : await this.#condition(String(name)),
      });
    }
    return indexes;
  }

  async #condition(index: string): Promise<string | null> {
    const [row] = await this.#rows("SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ?", [index]);
    return / WHERE ([\s\S]*)$/.exec(catalogText(row?.[0]) ?? "")?.[1] ?? null;
  }
}

interface NamedConstraint {
  readonly name: string;
  readonly kind: "CHECK" | "UNIQUE";
  readonly columns: readonly string[];
}

/** The constraints that CREATE TABLE gives a name. */
function namedConstraints(sql: string): NamedConstraint[] {
  const found = sql.matchAll(/CONSTRAINT "((?:[^"]|"")*)" (CHECK|UNIQUE) \(((?:"(?:[^"]|"")*"(?:, )?)*)/g);
  return [...found].map(([, name = "", kind, columns = ""]) => ({
    name: unquote(name),
    kind: kind === "CHECK" ? "CHECK" : "UNIQUE",
    columns: [...columns.matchAll(/"((?:[^"]|"")*)"/g)].map(([, column = ""]) => unquote(column)),
  }));
}

function unquote(name: string): string {
  return name.replaceAll('""', '"');
}
