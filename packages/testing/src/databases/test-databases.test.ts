import { connect } from "node:net";

import { configureSettings, isConfigured, overrideSettings } from "@tsgo/core/conf";
import { setup } from "@tsgo/core/setup";
import { connections } from "@tsgo/orm/db";
import { beforeAll, describe, expect, test } from "vitest";

import { createTestDatabases } from "./test-databases.ts";

const name = `tsgo_testing_${process.pid}`;
const required = process.env["TSGO_TEST_REQUIRE_SERVICES"] === "1";
const SERVERS = [
  { ENGINE: "postgresql", NAME: name, HOST: "127.0.0.1", PORT: 5432, USER: "postgres" },
  { ENGINE: "mariadb", NAME: name, HOST: "127.0.0.1", PORT: 3306, USER: "root" },
];

beforeAll(async () => {
  if (!isConfigured()) configureSettings({ SECRET_KEY: "for tests only" });
  await setup();
});

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => done(socket.destroy() !== undefined));
    socket.once("error", () => done(false));
  });
}

async function tables(): Promise<number> {
  const { rows } = await connections.get().execute("SELECT * FROM tsgo_migrations");
  return rows.length;
}

test("on SQLite the test database is migrated, kept in memory, and gone afterwards", async () => {
  const changed = overrideSettings({ DATABASES: { default: { ENGINE: "sqlite", NAME: "/nowhere/db.sqlite3" } } });
  const databases = await createTestDatabases();
  expect(databases.names).toEqual({ default: ":memory:" });
  expect(await tables()).toBe(0);
  await databases[Symbol.asyncDispose]();
  expect(connections.all()).toEqual([]);
  changed[Symbol.dispose]();
});

describe.each(SERVERS)("on $ENGINE", (entry) => {
  test("a database beside the project's is made and taken away again", { timeout: 60_000 }, async (context) => {
    if (!required && !(await answers(entry.PORT))) return context.skip(`nothing answers on port ${entry.PORT}`);
    const changed = overrideSettings({ DATABASES: { default: entry } });
    const first = await createTestDatabases();
    expect(first.names).toEqual({ default: `test_${name}` });
    expect(await tables()).toBe(0);
    await connections.closeAll();

    // What a killed run leaves behind is replaced only where somebody agrees.
    await expect(createTestDatabases({ replace: () => false })).rejects.toThrow(`'test_${name}' is in the way`);
    const second = await createTestDatabases({ replace: () => true });
    await second[Symbol.asyncDispose]();
    await first[Symbol.asyncDispose]();
    changed[Symbol.dispose]();
    return undefined;
  });
});
