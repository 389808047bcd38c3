import { execFile } from "node:child_process";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { connections, createConnection } from "../../db/connections.ts";
import { atomic } from "../../db/transaction.ts";
import { OperationalError } from "../../exceptions.ts";
import { type TestDatabase, makeDatabase } from "../../testdata/servers.ts";

let database: TestDatabase;

beforeEach(async () => {
  database = await makeDatabase("sqlite", "source");
  await database.connection.execute("CREATE TABLE counter (n integer)");
  await database.connection.execute("INSERT INTO counter VALUES (0)");
});

afterEach(() => database.drop());

async function pragma(name: string): Promise<unknown> {
  return (await connections.get().execute(`PRAGMA ${name}`)).rows[0]?.[0];
}

async function pragmas(): Promise<unknown[]> {
  return [
    await pragma("foreign_keys"),
    await pragma("journal_mode"),
    await pragma("synchronous"),
    await pragma("busy_timeout"),
  ];
}

async function count(): Promise<unknown> {
  return (await connections.get().execute("SELECT n FROM counter")).rows[0]?.[0];
}

async function increment(): Promise<void> {
  await atomic(async () => {
    const before = Number(await count());
    await setTimeout(1);
    await connections.get().execute("UPDATE counter SET n = ?", [before + 1]);
  });
}

describe("a connection to a file", () => {
  test("keeps foreign keys, writes ahead, and waits for other writers", async () => {
    expect(await pragmas()).toEqual([1, "wal", 1, 5000]);
    expect(await atomic(pragmas)).toEqual([1, "wal", 1, 5000]);
  });

  test("takes a time to wait, PRAGMAs and the kind of transaction from OPTIONS", async () => {
    const options = { timeout: 0.5, initCommand: "PRAGMA cache_size = -123", transactionMode: "deferred" };
    connections.configure({ default: { ...database.settings, OPTIONS: options } });
    await connections.closeAll();
    expect([await pragma("busy_timeout"), await pragma("cache_size")]).toEqual([500, -123]);
    // Two transactions that only read do not exclude each other, and neither excludes a writer.
    const other = createConnection("other", database.settings);
    await atomic(async () => {
      expect(await count()).toBe(0);
      await other.execute("UPDATE counter SET n = 7");
      expect(await count()).toBe(0);
    });
    expect(await count()).toBe(7);
    await other.close();
  });

  test("that cannot be opened says which, as OperationalError", async () => {
    const connection = createConnection("default", { ENGINE: "sqlite", NAME: "/nowhere/at/all.sqlite3" });
    await expect((async () => connection.execute("SELECT 1"))()).rejects.toThrow(OperationalError);
    await expect(connection.withConnection(async () => undefined)).rejects.toThrow("/nowhere/at/all.sqlite3");
  });
});

describe("writers", () => {
  test("of one process wait for each other, and readers for nobody", async () => {
    const reads: unknown[] = [];
    const reading = (async () => {
      for (let round = 0; round < 10; round += 1) {
        reads.push(await count());
        await setTimeout(1);
      }
    })();
    await Promise.all(Array.from({ length: 20 }, increment));
    await reading;
    expect(await count()).toBe(20);
    expect(reads).toHaveLength(10);
  });

  test("of two processes wait for each other, and none is lost", async () => {
    const flags = ["--conditions=@tsgo/source", "--import", "tsx"];
    const script = join(import.meta.dirname, "testdata/writer.ts");
    const state = { ended: false };
    const child = promisify(execFile)(process.execPath, [...flags, script, database.settings.NAME, "50"]).finally(
      () => {
        state.ended = true;
      },
    );
    let own = 0;
    while (!state.ended) {
      await increment();
      own += 1;
      await setTimeout(5);
    }
    await child;
    expect(await count()).toBe(50 + own);
  });

  test("may write the rows of a query while they read it piece by piece", async () => {
    const connection = connections.get();
    await connection.execute("INSERT INTO counter VALUES (1), (2), (3), (4)");
    let read = 0;
    for await (const rows of connection.stream("SELECT n FROM counter ORDER BY n", [], 2)) {
      read += rows.length;
      await connection.execute("UPDATE counter SET n = n + 100 WHERE n = 0");
      await atomic(() => connection.execute("INSERT INTO counter VALUES (50)"));
    }
    expect(read).toBe(5);
  });
});
