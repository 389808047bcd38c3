// SQLite.

import { DataError, IntegrityError, InterfaceError, OperationalError, ProgrammingError } from "../../exceptions.ts";
import { BaseWrapper } from "../base/base-wrapper.ts";
import type { ClientCommand } from "../base/client-command.ts";
import { connectionError, statementMessage } from "../base/driver-error.ts";
import type { DatabaseSettings, Vendor } from "../base/wrapper.ts";
import { clientCommands } from "./client-command.ts";
import { sqliteChecks, sqliteDataTypes, sqliteSuffixes } from "./data-types.ts";
import { findDriver } from "./driver.ts";
import { sqliteFeatures } from "./features.ts";
import { registerFunctions } from "./functions/register.ts";
import { SqliteOperations } from "./operations.ts";
import type { SqliteOptions } from "./options.ts";
import { SqliteSession, type TransactionMode } from "./session.ts";
import { SqliteSource } from "./source.ts";

/** A database in a file, or in memory with the name `:memory:`. */
export class SqliteWrapper extends BaseWrapper {
  readonly vendor: Vendor = "sqlite";
  readonly features = sqliteFeatures;
  readonly operations = new SqliteOperations();
  readonly dataTypes = sqliteDataTypes;
  readonly dataTypeCheckConstraints = sqliteChecks;
  readonly dataTypesSuffix = sqliteSuffixes;
  protected readonly source: SqliteSource;

  constructor(alias: string, settings: DatabaseSettings) {
    super(alias, settings);
    const inMemory = settings.NAME === ":memory:" || settings.NAME === "";
    this.source = new SqliteSource({ shared: inMemory, open: () => this.#open(inMemory) });
  }

  async serverVersion(): Promise<readonly number[]> {
    const { rows } = await this.execute("SELECT sqlite_version()");
    return String(rows[0]?.[0]).split(".").map(Number);
  }

  #open(inMemory: boolean): SqliteSession {
    const options = (this.settings.OPTIONS ?? {}) as SqliteOptions;
    const openFile = findDriver(options.driver);
    try {
      const database = openFile(inMemory ? ":memory:" : this.settings.NAME, { readonly: options.readonly ?? false });
      database.exec("PRAGMA foreign_keys = ON");
      // Seconds, as in Django.
      database.exec(`PRAGMA busy_timeout = ${Math.round((options.timeout ?? 5) * 1000)}`);
      if (!inMemory && options.readonly !== true)
        database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
      if (options.initCommand !== undefined) database.exec(options.initCommand);
      registerFunctions(database);
      return new SqliteSession(database, options.transactionMode?.toUpperCase() as TransactionMode | undefined);
    } catch (error) {
      throw connectionError(error, this.alias, this.settings);
    }
  }

  clientCommands(parameters: readonly string[]): readonly ClientCommand[] {
    return clientCommands(this.settings, parameters);
  }

  protected convertError(error: unknown, sql: string): unknown {
    if (!(error instanceof Error)) return error;
    const message = statementMessage(error, sql);
    const { code = "", errcode = 0 } = error as { readonly code?: string; readonly errcode?: number };
    // A driver of Node's own has numbers where the other has names; the lower byte is the kind of error.
    const kind = code === "ERR_SQLITE_ERROR" ? (KINDS[errcode & 255] ?? "SQLITE") : code;
    if (/^SQLITE_(CONSTRAINT|MISMATCH)/.test(kind)) return new IntegrityError(message, { cause: error });
    if (kind.startsWith("SQLITE_TOOBIG")) return new DataError(message, { cause: error });
    if (kind.startsWith("SQLITE_RANGE")) return new ProgrammingError(message, { cause: error });
    if (kind.startsWith("SQLITE")) return new OperationalError(message, { cause: error });
    // What the drivers refuse themselves: several statements, too few or too many parameters, values of other kinds.
    if (error instanceof RangeError) return new ProgrammingError(message, { cause: error });
    return error instanceof TypeError ? new InterfaceError(message, { cause: error }) : error;
  }
}

const KINDS: Readonly<Record<number, string>> = {
  18: "SQLITE_TOOBIG",
  19: "SQLITE_CONSTRAINT",
  20: "SQLITE_MISMATCH",
  25: "SQLITE_RANGE",
};
