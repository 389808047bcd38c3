// A database in one line, as hosting services hand it out: postgres://user:password@host:5432/name?sslmode=require

import { isAbsolute, join } from "node:path";

import { didYouMean } from "@tsgo/utils/nearest-name";

import { projectRoot } from "../loading/project-root.ts";
import type { BuiltinSettings } from "./schema/index.ts";

/** One entry of DATABASES. */
export type DatabaseEntry = BuiltinSettings["DATABASES"][string];

/** What is wrong with the URL of a database, in words that show nothing of it: it may hold a password. */
export class DatabaseUrlFault extends Error {}

const ENGINES: Readonly<Record<string, string>> = {
  sqlite: "sqlite",
  sqlite3: "sqlite",
  postgres: "postgresql",
  postgresql: "postgresql",
  pgsql: "postgresql",
  mysql: "mysql",
  mysql2: "mysql",
  mariadb: "mariadb",
};

/** Settings beside OPTIONS that a query may have. */
const OWN_SETTINGS = [
  "ATOMIC_REQUESTS",
  "AUTOCOMMIT",
  "CONN_HEALTH_CHECKS",
  "CONN_MAX_AGE",
  "DISABLE_SERVER_SIDE_CURSORS",
];

/**
 * Reads the URL of a database.
 *
 * @throws DatabaseUrlFault
 */
export function parseDatabaseUrl(text: string): DatabaseEntry {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) throw new DatabaseUrlFault("it does not begin with the kind of database");
  const engine = Object.hasOwn(ENGINES, scheme) ? ENGINES[scheme] : undefined;
  if (engine === undefined)
    throw new DatabaseUrlFault(
      `'${scheme}' is no kind of database that tsgo knows.${didYouMean(scheme, Object.keys(ENGINES))}`,
    );
  const rest = text.slice(scheme.length + 1);
  return engine === "sqlite" ? sqliteEntry(rest) : serverEntry(engine, rest);
}

// sqlite:///db.sqlite3 is relative to the project, sqlite:////var/db.sqlite3 absolute, sqlite://:memory: in memory.
function sqliteEntry(rest: string): DatabaseEntry {
  const [address, query] = splitOnce(rest, "?");
  const path = decoded(address.replace(/^\/\/\/?/, ""), "path");
  const inMemory = path === "" || path === ":memory:";
  const name = inMemory ? ":memory:" : isAbsolute(path) ? path : join(projectRoot(), path);
  return { ENGINE: "sqlite", NAME: name, ...fromQuery(query) };
}

function serverEntry(engine: string, rest: string): DatabaseEntry {
  const url = parse(rest);
  const name = decoded(url.pathname.slice(1), "name");
  if (name === "") throw new DatabaseUrlFault("it names no database: write it behind the host (.../name)");
  if (/[/@]/.test(url.pathname.slice(1)))
    throw new DatabaseUrlFault(`there is a '/' or '@' in the name of the database, or in the password. ${ENCODE}`);
  const { host: hostOption, OPTIONS: options, ...own } = hostApart(fromQuery(url.search.slice(1)));
  const host = hostOption ?? decoded(url.hostname.replace(/^\[(.*)\]$/, "$1"), "host");
  return {
    ENGINE: engine,
    NAME: name,
    ...(url.username !== "" && { USER: decoded(url.username, "user") }),
    ...(url.password !== "" && { PASSWORD: decoded(url.password, "password") }),
    ...(host !== "" && { HOST: host }),
    ...(url.port !== "" && { PORT: Number(url.port) }),
    ...own,
    ...(options !== undefined && Object.keys(options).length > 0 && { OPTIONS: options }),
  };
}

const ENCODE =
  "Characters such as / ? # @ : % in a user's name or password are written as %2F %3F %23 %40 %3A %25 (encodeURIComponent)";

// The scheme is one for which the standard has no rules of its own, so that hosts and ports are kept as they stand.
function parse(rest: string): URL {
  if (!rest.startsWith("//")) throw new DatabaseUrlFault("behind the kind of database there must be '://'");
  if (rest.includes("#")) throw new DatabaseUrlFault(`there is a '#' in it. ${ENCODE}`);
  try {
    return new URL(`db:${rest}`);
  } catch {
    throw new DatabaseUrlFault(`its host or port cannot be read. ${ENCODE}`);
  }
}

function decoded(text: string, part: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new DatabaseUrlFault(`a '%' in its ${part} is not followed by two hexadecimal digits. ${ENCODE}`);
  }
}

type FromQuery = Omit<DatabaseEntry, "OPTIONS"> & { readonly OPTIONS?: Readonly<Record<string, unknown>> };

function fromQuery(query: string): FromQuery {
  const own: Record<string, unknown> = {};
  const options: Record<string, unknown> = {};
  for (const [key, value] of new URLSearchParams(query)) {
    const setting = key.toUpperCase();
    const [target, name] = OWN_SETTINGS.includes(setting) ? [own, setting] : [options, key];
    if (key === "__proto__") throw new DatabaseUrlFault("'__proto__' is no option");
    if (Object.hasOwn(target, name)) throw new DatabaseUrlFault(`the option '${name}' is given twice`);
    target[name] = optionValue(value);
  }
  return { ...own, ...(Object.keys(options).length > 0 && { OPTIONS: options }) };
}

// `true` and `30` are what they look like; whatever else is text, as drivers expect of most options.
function optionValue(text: string): unknown {
  if (text === "true" || text === "false") return text === "true";
  return /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}

/** A socket may be named by an option, where libpq and the clients of MySQL have it. */
function hostApart(entry: FromQuery): FromQuery & { readonly host: string | undefined } {
  const { host, unix_socket: unixSocket, socketPath, ...options } = entry.OPTIONS ?? {};
  const socket = host ?? unixSocket ?? socketPath;
  return { ...entry, OPTIONS: options, host: typeof socket === "string" ? socket : undefined };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
