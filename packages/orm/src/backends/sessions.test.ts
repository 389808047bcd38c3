import { inspect } from "node:util";

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { connections, createConnection } from "../db/connections.ts";
import { executeSql } from "../db/execute-sql.ts";
import { atomic } from "../db/transaction.ts";
import { DataError } from "../exceptions.ts";
import { type TestDatabase, VENDORS, makeDatabase } from "../testdata/servers.ts";
import type { DatabaseSettings } from "./base/wrapper.ts";

const wanted = (vendor: string) => VENDORS.filter((each) => each === vendor);

async function single(sql: string, params: readonly unknown[] = []): Promise<unknown> {
  const { rows } = await executeSql<{ value: unknown }>(`SELECT ${sql} AS value`, params, { using: "own" });
  return rows[0]?.value;
}

describe.each(VENDORS.filter((vendor) => vendor !== "sqlite"))("a session of %s", (vendor) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await makeDatabase(vendor, "sessions");
  });

  afterEach(async () => {
    await connections.get("own").close();
    connections.set("own", undefined);
  });

  afterAll(() => database.drop());

  const open = (options: Readonly<Record<string, unknown>> = {}): void => {
    const settings: DatabaseSettings = { ...database.settings, OPTIONS: options };
    connections.set("own", createConnection("own", settings));
  };
  const level = async (): Promise<string> => {
    const sql = vendor === "mysql" ? "@@tx_isolation" : "current_setting('transaction_isolation')";
    return String(await atomic(() => single(sql), { using: "own" }))
      .toLowerCase()
      .replace("-", " ");
  };

  test.each(["read uncommitted", "read committed", "repeatable read", "SERIALIZABLE"])(
    "isolates transactions as isolationLevel says: %s",
    async (isolationLevel) => {
      open({ isolationLevel });
      expect(await level()).toBe(isolationLevel.toLowerCase());
    },
  );

  test("reads what is committed where nothing is said, and what the server has with null", async () => {
    open();
    expect(await level()).toBe("read committed");
    await connections.get("own").close();
    open({ isolationLevel: null });
    expect(await level()).toBe(vendor === "mysql" ? "repeatable read" : "read committed");
  });

  test("shows nobody its password", () => {
    connections.set("own", createConnection("own", { ...database.settings, PASSWORD: "hunter2" }));
    const shown = inspect(connections.get("own"));
    expect(shown).toContain("alias='own'");
    expect(shown).not.toContain("hunter2");
  });
});

describe.each(wanted("postgresql"))("a session of %s", (vendor) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await makeDatabase(vendor, "pgsession");
    // What a server may have been told, and a session of ours does not go by.
    const name = database.settings.NAME;
    await database.connection.execute(`ALTER DATABASE ${name} SET timezone = 'Europe/Berlin'`);
    await database.connection.execute(`ALTER DATABASE ${name} SET datestyle = 'German, DMY'`);
    connections.set("own", createConnection("own", database.settings));
  });

  afterAll(async () => {
    await connections.get("own").close();
    connections.set("own", undefined);
    await database.drop();
  });

  test("speaks UTC, and writes dates as ISO 8601 does", async () => {
    expect(await single("current_setting('TimeZone')")).toBe("UTC");
    expect(await single("date '2026-02-03'")).toBe("2026-02-03");
    expect(await single("timestamptz '2026-02-03 04:05:06+01'")).toBe("2026-02-03 03:05:06+00");
  });

  test("binds parameters on the server", async () => {
    expect(await single("?::text", ["\\' OR 1=1 -- $1 ?"])).toBe("\\' OR 1=1 -- $1 ?");
  });
});

describe.each(wanted("mysql"))("a session of %s", (vendor) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await makeDatabase(vendor, "mysession");
    await database.connection.execute("CREATE TABLE word (text varchar(5)) CHARACTER SET utf8mb4");
    const initCommand = "SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES', time_zone = '+05:00'";
    connections.set("own", createConnection("own", { ...database.settings, OPTIONS: { initCommand } }));
  });

  afterAll(async () => {
    await connections.get("own").close();
    connections.set("own", undefined);
    await database.drop();
  });

  test("speaks UTC and utf8mb4, and cuts nothing short, whatever else it was told", async () => {
    expect(await single("@@session.time_zone")).toBe("+00:00");
    expect(await single("@@character_set_client")).toBe("utf8mb4");
    expect(await single("?", ["😀"])).toBe("😀");
    expect(String(await single("@@sql_mode"))).toMatch(/ANSI_QUOTES.*STRICT_TRANS_TABLES/);
    const long = executeSql("INSERT INTO word VALUES (?)", ["toolong"], { using: "own" });
    await expect(long).rejects.toThrow(DataError);
  });

  test("NODE-23: values are data where the server was told that backslashes do not escape", async () => {
    for (const value of ["\xbf' OR 1=1 -- ", "\\' OR 1=1 -- ", "'", '"', "\\", "\\\\'"])
      expect(await single("?", [value])).toBe(value);
    await executeSql("INSERT INTO word VALUES (?)", ["\\'"], { using: "own" });
    const { rowCount } = await executeSql("SELECT 1 FROM word WHERE text = ?", ["\\' OR 1=1 -- "], { using: "own" });
    expect(rowCount).toBe(0);
    await expect(executeSql("SELECT 1; DROP TABLE word", [], { using: "own" })).rejects.toThrow("syntax");
    expect((await executeSql("SELECT text FROM word", [], { using: "own" })).rowCount).toBe(1);
  });
});
