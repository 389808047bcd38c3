// knex holds the pool: how many connections there are, who waits for one, which of them still live.

import { createRequire } from "node:module";

import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import { getLogger } from "@tsgo/core/logging";
import type { Knex } from "knex";

const require = createRequire(import.meta.url);

/** What knex is told about the pool. */
export interface PoolSettings<C> {
  readonly min: number;
  readonly max: number;
  readonly idleTimeoutMillis?: number;
  readonly acquireTimeoutMillis?: number;
  readonly createTimeoutMillis?: number;
  readonly maxConnectionLifetimeMillis?: number;
  /** Whether a connection that was kept can be used. */
  readonly validate?: (connection: C) => boolean | Promise<boolean>;
}

/** A pool of connections of one kind. */
export interface Pool<C> {
  acquire(): Promise<C>;
  release(connection: C): Promise<void>;
  destroy(): Promise<void>;
  /** How many connections wait to be used, and how many are in use. */
  readonly usage: { readonly free: number; readonly used: number };
  /** How many wait for a connection to become free. */
  readonly waiting: number;
}

interface TarnPool {
  numFree(): number;
  numUsed(): number;
  numPendingAcquires(): number;
}

interface PoolingClient<C> {
  acquireConnection(): Promise<C>;
  releaseConnection(connection: C): Promise<void>;
  readonly pool?: TarnPool;
}

/** A pool of what one of knex's own dialects connects to. */
export function dialectPool<C>(
  client: string,
  connection: Readonly<Record<string, unknown>>,
  pool: PoolSettings<C>,
): Pool<C> {
  // knex counts its own waiting apart from that of the pool; the longer of the two must not be cut short.
  const { acquireTimeoutMillis = 60_000 } = pool;
  try {
    return wrap(
      loadKnex()({ client, connection, pool, acquireConnectionTimeout: acquireTimeoutMillis, log: quietLog }),
    );
  } catch (error) {
    if (!String(error).includes("npm install")) throw error;
    throw new ImproperlyConfigured(`A database in DATABASES needs the package '${client}': npm install ${client}`, {
      cause: error,
    });
  }
}

// A lost connection is told to whoever uses it; that it was dropped from the pool is for the curious.
function note(message: unknown): void {
  getLogger("tsgo.db.backends").debug(String(message));
}

const quietLog = { warn: note, error: note, deprecate: note, debug: note };

/** Whether the time ran out before there was a connection. */
export function isTimeout(error: unknown): boolean {
  return error instanceof Error && /Timeout/.test(error.name);
}

function loadKnex(): (config: Knex.Config) => Knex {
  // Loaded with the first connection: commands that touch no database need not wait for it.
  return require("knex") as (config: Knex.Config) => Knex;
}

function wrap<C>(instance: Knex): Pool<C> {
  const client = instance.client as PoolingClient<C>;
  return {
    acquire: () => client.acquireConnection(),
    release: (connection) => client.releaseConnection(connection),
    destroy: () => instance.destroy(),
    get usage() {
      return { free: client.pool?.numFree() ?? 0, used: client.pool?.numUsed() ?? 0 };
    },
    get waiting() {
      return client.pool?.numPendingAcquires() ?? 0;
    },
  };
}
