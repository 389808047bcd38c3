// What every statement needs to become SQL: quoting, parameters, the compilation of expressions.

import { DatabaseError, ProgrammingError } from "../../exceptions.ts";
import type { DatabaseWrapper } from "../../backends/base/wrapper.ts";
import type { Expression } from "../../expressions/expression.ts";
import type { Field } from "../../fields/field.ts";
import type { Query } from "../query.ts";
import { isPlainParameter } from "../shapes/kept-parameters.ts";
import { SlotParameter } from "../shapes/slots.ts";
import { PARAM, type Sql } from "../sql.ts";

/** Turns a query tree into SQL for one database. */
export abstract class SqlCompiler {
  readonly query: Query;
  readonly connection: DatabaseWrapper;
  /** Columns stand without their table: in CHECK, indexes, and UPDATE. */
  readonly bareColumns: boolean = false;
  /** The statement is UPDATE or DELETE. */
  readonly writes: boolean = false;
  readonly #quoted = new Map<string, string>();

  constructor(query: Query, connection: DatabaseWrapper) {
    this.query = query;
    this.connection = connection;
  }

  /** The SQL of an expression. */
  compile(expression: Expression): Sql {
    const sql = expression.compile(this);
    if (!this.connection.features.needsDecimalCast || !expression.isComputed || !isDecimalExpression(expression))
      return sql;
    return { sql: `CAST(${sql.sql} AS NUMERIC)`, params: sql.params };
  }

  /** The SQL of an expression among the arguments of a function. */
  compileArgument(expression: Expression): Sql {
    return this.compile(expression);
  }

  /** The SQL of a subquery. */
  abstract compileQuery(query: Query): Sql;

  quoteName(name: string): string {
    let quoted = this.#quoted.get(name);
    if (quoted === undefined) {
      quoted = this.connection.quoteName(name);
      this.#quoted.set(name, quoted);
    }
    return quoted;
  }

  quoteAlias(alias: string): string {
    return this.quoteName(alias);
  }

  tableSql(tableName: string, alias: string): string {
    const table = this.quoteName(tableName);
    return alias === tableName ? table : `${table} ${this.quoteName(alias)}`;
  }

  parameter(value: unknown): Sql {
    return { sql: PARAM, params: [value] };
  }

  /** A parameter whose type the database could not tell from what stands around it. */
  typedParameter(value: unknown, field: Field): Sql {
    const { operations } = this.connection;
    const sql = field.placeholder(operations.typedParameter(field, value), this.connection);
    return { sql, params: [operations.adaptTyped(field, value)] };
  }

  formatSelected(field: Field, sql: Sql): Sql {
    const formatted = this.connection.operations.selectFormat(field, sql.sql);
    return formatted === sql.sql ? sql : { sql: formatted, params: sql.params };
  }

  /** Raw SQL with `?` for parameters and `??` for a question mark, outside of quotes and comments. */
  rawSql(sql: string, params: readonly unknown[]): Sql {
    return {
      sql: rawWithPlaceholders(sql, params.length),
      params: params.map((value) => this.connection.operations.adaptUnknown(value)),
    };
  }
}

function isDecimalExpression(expression: Expression): boolean {
  try {
    return expression.outputFieldOrUndefined?.targetValueField.internalType === "DecimalField";
  } catch {
    return false;
  }
}

// A string, a quoted name, a comment, or a question mark.
const RAW_TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|--[^\n]*|\/\*[\s\S]*?\*\/|\?\?|\?/g;

/** Puts the internal placeholder where raw SQL has a question mark. */
export function rawWithPlaceholders(sql: string, count: number): string {
  if (sql.includes(PARAM)) throw new ProgrammingError("Raw SQL must not have control characters.");
  let found = 0;
  const text = sql.replaceAll(RAW_TOKEN, (token) => {
    if (token === "??") return "?";
    if (token !== "?") return token;
    found += 1;
    return PARAM;
  });
  if (found !== count) throw new ProgrammingError(`The raw SQL has ${found} placeholders for ${count} parameters.`);
  return text;
}

/** A statement ready to be sent, with the placeholders of its database. */
export function finishSql({ sql, params }: Sql, connection: DatabaseWrapper): Sql {
  const parts = sql.split(PARAM);
  if (parts.length !== params.length + 1)
    throw new DatabaseError(`The statement has ${parts.length - 1} placeholders for ${params.length} parameters.`);
  if (parts.length === 1) return { sql, params };
  const values = params.map((given) => {
    const value = given instanceof SlotParameter ? given.value : given;
    return isPlainParameter(value) ? value : connection.operations.adaptUnknown(value);
  });
  let text = parts[0] ?? "";
  for (let index = 1; index < parts.length; index += 1)
    text += connection.operations.placeholder(index) + (parts[index] ?? "");
  return { sql: text, params: values };
}
