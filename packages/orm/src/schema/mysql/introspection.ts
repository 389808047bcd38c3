// The catalogue of MariaDB and MySQL.

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import type { Row } from "../../backends/base/wrapper.ts";
import { catalogText } from "../catalog-value.ts";
import type { ColumnInfo, ConstraintInfo, DatabaseIntrospection, ForeignKeyInfo, TableInfo } from "../introspection.ts";

const NOTHING = {
  primaryKey: false,
  unique: false,
  index: false,
  check: false,
  foreignKey: null,
  where: null,
  orders: [],
} as const;

/** Reads the catalogue of MariaDB or MySQL. */
export class MysqlIntrospection implements DatabaseIntrospection {
  readonly #connection: BaseWrapper;

  constructor(connection: BaseWrapper) {
    this.#connection = connection;
  }

  async #rows(sql: string, params: readonly unknown[] = []): Promise<readonly Row[]> {
    return (await this.#connection.execute(sql, params)).rows;
  }

  async tableNames(): Promise<string[]> {
    const rows = await this.#rows(
      "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY table_name",
    );
    return rows.map(([name]) => String(name));
  }

  async tables(): Promise<TableInfo[]> {
    const rows = await this.#rows(
      "SELECT table_name, table_type, table_comment FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name",
    );
    return rows
      .filter(([, type]) => type === "BASE TABLE" || type === "VIEW")
      .map(([name, type, comment]) => ({
        name: String(name),
        kind: type === "VIEW" ? "view" : "table",
        comment: type === "VIEW" ? "" : String(comment),
        rowid: false,
      }));
  }

  async columns(table: string): Promise<ColumnInfo[]> {
    const rows = await this.#rows(
      "SELECT c.column_name, c.column_type, c.is_nullable, c.column_default, c.column_key, c.extra, c.generation_expression, " +
        "NULLIF(c.collation_name, t.table_collation), c.column_comment FROM information_schema.columns c " +
        "JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name " +
        "WHERE c.table_schema = DATABASE() AND c.table_name = ? ORDER BY c.ordinal_position",
      [table],
    );
    const json = await this.#jsonColumns(table);
    return rows.map(([name, type, nullable, value, key, extra, expression, collation, comment]) => ({
      name: String(name),
      type: String(type).toLowerCase(),
      notNull: nullable === "NO",
      // MariaDB writes the missing default of a nullable column as the word NULL.
      default: value === "NULL" ? null : catalogText(value),
      primaryKey: key === "PRI",
      generated: /STORED GENERATED|PERSISTENT/i.test(String(extra))
        ? "stored"
        : /VIRTUAL GENERATED/i.test(String(extra))
          ? "virtual"
          : null,
      expression: catalogText(expression) || null,
      autoIncrement: /auto_increment/i.test(String(extra)),
      // MariaDB keeps JSON in a column of a collation of its own.
      collation: json.has(String(name)) ? null : catalogText(collation),
      comment: catalogText(comment) ?? "",
      values: enumerationValues(String(type)),
      json: json.has(String(name)),
    }));
  }

  /** MariaDB's type JSON is a text with a check. */
  async #jsonColumns(table: string): Promise<ReadonlySet<string>> {
    const rows = await this.#rows(
      "SELECT c.constraint_name, c.check_clause FROM information_schema.check_constraints c WHERE c.constraint_schema = DATABASE()" +
        ((await this.#hasTableNames()) ? " AND c.table_name = ?" : " AND 1 = 0 AND ? IS NOT NULL"),
      [table],
    );
    const valid = rows.flatMap(([, clause]) => /^json_valid\(`((?:[^`]|``)*)`\)$/i.exec(String(clause))?.[1] ?? []);
    return new Set(valid.map((name) => name.replaceAll("``", "`")));
  }

  async foreignKeys(table: string): Promise<ForeignKeyInfo[]> {
    const rows = await this.#references(table);
    return rows.map(([constraint, column, target, targetColumn]) => ({
      constraint: String(constraint),
      column: String(column),
      table: String(target),
      target: String(targetColumn),
    }));
  }

  #references(table: string): Promise<readonly Row[]> {
    return this.#rows(
      "SELECT constraint_name, column_name, referenced_table_name, referenced_column_name FROM information_schema.key_column_usage " +
        "WHERE table_schema = DATABASE() AND table_name = ? AND referenced_table_name IS NOT NULL ORDER BY constraint_name, ordinal_position",
      [table],
    );
  }

  async constraints(table: string): Promise<ConstraintInfo[]> {
    const references = (await this.#references(table)).map(([name, column, target, targetColumn]) => ({
      ...NOTHING,
      name: String(name),
      columns: [String(column)],
      foreignKey: [String(target), String(targetColumn)] as const,
    }));
    return [...(await this.#indexes(table)), ...references, ...(await this.#checks(table))];
  }

  async #indexes(table: string): Promise<ConstraintInfo[]> {
    const rows = await this.#rows(
      "SELECT index_name, non_unique, column_name, collation FROM information_schema.statistics " +
        "WHERE table_schema = DATABASE() AND table_name = ? ORDER BY index_name, seq_in_index",
      [table],
    );
    const names = [...new Set(rows.map(([name]) => String(name)))];
    return names.map((name) => {
      const parts = rows.filter(([other]) => String(other) === name);
      const unique = Number(parts[0]?.[1]) === 0;
      return {
        ...NOTHING,
        name,
        columns: parts.map(([, , column]) => catalogText(column)),
        orders: parts.map(([, , , collation]) => (collation === "D" ? ("DESC" as const) : ("ASC" as const))),
        primaryKey: name === "PRIMARY",
        unique,
        index: true,
      };
    });
  }

  /** Checks; their columns are read from the condition, since the catalogue does not list them. */
  async #checks(table: string): Promise<ConstraintInfo[]> {
    const columns = (await this.columns(table)).map((column) => column.name);
    const rows = await this.#rows(
      "SELECT c.constraint_name, c.check_clause FROM information_schema.check_constraints c JOIN information_schema.table_constraints t " +
        "ON t.constraint_schema = c.constraint_schema AND t.constraint_name = c.constraint_name AND t.constraint_type = 'CHECK' " +
        "WHERE t.table_schema = DATABASE() AND t.table_name = ? AND c.constraint_schema = DATABASE()" +
        ((await this.#hasTableNames()) ? " AND c.table_name = t.table_name AND c.level = 'Table'" : ""),
      [table],
    );
    return rows.map(([name, clause]) => ({
      ...NOTHING,
      name: String(name),
      columns: columns.filter((column) => String(clause).includes(this.#connection.quoteName(column))),
      check: true,
    }));
  }

  /** MariaDB, where two tables may have checks of the same name, says which table a check is of; one of a column goes with it. */
  async #hasTableNames(): Promise<boolean> {
    const rows = await this.#rows(
      "SELECT 1 FROM information_schema.columns WHERE table_schema = 'information_schema' AND table_name = 'CHECK_CONSTRAINTS' AND column_name = 'TABLE_NAME'",
    );
    return rows.length > 0;
  }
}

/** The values in `enum('a','b')`, in which a quote is written twice. */
function enumerationValues(type: string): string[] | null {
  if (!/^enum\(/i.test(type)) return null;
  return [...type.matchAll(/'((?:[^']|'')*)'/g)].map(([, value = ""]) => value.replaceAll("''", "'"));
}
