// Pieces of SQL, and the two answers that need no SQL at all.

import { EmptyResultSet, FullResultSet } from "@tsgo/core/exceptions";

/** A piece of SQL with the values of its placeholders, in order. */
export interface Sql {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/**
 * Stands for a parameter until the statement is complete. A control character cannot be part of a name or of raw SQL
 * (both are checked), so no text is ever mistaken for a placeholder, as a question mark might be.
 */
export const PARAM = "\u0001";

/** One parameter. */
export function param(value: unknown): Sql {
  return { sql: PARAM, params: [value] };
}

// Thrown for control flow and always the same two, since making an error is slow.

/** No row can meet the condition. */
export const EMPTY: EmptyResultSet = new EmptyResultSet("No row can meet the condition.");
/** Every row meets the condition. */
export const FULL: FullResultSet = new FullResultSet("Every row meets the condition.");

/** Joins pieces of SQL; their parameters follow each other. */
export function joinSql(parts: readonly Sql[], separator: string): Sql {
  return { sql: parts.map((part) => part.sql).join(separator), params: parts.flatMap((part) => part.params) };
}
