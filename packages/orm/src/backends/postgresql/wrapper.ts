// PostgreSQL.

import { createRequire } from "node:module";

import type { Client, CustomTypesConfig } from "pg";

import {
  DataError,
  DatabaseError,
  IntegrityError,
  InternalError,
  NotSupportedError,
  OperationalError,
  ProgrammingError,
} from "../../exceptions.ts";
import { brokenTransaction } from "../../db/block.ts";
import { BaseWrapper } from "../base/base-wrapper.ts";
import type { ClientCommand } from "../base/client-command.ts";
import { statementMessage } from "../base/driver-error.ts";
import { isolationSql } from "../base/isolation.ts";
import { dialectPool } from "../base/knex-pool.ts";
import { PooledSource } from "../base/pooled-source.ts";
import type { DatabaseSettings, Vendor } from "../base/wrapper.ts";
import { clientCommands } from "./client-command.ts";
import { connectionOptions } from "./connection-options.ts";
import { postgresqlChecks, postgresqlDataTypes, postgresqlSuffixes } from "./data-types.ts";
import { postgresqlFeatures } from "./features.ts";
import { PostgresqlOperations } from "./operations.ts";
import { PreparedNames } from "./prepared-names.ts";
import { PostgresqlSession } from "./session.ts";

const require = createRequire(import.meta.url);

/** The classes of errors by the first two letters of SQLSTATE. */
const ERRORS: readonly (readonly [typeof DatabaseError, string])[] = [
  [NotSupportedError, "0A"],
  [ProgrammingError, "20 21 26 3D 3F 42 44"],
  [DataError, "22"],
  [IntegrityError, "23"],
  [OperationalError, "08 28 34 40 53 54 55 57 58 HV"],
  [InternalError, "24 25 27 2B 2D 2F 38 39 3B P0 XX"],
];

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
        // A pooler between transactions (PgBouncer) gives each another connection, which knows no names.
        const names = settings.OPTIONS?.["preparedStatements"] === false ? undefined : new PreparedNames();
        return new PostgresqlSession(client, types, names);
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

  clientCommands(parameters: readonly string[]): readonly ClientCommand[] {
    return clientCommands(this.settings, parameters);
  }

  protected convertError(error: unknown, sql: string): unknown {
    if (!(error instanceof Error)) return error;
    const { code } = error as Error & { readonly code?: unknown };
    const message = statementMessage(error, sql);
    const state = typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
    if (state === undefined) return new OperationalError(message, { cause: error });
    // The number of parameters is wrong: for the server a fault of the protocol.
    if (state === "08P01") return new ProgrammingError(message, { cause: error });
    if (state === "25P02") return brokenTransaction(error);
    const [Class] = ERRORS.find(([, kinds]) => kinds.includes(state.slice(0, 2))) ?? [DatabaseError];
    return new Class(message, { cause: error });
  }
}
