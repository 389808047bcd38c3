// The catalogue of SQLite, read through its pragmas.

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import type { Row } from "../../backends/base/wrapper.ts";
import { catalogText } from "../catalog-value.ts";
import type { ColumnInfo, ConstraintInfo, DatabaseIntrospection, ForeignKeyInfo } from "../introspection.ts";

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

  async columns(table: string): Promise<ColumnInfo[]> {
    const rows = await this.#pragma("table_xinfo", table);
    const kinds = { 2: "virtual", 3: "stored" } as const;
    return rows.map(([, name, type, notNull, value, primaryKey, hidden]) => ({
      name: String(name),
      type: String(type)
        .toLowerCase()
        .replace(/ generated always$/, ""),
      notNull: Number(notNull) === 1,
      default: catalogText(value),
      primaryKey: Number(primaryKey) > 0,
      generated: kinds[Number(hidden) as 2 | 3] ?? null,
    }));
  }

  async foreignKeys(table: string): Promise<ForeignKeyInfo[]> {
    const rows = await this.#pragma("foreign_key_list", table);
    return rows.map(([, , target, column, to]) => ({
      column: String(column),
      table: String(target),
      target: String(to),
    }));
  }

  async constraints(table: string): Promise<ConstraintInfo[]> {
    const [sql] =
      (await this.#rows("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", [table]))[0] ?? [];
    const named = namedConstraints(catalogText(sql) ?? "");
    const key = (await this.columns(table)).filter((column) => column.primaryKey).map((column) => column.name);
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
