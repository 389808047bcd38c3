// PostgreSQL.

import { createRequire } from "node:module";

import type { Client, CustomTypesConfig } from "pg";

import {
  DataError,
  DatabaseError,
  IntegrityError,
  NotSupportedError,
  OperationalError,
  ProgrammingError,
} from "../../exceptions.ts";
import { BaseWrapper } from "../base/base-wrapper.ts";
import { statementMessage } from "../base/driver-error.ts";
import { isolationSql } from "../base/isolation.ts";
import { dialectPool } from "../base/knex-pool.ts";
import { PooledSource } from "../base/pooled-source.ts";
import type { DatabaseSettings, Vendor } from "../base/wrapper.ts";
import { postgresqlChecks, postgresqlDataTypes, postgresqlSuffixes } from "./data-types.ts";
import { postgresqlFeatures } from "./features.ts";
import { PostgresqlOperations } from "./operations.ts";
import { PostgresqlSession } from "./session.ts";

const require = createRequire(import.meta.url);

/** The classes of errors by the first two letters of SQLSTATE. */
const ERRORS: Readonly<Record<string, typeof DatabaseError>> = {
  "08": OperationalError,
  "0A": NotSupportedError,
  "22": DataError,
  "23": IntegrityError,
  "40": OperationalError,
  "42": ProgrammingError,
  "53": OperationalError,
  "54": OperationalError,
  "55": OperationalError,
  "57": OperationalError,
  "58": OperationalError,
};

/** A database on a PostgreSQL server, by way of the driver `pg`. */
export class PostgresqlWrapper extends BaseWrapper {
  readonly vendor: Vendor = "postgresql";
  readonly features = postgresqlFeatures;
  readonly operations = new PostgresqlOperations();
  readonly dataTypes = postgresqlDataTypes;
  readonly dataTypeCheckConstraints = postgresqlChecks;
  readonly dataTypesSuffix = postgresqlSuffixes;
  protected readonly source: PooledSource<Client>;

  constructor(alias: string, settings: DatabaseSettings) {
    super(alias, settings);
    const isolation = isolationSql(settings.OPTIONS?.["isolationLevel"], null);
    this.source = new PooledSource<Client>({
      alias,
      settings,
      open: (pool) => dialectPool<Client>("pg", connectionOptions(settings), pool),
      toSession: (client) => {
        const { types } = require("pg") as { types: CustomTypesConfig };
        return new PostgresqlSession(client, types);
      },
      // The field classes read dates as the style ISO writes them, and instants as UTC.
      prepare: async (session) => {
        await session.execute("SELECT set_config('TimeZone', 'UTC', false), set_config('DateStyle', 'ISO', false)", []);
        if (isolation !== null)
          await session.execute(`SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL ${isolation}`, []);
      },
    });
  }

  async serverVersion(): Promise<readonly number[]> {
    const { rows } = await this.execute("SHOW server_version_num");
    const number = Number(rows[0]?.[0]);
    return [Math.floor(number / 10_000), number % 10_000];
  }

  protected convertError(error: unknown, sql: string): unknown {
    if (!(error instanceof Error)) return error;
    const { code } = error as Error & { readonly code?: unknown };
    const message = statementMessage(error, sql);
    const state = typeof code === "string" ? code : "";
    if (/^[0-9A-Z]{5}$/.test(state)) return new (ERRORS[state.slice(0, 2)] ?? DatabaseError)(message, { cause: error });
    return new OperationalError(message, { cause: error });
  }
}

function connectionOptions(settings: DatabaseSettings): Readonly<Record<string, unknown>> {
  const { pool: _pool, isolationLevel: _isolationLevel, ...options } = settings.OPTIONS ?? {};
  return {
    database: settings.NAME,
    ...(settings.HOST !== undefined && settings.HOST !== "" && { host: settings.HOST }),
    ...(settings.PORT !== undefined && settings.PORT !== "" && { port: Number(settings.PORT) }),
    ...(settings.USER !== undefined && settings.USER !== "" && { user: settings.USER }),
    ...(settings.PASSWORD !== undefined && settings.PASSWORD !== "" && { password: settings.PASSWORD }),
    ...options,
  };
}
