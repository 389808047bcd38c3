// Where the recorded rows are kept: a SQLite file that is copied, or a database of a server that is filled again.

import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { BaseWrapper } from "../../packages/orm/src/backends/base/base-wrapper.ts";
import type { DatabaseSettings } from "../../packages/orm/src/backends/base/wrapper.ts";
import { createConnection } from "../../packages/orm/src/db/connections.ts";
import { atomic } from "../../packages/orm/src/db/transaction.ts";

/** A database that can be put back to how it was. */
export interface Store {
  /** A new, empty database. */
  create(): Promise<BaseWrapper>;
  /** The rows are complete: this is what `reset` goes back to. */
  keep(connection: BaseWrapper): Promise<void>;
  reset(connection: BaseWrapper, tables: readonly string[], load: () => Promise<void>): Promise<BaseWrapper>;
  withoutForeignKeys(connection: BaseWrapper, fn: () => Promise<void>): Promise<void>;
  /** Lets the next made key be beyond those that were loaded. */
  advanceKey(connection: BaseWrapper, table: string, column: string): Promise<void>;
  destroy(): Promise<void>;
}

/** The store for an ENGINE. */
export function openStore(engine: string): Store {
  if (engine === "sqlite") return new FileStore();
  if (engine === "postgresql") return new PostgresStore();
  return new MariaStore();
}

class FileStore implements Store {
  readonly #folder = mkdtempSync(join(tmpdir(), "tsgo-orm-"));
  #copies = 0;

  get #pristine(): string {
    return join(this.#folder, "pristine.sqlite3");
  }

  async create(): Promise<BaseWrapper> {
    return createConnection("default", { ENGINE: "sqlite", NAME: this.#pristine });
  }

  async keep(connection: BaseWrapper): Promise<void> {
    await connection.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  async reset(connection: BaseWrapper): Promise<BaseWrapper> {
    await connection.close();
    this.#copies += 1;
    const file = join(this.#folder, `copy${this.#copies}.sqlite3`);
    copyFileSync(this.#pristine, file);
    return createConnection("default", { ENGINE: "sqlite", NAME: file });
  }

  async withoutForeignKeys(connection: BaseWrapper, fn: () => Promise<void>): Promise<void> {
    await connection.withConnection(async () => {
      await connection.execute("PRAGMA foreign_keys = OFF");
      await fn();
      await connection.execute("PRAGMA foreign_keys = ON");
    });
  }

  async advanceKey(): Promise<void> {
    // AUTOINCREMENT counts what is inserted by itself.
  }

  async destroy(): Promise<void> {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

abstract class ServerStore implements Store {
  protected readonly name = `tsgo_conformance_${process.pid}`;
  protected abstract readonly server: DatabaseSettings;
  protected abstract readonly createOptions: string;
  #loaded = false;

  async create(): Promise<BaseWrapper> {
    await this.#onServer(`DROP DATABASE IF EXISTS ${this.name}`, `CREATE DATABASE ${this.name}${this.createOptions}`);
    return createConnection("default", { ...this.server, NAME: this.name });
  }

  async keep(): Promise<void> {
    this.#loaded = true;
  }

  async reset(connection: BaseWrapper, tables: readonly string[], load: () => Promise<void>): Promise<BaseWrapper> {
    // The first reset finds the rows just loaded.
    if (this.#loaded) {
      this.#loaded = false;
      return connection;
    }
    await this.empty(connection, tables);
    await load();
    return connection;
  }

  protected abstract empty(connection: BaseWrapper, tables: readonly string[]): Promise<void>;
  abstract withoutForeignKeys(connection: BaseWrapper, fn: () => Promise<void>): Promise<void>;
  abstract advanceKey(connection: BaseWrapper, table: string, column: string): Promise<void>;

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
  protected readonly server: DatabaseSettings = {
    ENGINE: "postgresql",
    NAME: "postgres",
    USER: "postgres",
    HOST: "127.0.0.1",
    PORT: 5432,
  };
  protected readonly createOptions = " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'";

  protected async empty(connection: BaseWrapper, tables: readonly string[]): Promise<void> {
    await connection.execute(
      `TRUNCATE ${tables.map((table) => connection.quoteName(table)).join(", ")} RESTART IDENTITY CASCADE`,
    );
  }

  async withoutForeignKeys(connection: BaseWrapper, fn: () => Promise<void>): Promise<void> {
    // Foreign keys are checked at the commit.
    await atomic(fn, { using: connection.alias });
  }

  async advanceKey(connection: BaseWrapper, table: string, column: string): Promise<void> {
    const name = connection.quoteName(table);
    await connection.execute(
      `SELECT setval(pg_get_serial_sequence('${name}', '${column}'), (SELECT MAX(${connection.quoteName(column)}) FROM ${name}))`,
    );
  }
}

class MariaStore extends ServerStore {
  protected readonly server: DatabaseSettings = {
    ENGINE: "mysql",
    NAME: "mysql",
    USER: "root",
    PASSWORD: "",
    HOST: "127.0.0.1",
    PORT: 3306,
  };
  protected readonly createOptions = " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

  protected async empty(connection: BaseWrapper, tables: readonly string[]): Promise<void> {
    await this.withoutForeignKeys(connection, async () => {
      for (const table of tables) await connection.execute(`TRUNCATE ${connection.quoteName(table)}`);
    });
  }

  async withoutForeignKeys(connection: BaseWrapper, fn: () => Promise<void>): Promise<void> {
    await connection.withConnection(async () => {
      await connection.execute("SET FOREIGN_KEY_CHECKS = 0");
      await fn();
      await connection.execute("SET FOREIGN_KEY_CHECKS = 1");
    });
  }

  async advanceKey(): Promise<void> {
    // AUTO_INCREMENT counts what is inserted by itself.
  }
}
