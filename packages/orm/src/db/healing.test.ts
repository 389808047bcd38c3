import { shutDown } from "@tsgo/core/setup";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import type { DatabaseSettings } from "../backends/base/wrapper.ts";
import { OperationalError, TransactionManagementError } from "../exceptions.ts";
import { type TestDatabase, VENDORS, makeDatabase } from "../testdata/servers.ts";
import { TcpRelay } from "../testdata/tcp-relay.ts";
import { connections, createConnection } from "./connections.ts";
import { atomic } from "./transaction.ts";

async function failureOf(connection: BaseWrapper, sql: string): Promise<unknown> {
  try {
    await connection.execute(sql);
    return undefined;
  } catch (error) {
    return error;
  }
}

async function single(connection: BaseWrapper, sql: string): Promise<unknown> {
  return (await connection.execute(sql)).rows[0]?.[0];
}

/** A promise, and what resolves it. */
function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open: (() => void) | undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open?.() };
}

const SERVER_ID = { postgresql: "SELECT pg_backend_pid()", mysql: "SELECT CONNECTION_ID()", sqlite: "" };

describe.each(VENDORS.filter((vendor) => vendor !== "sqlite"))("connections to %s", (vendor) => {
  let database: TestDatabase;
  let admin: BaseWrapper;
  const opened: BaseWrapper[] = [];

  beforeAll(async () => {
    database = await makeDatabase(vendor, "healing");
    admin = createConnection("admin", database.settings);
  });

  afterEach(async () => {
    connections.set("own", undefined);
    await Promise.all(opened.splice(0).map((connection) => connection.close()));
  });

  afterAll(async () => {
    await admin.close();
    await database.drop();
  });

  /** A connection under the alias `own`, that can be open once at a time unless something else is said. */
  function open(more: Partial<DatabaseSettings> = {}): BaseWrapper {
    const connection = createConnection("own", { ...database.settings, OPTIONS: { pool: { maxSize: 1 } }, ...more });
    opened.push(connection);
    connections.set("own", connection);
    return connection;
  }

  const serverId = async (connection: BaseWrapper): Promise<number> =>
    Number(await single(connection, SERVER_ID[vendor]));
  const kill = async (id: number): Promise<void> => {
    if (vendor === "mysql") await admin.execute(`KILL ${id}`);
    else await admin.execute("SELECT pg_terminate_backend($1)", [id]);
  };

  test("that the server ended fail a statement once at most, and the next one works", async () => {
    const connection = open();
    await kill(await serverId(connection));
    const first = await failureOf(connection, "SELECT 1");
    expect(first === undefined || first instanceof OperationalError).toBe(true);
    expect(Number(await single(connection, "SELECT 2"))).toBe(2);
  });

  test("are tried before they are used with CONN_HEALTH_CHECKS, so that nobody sees that one was lost", async () => {
    const connection = open({ CONN_HEALTH_CHECKS: true });
    for (let round = 0; round < 5; round += 1) {
      const id = await serverId(connection);
      await kill(id);
      expect(await serverId(connection)).not.toBe(id);
    }
  });

  test("that are lost inside of a transaction end it, and the next transaction works", async () => {
    const connection = open();
    await connection.execute("CREATE TABLE kept (id integer)");
    const failed = atomic(
      async () => {
        await connection.execute("INSERT INTO kept VALUES (1)");
        await kill(await serverId(connection));
        await connection.execute("INSERT INTO kept VALUES (2)");
      },
      { using: "own" },
    );
    await expect(failed).rejects.toThrow(OperationalError);
    await atomic(() => connection.execute("INSERT INTO kept VALUES (3)"), { using: "own" });
    expect((await connection.execute("SELECT id FROM kept")).rows).toEqual([[3]]);
    await connection.execute("DROP TABLE kept");
  });

  test("that are lost before the commit do not count as committed", async () => {
    const connection = open();
    const failed = atomic(async () => kill(await serverId(connection)), { using: "own" });
    await expect(failed).rejects.toThrow(OperationalError);
    expect(Number(await single(connection, "SELECT 1"))).toBe(1);
  });

  test("come back with their server", async () => {
    const relay = new TcpRelay(Number(database.settings.PORT));
    await relay.up();
    const connection = open({ PORT: relay.port, OPTIONS: { pool: { maxSize: 4 } } });
    const ask = (): Promise<unknown>[] => Array.from({ length: 8 }, () => single(connection, "SELECT 1"));
    await Promise.all(ask());
    await relay.down();
    const during = await Promise.allSettled(ask());
    expect(during.map((result) => result.status === "rejected" && result.reason instanceof OperationalError)).toEqual(
      during.map(() => true),
    );
    await relay.up();
    expect((await Promise.all(ask())).map(Number)).toEqual(Array.from({ length: 8 }, () => 1));
    await connection.close();
    await relay.down();
  });

  test("that cannot be made say which database was meant, and no password", async () => {
    const connection = open({ PORT: 1, PASSWORD: "hunter2" });
    const error = await failureOf(connection, "SELECT 1");
    expect(error).toBeInstanceOf(OperationalError);
    expect(String(error)).toContain("Cannot connect to the database 'own'");
    expect(String(error)).toContain("ECONNREFUSED");
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain("hunter2");
  });

  test("are waited for as long as OPTIONS.pool.timeout says, and the error tells what to do", async () => {
    const connection = open({ OPTIONS: { pool: { maxSize: 1, timeout: 0.4 } } });
    const begun = gate();
    const end = gate();
    const busy = connection.withConnection(() => {
      begun.open();
      return end.passed;
    });
    await begun.passed;
    await expect(connection.execute("SELECT 1")).rejects.toThrow(
      /no connection to the database 'own' within 0.4 s.*all 1 of the pool are in use.*maxSize/,
    );
    end.open();
    await busy;
    expect(Number(await single(connection, "SELECT 1"))).toBe(1);
  });

  test("never go back with a transaction that somebody began by hand", async () => {
    const connection = open();
    await connection.execute("CREATE TABLE kept (id integer)");
    await expect(connection.execute("BEGIN")).rejects.toThrow(TransactionManagementError);
    await expect(
      connection.withConnection(async () => {
        await connection.execute("BEGIN");
        await connection.execute("INSERT INTO kept VALUES (1)");
      }),
    ).rejects.toThrow(TransactionManagementError);
    await connection.withConnection(async () => {
      await connection.execute("BEGIN");
      await connection.execute("INSERT INTO kept VALUES (2)");
      await connection.execute("COMMIT");
    });
    expect((await connection.execute("SELECT id FROM kept")).rows).toEqual([[2]]);
    await connection.execute("DROP TABLE kept");
  });

  test("are kept for one use with CONN_MAX_AGE 0, and for all with null", async () => {
    const once = open({ CONN_MAX_AGE: 0 });
    expect(await serverId(once)).not.toBe(await serverId(once));
    const kept = open({ CONN_MAX_AGE: null });
    expect(await serverId(kept)).toBe(await serverId(kept));
  });

  test("are free again after a stream that was left early", async () => {
    const connection = open();
    const sql = vendor === "mysql" ? "SELECT seq FROM seq_1_to_20000" : "SELECT generate_series(1, 20000)";
    for (let round = 0; round < 3; round += 1) {
      for await (const rows of connection.stream(sql, [], 10)) {
        expect(rows).toHaveLength(10);
        break;
      }
      expect(Number(await single(connection, "SELECT 7"))).toBe(7);
    }
  });

  test("are held by no stream with DISABLE_SERVER_SIDE_CURSORS", async () => {
    const connection = open({
      DISABLE_SERVER_SIDE_CURSORS: true,
      OPTIONS: { pool: { maxSize: 1, timeout: 2 } },
    });
    const sql = vendor === "mysql" ? "SELECT seq FROM seq_1_to_20" : "SELECT generate_series(1, 20)";
    const sizes: number[] = [];
    for await (const rows of connection.stream(sql, [], 15)) {
      sizes.push(rows.length);
      await connection.execute("SELECT 1");
    }
    expect(sizes).toEqual([15, 5]);
  });

  test("all close, and open again when they are needed", async () => {
    const relay = new TcpRelay(Number(database.settings.PORT));
    await relay.up();
    const connection = open({ PORT: relay.port, OPTIONS: { pool: { maxSize: 3 } } });
    await Promise.all([1, 2, 3].map((n) => single(connection, `SELECT ${n}`)));
    expect(relay.connections).toBe(3);
    await connection.close();
    await expect.poll(() => relay.connections).toBe(0);
    expect(Number(await single(connection, "SELECT 1"))).toBe(1);
    await connection.close();
    await relay.down();
  });
});

test("all connections close when the process ends what it began", async () => {
  connections.configure({ default: { ENGINE: "sqlite", NAME: ":memory:" } });
  const connection = connections.get();
  await shutDown();
  expect(connections.all()).toEqual([]);
  expect(connections.get()).not.toBe(connection);
  connections.configure(undefined);
});
