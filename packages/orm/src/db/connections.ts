// The databases of the project, by alias.

import { settings } from "@tsgo/core/conf";
import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import { requestStarted } from "@tsgo/core/server-signals";
import { shuttingDown } from "@tsgo/core/setup";
import { closest } from "@tsgo/utils/nearest-name";

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import { resetQueries } from "../backends/base/observers.ts";
import type { DatabaseSettings } from "../backends/base/wrapper.ts";
import { createConnection } from "./create-connection.ts";

export { createConnection } from "./create-connection.ts";

/** The alias that counts where none is named. */
export const DEFAULT_DB_ALIAS = "default";

/** The databases that DATABASES names; each is opened when it is first used. Answers to `django.db.connections`. */
export class ConnectionHandler {
  readonly #open = new Map<string, BaseWrapper>();
  #configured: Readonly<Record<string, DatabaseSettings>> | undefined;
  #mirrors: Readonly<Record<string, string>> = {};
  #listening = false;

  /** The aliases that are configured. */
  get aliases(): string[] {
    return Object.keys(this.#databases());
  }

  /** @throws ImproperlyConfigured where no database has the alias. */
  get(asked: string = DEFAULT_DB_ALIAS): BaseWrapper {
    const alias = this.#mirrors[asked] ?? asked;
    const known = this.#open.get(alias);
    if (known !== undefined) return known;
    const databases = this.#databases();
    const entry = databases[alias];
    if (entry === undefined) {
      const hint = closest(alias, Object.keys(databases));
      throw new ImproperlyConfigured(
        `The database '${alias}' is not in DATABASES.${hint === undefined ? "" : ` Did you mean '${hint}'?`}`,
      );
    }
    const connection = createConnection(alias, entry);
    this.#open.set(alias, connection);
    this.#listen();
    return connection;
  }

  /** Puts a connection in the place of an alias, for tests and tools. Undefined takes it away. */
  set(alias: string, connection: BaseWrapper | undefined): void {
    if (connection === undefined) this.#open.delete(alias);
    else this.#open.set(alias, connection);
  }

  /** Uses these databases in place of the setting. `mirrors` has aliases that lead to the connection of another one. */
  configure(
    databases: Readonly<Record<string, DatabaseSettings>> | undefined,
    mirrors: Readonly<Record<string, string>> = {},
  ): void {
    this.#configured = databases;
    this.#mirrors = mirrors;
  }

  /** All connections that were opened. */
  all(): BaseWrapper[] {
    return [...this.#open.values()];
  }

  /** Closes all connections; they open again when they are used. */
  async closeAll(): Promise<void> {
    const open = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(open.map((connection) => connection.close()));
  }

  // With the first connection, since importing a module must do nothing.
  #listen(): void {
    if (this.#listening) return;
    this.#listening = true;
    requestStarted.connect(resetQueries);
    shuttingDown.connect(() => this.closeAll());
  }

  #databases(): Readonly<Record<string, DatabaseSettings>> {
    return this.#configured ?? (settings.DATABASES as unknown as Readonly<Record<string, DatabaseSettings>>);
  }
}

type Shared = typeof globalThis & { [key: symbol]: ConnectionHandler | undefined };
const KEY = Symbol.for("tsgo.orm.connections");

/** The databases of the project. */
export const connections: ConnectionHandler = ((globalThis as Shared)[KEY] ??= new ConnectionHandler());
