// The catalogue of PostgreSQL.

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import type { Row } from "../../backends/base/wrapper.ts";
import { catalogText } from "../catalog-value.ts";
import type { ColumnInfo, ConstraintInfo, DatabaseIntrospection, ForeignKeyInfo, TableInfo } from "../introspection.ts";

const COLUMNS = `
  SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
         CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END,
         EXISTS (SELECT 1 FROM pg_constraint p WHERE p.conrelid = a.attrelid AND p.contype = 'p' AND a.attnum = ANY (p.conkey)),
         a.attgenerated,
         CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END,
         a.attidentity <> '' OR coalesce(pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%', false),
         (SELECT l.collname FROM pg_collation l WHERE l.oid = a.attcollation AND a.attcollation <> t.typcollation),
         coalesce(col_description(a.attrelid, a.attnum), ''),
         ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = a.atttypid ORDER BY e.enumsortorder),
         t.typtype = 'e'
  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`;

const CONSTRAINTS = `
  SELECT c.conname, c.contype,
         ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY k(num, pos)
               JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num ORDER BY k.pos),
         f.relname, (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.confrelid AND a.attnum = c.confkey[1])
  FROM pg_constraint c LEFT JOIN pg_class f ON f.oid = c.confrelid
  WHERE c.conrelid = to_regclass($1) AND c.contype IN ('p', 'u', 'c', 'f') ORDER BY c.conname`;

const INDEXES = `
  SELECT i.relname, x.indisunique,
         ARRAY(SELECT a.attname::text FROM unnest(x.indkey::int[]) WITH ORDINALITY k(num, pos)
               LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.num
               WHERE k.pos <= x.indnkeyatts ORDER BY k.pos),
         x.indoption::int[], pg_get_expr(x.indpred, x.indrelid),
         ARRAY(SELECT o.opcname::text FROM unnest(x.indclass::oid[]) WITH ORDINALITY k(id, pos) JOIN pg_opclass o ON o.oid = k.id ORDER BY k.pos)
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
  WHERE x.indrelid = to_regclass($1)
    AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = x.indexrelid AND c.contype IN ('p', 'u'))
  ORDER BY i.relname`;

/** Reads the catalogue of PostgreSQL. */
export class PostgresqlIntrospection implements DatabaseIntrospection {
  readonly #connection: BaseWrapper;

  constructor(connection: BaseWrapper) {
    this.#connection = connection;
  }

  async #rows(sql: string, table: string): Promise<readonly Row[]> {
    return (await this.#connection.execute(sql, [this.#connection.quoteName(table)])).rows;
  }

  async tableNames(): Promise<string[]> {
    const { rows } = await this.#connection.execute(
      "SELECT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'p') AND pg_table_is_visible(c.oid) " +
        "AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) ORDER BY c.relname",
    );
    return rows.map(([name]) => String(name));
  }

  async tables(): Promise<TableInfo[]> {
    const { rows } = await this.#connection.execute(
      "SELECT c.relname, CASE WHEN c.relispartition THEN 'partition' WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END, " +
        "coalesce(obj_description(c.oid, 'pg_class'), '') FROM pg_class c " +
        "WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND pg_table_is_visible(c.oid) " +
        "AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) ORDER BY c.relname",
    );
    return rows.map(([name, kind, comment]) => ({
      name: String(name),
      kind: kind as TableInfo["kind"],
      comment: String(comment),
      rowid: false,
    }));
  }

  async columns(table: string): Promise<ColumnInfo[]> {
    return (await this.#rows(COLUMNS, table)).map((row) => {
      const [name, type, notNull, value, primaryKey, generated] = row;
      const [expression, autoIncrement, collation, comment, values, isEnumeration] = row.slice(6);
      return {
        name: String(name),
        type: String(type),
        notNull: notNull === true,
        default: catalogText(value),
        primaryKey: primaryKey === true,
        generated: generated === "s" ? "stored" : generated === "v" ? "virtual" : null,
        expression: catalogText(expression),
        autoIncrement: autoIncrement === true,
        collation: catalogText(collation),
        comment: String(comment),
        values: isEnumeration === true ? (values as string[]) : null,
        json: false,
      };
    });
  }

  async foreignKeys(table: string): Promise<ForeignKeyInfo[]> {
    return (await this.constraints(table)).flatMap(({ name, columns, foreignKey }) =>
      foreignKey === null
        ? []
        : columns.flatMap((column) =>
            column === null ? [] : [{ constraint: name ?? "", column, table: foreignKey[0], target: foreignKey[1] }],
          ),
    );
  }

  async constraints(table: string): Promise<ConstraintInfo[]> {
    const constraints = (await this.#rows(CONSTRAINTS, table)).map(
      ([name, kind, columns, target, targetColumn]): ConstraintInfo => ({
        name: String(name),
        columns: textList(columns),
        orders: [],
        primaryKey: kind === "p",
        unique: kind === "p" || kind === "u",
        index: false,
        check: kind === "c",
        foreignKey: kind === "f" ? [String(target), String(targetColumn)] : null,
        where: null,
      }),
    );
    const indexes = (await this.#rows(INDEXES, table)).map(
      ([name, unique, columns, options, where]): ConstraintInfo => ({
        name: String(name),
        columns: textList(columns),
        orders: (options as number[]).map((option) => ((option & 1) === 1 ? "DESC" : "ASC")),
        primaryKey: false,
        unique: unique === true,
        index: true,
        check: false,
        foreignKey: null,
        where: catalogText(where),
      }),
    );
    return [...constraints, ...indexes];
  }
}

function textList(value: unknown): (string | null)[] {
  return (value as (string | null)[]).map((item) => item ?? null);
}
