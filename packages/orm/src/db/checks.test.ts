import { type SettingsInput, configureSettings, isConfigured, overrideSettings } from "@tsgo/core/conf";
import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import { beforeAll, describe, expect, test } from "vitest";

import type { DatabaseSettings } from "../backends/base/wrapper.ts";
import { checkDatabases, checkRouters } from "./checks.ts";
import { createConnection } from "./create-connection.ts";

beforeAll(() => {
  if (!isConfigured()) configureSettings({});
});

const sqlite = { ENGINE: "sqlite", NAME: ":memory:" };

async function databasesWith(databases: SettingsInput["DATABASES"] & {}): Promise<string[]> {
  return overrideSettings({ DATABASES: databases }, async () => checkDatabases().map(String));
}

async function routersWith(...routers: readonly (string | object)[]): Promise<string[]> {
  return overrideSettings({ DATABASE_ROUTERS: routers }, async () => checkRouters().map(String));
}

describe("DATABASES", () => {
  test.each([
    [{ ENGINE: "sqlite", NAME: "db.sqlite3", OPTIONS: { timeout: 3, transactionMode: "deferred" } }],
    [{ ENGINE: "django.db.backends.postgresql", NAME: "x", OPTIONS: { pool: { maxSize: 3 }, isolationLevel: null } }],
    [{ ENGINE: "mariadb", NAME: "x", OPTIONS: { isolationLevel: "Repeatable Read" } }],
  ])("in order: %j", async (entry) => {
    expect(await databasesWith({ default: entry })).toEqual([]);
  });

  const faults: [DatabaseSettings | { readonly NAME: string }, string][] = [
    [{ ENGINE: "postgress", NAME: "x" }, "'postgress' is no ENGINE. Did you mean 'postgres'?"],
    [{ ENGINE: "constructor", NAME: "x" }, "'constructor' is no ENGINE."],
    [{ NAME: "x" }, "it has no ENGINE."],
    [{ ENGINE: "postgresql", NAME: "" }, "it has no NAME"],
    [{ ...sqlite, OPTIONS: { timout: 3 } }, "OPTIONS has no key 'timout' for SQLite. Did you mean 'timeout'?"],
    [{ ...sqlite, OPTIONS: { transactionMode: "later" } }, "OPTIONS.transactionMode must be one of 'DEFERRED'"],
    [
      { ENGINE: "mysql", NAME: "x", OPTIONS: { pool: { maxsize: 3 } } },
      "OPTIONS.pool has no key 'maxsize'. Did you mean 'maxSize'?",
    ],
    [{ ENGINE: "mysql", NAME: "x", OPTIONS: { pool: { minSize: 5, maxSize: 3 } } }, "minSize (5) is more than"],
    [
      { ENGINE: "mysql", NAME: "x", OPTIONS: { pool: { timeout: 0 } } },
      "OPTIONS.pool.timeout must be a number of seconds",
    ],
    [{ ENGINE: "mysql", NAME: "x", OPTIONS: { pool: true } }, "OPTIONS.pool must be an object"],
    [
      { ENGINE: "postgresql", NAME: "x", OPTIONS: { isolationLevel: "serialisable" } },
      "OPTIONS.isolationLevel must be 'read uncommitted'",
    ],
    [{ ...sqlite, AUTOCOMMIT: false }, "AUTOCOMMIT cannot be false"],
    [{ ENGINE: "mysql", NAME: "x", OPTIONS: { charset: "gbk" } }, "OPTIONS cannot set 'charset'"],
  ];

  test.each(faults)("with a fault: %j", async (entry, message) => {
    const found = await databasesWith({ default: entry });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain("DATABASES['default']: ");
    expect(found[0]).toContain(message);
    expect(() => createConnection("default", entry as DatabaseSettings)).toThrow(ImproperlyConfigured);
  });

  test("need a default, and another database to mirror", async () => {
    expect(await databasesWith({ defualt: sqlite })).toEqual([
      expect.stringContaining("DATABASES has no 'default'. Did you mean 'defualt'?") as string,
    ]);
    const mirror = (alias: string) =>
      databasesWith({ default: sqlite, replica: { ...sqlite, TEST: { MIRROR: alias } } });
    expect(await mirror("default")).toEqual([]);
    expect(await mirror("defalt")).toEqual([expect.stringContaining("Did you mean 'default'?") as string]);
    expect(await mirror("replica")).toHaveLength(1);
  });
});

describe("DATABASE_ROUTERS", () => {
  test("in order", async () => {
    expect(await routersWith({ dbForRead: () => "default" })).toEqual([]);
  });

  test("that nobody could ask are named by their place, with the nearest method", async () => {
    class Wrong {
      dbForReed(): string {
        return "default";
      }
    }
    const found = await routersWith({ allowMigrate: () => true }, new Wrong(), {});
    expect(found).toHaveLength(2);
    expect(found[0]).toContain("DATABASE_ROUTERS[1]: it has none of the methods dbForRead, dbForWrite");
    expect(found[0]).toContain("Did you mean 'dbForRead'?");
    expect(found[1]).toContain("DATABASE_ROUTERS[2]");
  });

  test("that were never loaded say so", async () => {
    expect(await routersWith("shop/routers:replica")).toEqual([
      expect.stringContaining("DATABASE_ROUTERS[0]: The module 'shop/routers' has not been loaded") as string,
    ]);
  });
});
