import { didYouMean } from "@tsgo/utils/nearest-name";

import { ImproperlyConfigured } from "../exceptions/configuration.ts";
import { type DatabaseEntry, DatabaseUrlFault, parseDatabaseUrl } from "./database-url.ts";

const TRUE = new Set(["true", "1", "on", "yes"]);
const FALSE = new Set(["false", "0", "off", "no", ""]);

/** Reads the environment, into which the project's `.env` has been loaded. */
interface Env {
  /** The text of a variable. Throws ImproperlyConfigured where it is not set and no default is given. */
  (name: string, fallback?: string): string;
  /** true, 1, on or yes; false, 0, off, no or nothing: in any case. Anything else is an error, never a guess. */
  boolean(name: string, fallback?: boolean): boolean;
  /** A number, in decimal notation. */
  number(name: string, fallback?: number): number;
  /** Parts between commas, without the space around them; an empty text is an empty list. */
  list(name: string, fallback?: readonly string[]): readonly string[];
  /** A value in JSON. The caller says what it should be; nothing checks that it is. */
  json<T = unknown>(name: string, fallback?: T): T;
  /**
   * An entry of DATABASES out of a URL: `postgres://user:password@host:5432/name?sslmode=require`, `mysql://...`, `mariadb://...`,
   * `sqlite:///file.sqlite3` (from the project's folder; with four slashes from the root). What a URL may not hold as it is
   * is percent-encoded, the path of a socket as host included. What stands in the query becomes OPTIONS, but for `CONN_MAX_AGE`,
   * `CONN_HEALTH_CHECKS`, `ATOMIC_REQUESTS` and the like. The fallback is a URL or an entry.
   *
   * @throws ImproperlyConfigured without a part of the URL, which may hold a password.
   */
  databaseUrl(name: string, fallback?: string | DatabaseEntry): DatabaseEntry;
}

function read<T>(name: string, fallback: T | undefined, parse: (text: string) => T): T {
  const text = process.env[name];
  if (text !== undefined) return parse(text);
  if (fallback !== undefined) return fallback;
  const hint = didYouMean(name, Object.keys(process.env));
  throw new ImproperlyConfigured(`The environment variable '${name}' is not set. Put it into .env.${hint}`);
}

function wrong(name: string, text: string, expected: string): ImproperlyConfigured {
  return new ImproperlyConfigured(
    `The environment variable '${name}' must be ${expected}, not ${JSON.stringify(text)}.`,
  );
}

function parseBoolean(name: string, text: string): boolean {
  const word = text.trim().toLowerCase();
  if (TRUE.has(word)) return true;
  if (FALSE.has(word)) return false;
  const hint = didYouMean(word, [...TRUE, ...FALSE]);
  throw wrong(name, text, `true or false${hint ? ` (${hint.trim()})` : ""}`);
}

function parseNumber(name: string, text: string): number {
  if (!/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text)) throw wrong(name, text, "a number");
  return Number(text);
}

function parseList(text: string): readonly string[] {
  return text.trim() === "" ? [] : text.split(",").map((part) => part.trim());
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw wrong(name, text, "JSON");
  }
}

function parseUrl(name: string, text: string): DatabaseEntry {
  try {
    return parseDatabaseUrl(text.trim());
  } catch (error) {
    if (!(error instanceof DatabaseUrlFault)) throw error;
    throw new ImproperlyConfigured(
      `The environment variable '${name}' is not the URL of a database: ${error.message}${/[.?]$/.test(error.message) ? "" : "."} Such a URL looks like postgres://user:password@host:5432/name.`,
    );
  }
}

function readDatabaseUrl(name: string, fallback: string | DatabaseEntry | undefined): DatabaseEntry {
  const found = read<string | DatabaseEntry>(name, fallback, String);
  return typeof found === "string" ? parseUrl(name, found) : found;
}

/**
 * Reads a variable of the environment or of the project's `.env`.
 *
 * @example
 * env("SECRET_KEY");            // text, and an error where there is none
 * env.boolean("DEBUG", false);  // false where there is none
 * env.list("ALLOWED_HOSTS", []);
 */
export const env: Env = Object.assign((name: string, fallback?: string) => read(name, fallback, String), {
  boolean: (name: string, fallback?: boolean) => read(name, fallback, (text) => parseBoolean(name, text)),
  number: (name: string, fallback?: number) => read(name, fallback, (text) => parseNumber(name, text)),
  list: (name: string, fallback?: readonly string[]) => read(name, fallback, parseList),
  json: <T>(name: string, fallback?: T) => read(name, fallback, (text) => parseJson(name, text) as T),
  databaseUrl: readDatabaseUrl,
});
