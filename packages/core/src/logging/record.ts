import { inspect } from "node:util";

import type { LogLevel } from "./levels.ts";

/** What goes with a message: an error, and whatever a handler may make use of (a request, a status). */
export interface LogFields {
  readonly error?: unknown;
  readonly [name: string]: unknown;
}

/** One message on its way to the handlers. */
export interface LogRecord {
  /** The logger's name (`"tsgo.request"`). */
  readonly name: string;
  readonly level: LogLevel;
  readonly message: string;
  readonly time: Date;
  readonly fields: LogFields;
}

/**
 * The record as text: `[time] LEVEL name: message`, and the error's stack in lines of its own. Control characters
 * are escaped, so that nobody who gets text into a message can write log lines or move the cursor of a terminal.
 */
export function formatRecord({ name, level, message, time, fields }: LogRecord): string {
  const head = `[${time.toISOString()}] ${level} ${name}: ${escapeControl(message)}`;
  return fields.error === undefined ? head : `${head}\n${formatError(fields.error)}`;
}

/** Shows control characters as escapes (`\n`, `\x1b`, `\u2028`), so that a text stays on its line. */
export function escapeControl(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  return text.replaceAll(/[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g, (character) => {
    const short = SHORT[character];
    if (short !== undefined) return short;
    const code = character.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16)}`;
  });
}

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

// A stack has lines of its own, but its message may come from outside.
function formatError(error: unknown): string {
  const text = error instanceof Error ? inspect(error) : inspect(error, { breakLength: Infinity });
  return text
    .split("\n")
    .map((line) => `  ${escapeControl(line)}`)
    .join("\n");
}
