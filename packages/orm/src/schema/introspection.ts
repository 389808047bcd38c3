// What is in a database: the contract, and the way to the one of each kind.

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import { MysqlIntrospection } from "./mysql/introspection.ts";
import { PostgresqlIntrospection } from "./postgresql/introspection.ts";
import { SqliteIntrospection } from "./sqlite/introspection.ts";

/** A column as the database has it. */
export interface ColumnInfo {
  readonly name: string;
  /** The type in the database's words, in small letters. */
  readonly type: string;
  readonly notNull: boolean;
  /** The default as SQL, or null for none. */
  readonly default: string | null;
  readonly primaryKey: boolean;
  readonly generated: "stored" | "virtual" | null;
  /** What a generated column is computed from, as SQL. */
  readonly expression: string | null;
  /** The database counts it up. */
  readonly autoIncrement: boolean;
  /** The collation, where it is another one than that of the table or database. */
  readonly collation: string | null;
  readonly comment: string;
  /** The values of an enumeration. */
  readonly values: readonly string[] | null;
  /** It holds JSON, which on SQLite and MariaDB only a check tells. */
  readonly json: boolean;
}

/** A table or view. */
export interface TableInfo {
  readonly name: string;
  readonly kind: "table" | "view" | "partition";
  readonly comment: string;
  /** Its automatic keys are the numbers that SQLite gives all rows, which have one type only. */
  readonly rowid: boolean;
}

/** A reference to another table. */
export interface ForeignKeyInfo {
  readonly column: string;
  readonly table: string;
  readonly target: string;
  /** What the columns have in common that refer to another table together. */
  readonly constraint: string;
}

/** An index or constraint, whatever it was made by. */
export interface ConstraintInfo {
  /** Null for one that has no name, as those inside CREATE TABLE on SQLite. */
  readonly name: string | null;
  /** The columns in order; null stands for an expression. A descending one has its direction in `orders`. */
  readonly columns: readonly (string | null)[];
  readonly orders: readonly ("ASC" | "DESC")[];
  readonly primaryKey: boolean;
  readonly unique: boolean;
  readonly index: boolean;
  readonly check: boolean;
  readonly foreignKey: readonly [table: string, column: string] | null;
  /** The condition of a partial index. */
  readonly where: string | null;
}

/** Reads the catalogue of a database. Answers to `DatabaseIntrospection`. */
export interface DatabaseIntrospection {
  tableNames(): Promise<string[]>;
  /** Tables, views and partitions, by name. */
  tables(): Promise<TableInfo[]>;
  columns(table: string): Promise<ColumnInfo[]>;
  foreignKeys(table: string): Promise<ForeignKeyInfo[]>;
  constraints(table: string): Promise<ConstraintInfo[]>;
}

/** The catalogue of a connection's database. */
export function introspect(connection: BaseWrapper): DatabaseIntrospection {
  const kinds = { sqlite: SqliteIntrospection, postgresql: PostgresqlIntrospection, mysql: MysqlIntrospection };
  return new kinds[connection.vendor](connection);
}
