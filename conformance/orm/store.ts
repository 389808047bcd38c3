// Where the recorded rows are kept: a database of our own on each engine, which is put back after what a case wrote.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { BaseWrapper } from "../../packages/orm/src/backends/base/base-wrapper.ts";
import type { DatabaseSettings } from "../../packages/orm/src/backends/base/wrapper.ts";
import { createConnection } from "../../packages/orm/src/db/connections.ts";
import { atomic } from "../../packages/orm/src/db/transaction.ts";

/** The engines that the cases run on. */
export type Engine = "sqlite" | "postgresql" | "mariadb";

/** A database for the recorded rows. */
export interface Store {
  /** A new, empty database. */
  create(): Promise<BaseWrapper>;
  /** Runs with foreign keys left unchecked until the end, all or nothing. */
  withoutForeignKeys(connection: BaseWrapper, fn: () => Promise<void>): Promise<void>;
  /** Lets the next made key of a table follow the largest that it has. */
  resetKey(connection: BaseWrapper, table: string, column: string): Promise<void>;
  destroy(): Promise<void>;
}

/** The store for an engine. */
export function openStore(engine: Engine): Store {
  if (engine === "sqlite") return new FileStore();
  return engine === "postgresql" ? new PostgresStore() : new MariaStore();
}

class FileStore implements Store {
  readonly #folder = mkdtempSync(join(tmpdir(), "tsgo-orm-"));

  async create(): Promise<BaseWrapper> {
    return createConnection("default", { ENGINE: "sqlite", NAME: join(this.#folder, "cases.sqlite3") });
  }

  async withoutForeignKeys(connection: BaseWrapper, fn: () => Promise<void>): Promise<void> {
    await connection.withConnection(async () => {
      await connection.execute("PRAGMA foreign_keys = OFF");
      await atomic(fn, { using: connection.alias });
      await connection.execute("PRAGMA foreign_keys = ON");
    });
  }

  async resetKey(connection: BaseWrapper, table: string, column: string): Promise<void> {
    const [name, key] = [table, column].map((part) => connection.quoteName(part));
    await connection.execute(
      `UPDATE sqlite_sequence SET seq = COALESCE((SELECT MAX(${key}) FROM ${name}), 0) WHERE name = ?`,
      [table],
    );
  }

  async destroy(): Promise<void> {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The servers where the tests look for them. */
export const SERVERS: Readonly<Record<Exclude<Engine, "sqlite">, DatabaseSettings>> = {
  postgresql: { ENGINE: "postgresql", NAME: "postgres", USER: "postgres", HOST: "127.0.0.1", PORT: 5432 },
  mariadb: { ENGINE: "mariadb", NAME: "mysql", USER: "root", HOST: "127.0.0.1", PORT: 3306 },
};

/** Whether a server can be reached. */
export async function answers(settings: DatabaseSettings): Promise<boolean> {
  const connection = createConnection("probe", settings);
  try {
    await connection.execute("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}

abstract class ServerStore implements Store {
  protected readonly name = `tsgo_conformance_${process.pid}`;
  protected abstract readonly server: DatabaseSettings;
  /** The statements that make the database `name`. */
  protected abstract readonly creation: readonly string[];

  async create(): Promise<BaseWrapper> {
    await this.#onServer(`DROP DATABASE IF EXISTS ${this.name}`, ...this.creation);
    return createConnection("default", { ...this.server, NAME: this.name });
  }

  abstract withoutForeignKeys(connection: BaseWrapper, fn: () => Promise<void>): Promise<void>;
  abstract resetKey(connection: BaseWrapper, table: string, column: string): Promise<void>;

  async destroy(): Promise<void> {
    await this.#onServer(`DROP DATABASE IF EXISTS ${this.name}`);
  }

  async #onServer(...statements: readonly string[]): Promise<void> {
    const admin = createConnection("admin", this.server);
    for (const statement of statements) await admin.execute(statement);
    await admin.close();
  }
}

class PostgresStore extends ServerStore {
  protected readonly server = SERVERS.postgresql;
  protected readonly creation = [
    `CREATE DATABASE ${this.name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'`,
    // What a power cut would lose is of no account here.
    `ALTER DATABASE ${this.name} SET synchronous_commit = off`,
  ];

  async withoutForeignKeys(connection: BaseWrapper, fn: () => Promise<void>): Promise<void> {
    // Foreign keys are checked at the commit.
    await atomic(fn, { using: connection.alias });
  }

  async resetKey(connection: BaseWrapper, table: string, column: string): Promise<void> {
    const [name, key] = [table, column].map((part) => connection.quoteName(part));
    await connection.execute(
      `SELECT setval(pg_get_serial_sequence('${name}', '${column}'), COALESCE(MAX(${key}), 1), MAX(${key}) IS NOT NULL) FROM ${name}`,
    );
  }
}

class MariaStore extends ServerStore {
  protected readonly server = SERVERS.mariadb;
  protected readonly creation = [`CREATE DATABASE ${this.name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`];

  async withoutForeignKeys(connection: BaseWrapper, fn: () => Promise<void>): Promise<void> {
    await connection.withConnection(async () => {
      await connection.execute("SET FOREIGN_KEY_CHECKS = 0");
      await atomic(fn, { using: connection.alias });
      await connection.execute("SET FOREIGN_KEY_CHECKS = 1");
    });
  }

  async resetKey(connection: BaseWrapper, table: string): Promise<void> {
    // The server raises it to what follows the largest key.
    await connection.execute(`ALTER TABLE ${connection.quoteName(table)} AUTO_INCREMENT = 1`);
  }
}
