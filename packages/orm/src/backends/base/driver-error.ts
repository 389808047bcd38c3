// What the errors of all drivers have in common when they become ours.

import { OperationalError } from "../../exceptions.ts";
import type { DatabaseSettings } from "./wrapper.ts";

/** As much of a statement as a message shows. */
const SHOWN = 300;

/** The driver's message with the statement, whose parameters stay out: they may be secrets. */
export function statementMessage(error: Error, sql: string): string {
  const shown = withoutPasswords(sql);
  return `${reasonOf(error)} (${shown.length > SHOWN ? `${shown.slice(0, SHOWN)}...` : shown})`;
}

/** No connection: the message says to what, and never with which password. */
export function connectionError(error: unknown, alias: string, settings: DatabaseSettings): OperationalError {
  const { HOST, PORT, NAME } = settings;
  const place = HOST === undefined || HOST === "" ? "" : ` at ${HOST}${PORT === undefined ? "" : `:${PORT}`}`;
  const message = `Cannot connect to the database '${alias}' (${NAME}${place}): ${reasonOf(error)}`;
  return new OperationalError(message, { cause: error });
}

function reasonOf(error: unknown): string {
  // A host with several addresses fails with one error for each, and no message of its own.
  if (error instanceof AggregateError && error.message === "")
    return error.errors.map((each) => reasonOf(each)).join("; ");
  return error instanceof Error ? error.message : String(error);
}

// Statements about users take no parameters, so their passwords stand in the text.
function withoutPasswords(sql: string): string {
  return sql.replaceAll(
    /\b(PASSWORD|IDENTIFIED(?:\s+WITH\s+\S+)?\s+(?:BY|AS))(\s*[=(]?\s*)'(?:[^']|'')*'/gi,
    "$1$2'...'",
  );
}
