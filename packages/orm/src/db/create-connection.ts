// From an entry of DATABASES to the connection of its kind.

import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import { didYouMean } from "@tsgo/utils/nearest-name";

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import { isolationFaults } from "../backends/base/isolation.ts";
import { poolFaults } from "../backends/base/pool-options.ts";
import type { DatabaseSettings } from "../backends/base/wrapper.ts";
import { MysqlWrapper } from "../backends/mysql/wrapper.ts";
import { PostgresqlWrapper } from "../backends/postgresql/wrapper.ts";
import { sqliteOptionFaults } from "../backends/sqlite/options.ts";
import { SqliteWrapper } from "../backends/sqlite/wrapper.ts";

type Options = Readonly<Record<string, unknown>>;

interface Backend {
  readonly Wrapper: new (alias: string, settings: DatabaseSettings) => BaseWrapper;
  /** One sentence for each fault of OPTIONS. */
  readonly optionFaults: (options: Options) => string[];
  readonly needsName: boolean;
}

const serverFaults = (options: Options): string[] => [
  ...poolFaults(options["pool"]),
  ...isolationFaults(options["isolationLevel"]),
];
const sqlite: Backend = { Wrapper: SqliteWrapper, optionFaults: sqliteOptionFaults, needsName: false };
const postgresql: Backend = { Wrapper: PostgresqlWrapper, optionFaults: serverFaults, needsName: true };
const mysql: Backend = { Wrapper: MysqlWrapper, optionFaults: serverFaults, needsName: true };

const BACKENDS: Readonly<Record<string, Backend>> = {
  sqlite,
  sqlite3: sqlite,
  postgresql,
  postgres: postgresql,
  mysql,
  mariadb: mysql,
};

/**
 * Makes the connection of one entry of DATABASES. It opens when it is first used.
 *
 * @throws ImproperlyConfigured with all that is wrong with the entry.
 */
export function createConnection(alias: string, entry: DatabaseSettings): BaseWrapper {
  const backend = backendOf(alias, entry.ENGINE);
  const faults = [...generalFaults(entry, backend), ...backend.optionFaults(entry.OPTIONS ?? {})];
  if (faults.length > 0) throw new ImproperlyConfigured(`DATABASES['${alias}']: ${faults.join(" ")}`);
  return new backend.Wrapper(alias, entry);
}

function backendOf(alias: string, given: string | undefined): Backend {
  const engine = (given ?? "").replace(/^django\.db\.backends\./, "");
  const backend = Object.hasOwn(BACKENDS, engine) ? BACKENDS[engine] : undefined;
  if (backend !== undefined) return backend;
  const problem =
    given === undefined || given === ""
      ? "it has no ENGINE."
      : `'${given}' is no ENGINE.${didYouMean(engine, Object.keys(BACKENDS))}`;
  throw new ImproperlyConfigured(`DATABASES['${alias}']: ${problem} Choices are: sqlite, postgresql, mysql, mariadb.`);
}

function generalFaults({ NAME, AUTOCOMMIT }: DatabaseSettings, { needsName }: Backend): string[] {
  const faults: string[] = [];
  if (needsName && (NAME ?? "") === "") faults.push("it has no NAME: the database on the server.");
  if (AUTOCOMMIT === false)
    faults.push(
      "AUTOCOMMIT cannot be false: connections are shared by all requests, and none could wait for your commit. Use atomic().",
    );
  return faults;
}
