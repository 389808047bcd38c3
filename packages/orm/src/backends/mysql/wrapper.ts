// MariaDB and MySQL.

import type { Connection } from "mysql2";

import {
  DataError,
  type DatabaseError,
  IntegrityError,
  NotSupportedError,
  OperationalError,
  ProgrammingError,
} from "../../exceptions.ts";
import { BaseWrapper } from "../base/base-wrapper.ts";
import type { ClientCommand } from "../base/client-command.ts";
import { statementMessage } from "../base/driver-error.ts";
import { isolationSql } from "../base/isolation.ts";
import { dialectPool } from "../base/knex-pool.ts";
import { PooledSource } from "../base/pooled-source.ts";
import type { DatabaseSettings, Vendor } from "../base/wrapper.ts";
import { clientCommands } from "./client-command.ts";
import { connectionOptions } from "./connection-options.ts";
import { mysqlChecks, mysqlDataTypes, mysqlSuffixes } from "./data-types.ts";
import { mysqlFeatures } from "./features.ts";
import { MysqlOperations, OTHER_CONFLICT } from "./operations.ts";
import { MysqlSession } from "./session.ts";
import { refuseUnsafeOptions } from "./unsafe-options.ts";

/** Errors by the numbers of the server. */
const ERRORS: readonly (readonly [typeof DatabaseError, ReadonlySet<number>])[] = [
  [IntegrityError, new Set([1022, 1048, 1062, 1169, 1215, 1216, 1217, 1364, 1451, 1452, 1557, 1586, 1690, 3819, 4025])],
  [DataError, new Set([1230, 1264, 1265, 1292, 1366, 1367, 1406, 1411, 3140, 3141, 4078])],
  [ProgrammingError, new Set([1007, 1050, 1051, 1054, 1060, 1061, 1064, 1091, 1146, 1149])],
  [NotSupportedError, new Set([1235, 1286, 1289])],
];

/**
 * What every statement counts on, so that the server answers as the others do: it refuses values that do not fit; a difference
 * of unsigned numbers may be negative; an UPDATE sets all columns from the old row (MariaDB only); quotients and means keep
 * their fractions; literals are compared letter by letter; GROUP_CONCAT gives all that it joins. And backslashes escape, as
 * the driver takes for granted when it puts a value into a statement.
 */
const SESSION: readonly string[] = [
  "SET NAMES utf8mb4 COLLATE utf8mb4_bin",
  "SET time_zone = '+00:00', sql_auto_is_null = 0, div_precision_increment = 30, group_concat_max_len = 4294967295, " +
    "sql_mode = CONCAT(REPLACE(@@sql_mode, 'NO_BACKSLASH_ESCAPES', ''), " +
    "',STRICT_TRANS_TABLES,NO_UNSIGNED_SUBTRACTION' /*M! , ',SIMULTANEOUS_ASSIGNMENT' */)",
];

/** A database on a MariaDB or MySQL server, by way of the driver `mysql2`. */
export class MysqlWrapper extends BaseWrapper {
  readonly vendor: Vendor = "mysql";
  readonly features = mysqlFeatures;
  readonly operations = new MysqlOperations();
  readonly dataTypes = mysqlDataTypes;
  readonly dataTypeCheckConstraints = mysqlChecks;
  readonly dataTypesSuffix = mysqlSuffixes;
  protected readonly source: PooledSource<Connection>;

  constructor(alias: string, settings: DatabaseSettings) {
    super(alias, settings);
    refuseUnsafeOptions(alias, settings.OPTIONS);
    const options = settings.OPTIONS ?? {};
    const isolation = isolationSql(options["isolationLevel"], "READ COMMITTED");
    this.source = new PooledSource<Connection>({
      alias,
      settings,
      open: (pool) => dialectPool<Connection>("mysql2", connectionOptions(settings), pool),
      toSession: (connection) => new MysqlSession(connection),
      prepare: async (session) => {
        if (typeof options["initCommand"] === "string") await session.execute(options["initCommand"], []);
        for (const statement of SESSION) await session.execute(statement, []);
        if (isolation !== null) await session.execute(`SET SESSION TRANSACTION ISOLATION LEVEL ${isolation}`, []);
      },
    });
  }

  async serverVersion(): Promise<readonly number[]> {
    const { rows } = await this.execute("SELECT VERSION()");
    return (/^(\d+)\.(\d+)\.(\d+)/.exec(String(rows[0]?.[0]))?.slice(1) ?? []).map(Number);
  }

  clientCommands(parameters: readonly string[]): readonly ClientCommand[] {
    return clientCommands(this.settings, parameters);
  }

  protected convertError(error: unknown, sql: string): unknown {
    if (!(error instanceof Error)) return error;
    const { errno } = error as Error & { readonly errno?: unknown };
    if (Number(errno) === 1242 && sql.includes(OTHER_CONFLICT))
      return new IntegrityError(
        "bulkCreate({ updateConflicts }): a row has a value that another row has in a unique column outside of uniqueFields.",
        { cause: error },
      );
    const message = statementMessage(error, sql);
    const [Class] = ERRORS.find(([, numbers]) => numbers.has(Number(errno))) ?? [OperationalError];
    return new Class(message, { cause: error });
  }
}
