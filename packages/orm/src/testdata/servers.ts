// The databases that tests of all three kinds run on. A server that does not answer is left out, unless
// TSGO_TEST_REQUIRE_SERVICES=1 says that there must be one.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { configureSettings, isConfigured } from "@tsgo/core/conf";

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import type { DatabaseSettings, Vendor } from "../backends/base/wrapper.ts";
import { connections, createConnection } from "../db/connections.ts";
import { introspect } from "../schema/introspection.ts";

const SERVERS: Readonly<Record<Exclude<Vendor, "sqlite">, DatabaseSettings>> = {
  postgresql: { ENGINE: "postgresql", NAME: "postgres", USER: "postgres", HOST: "127.0.0.1", PORT: 5432 },
  mysql: { ENGINE: "mariadb", NAME: "mysql", USER: "root", HOST: "127.0.0.1", PORT: 3306 },
};

const required = process.env["TSGO_TEST_REQUIRE_SERVICES"] === "1";

async function isWanted(vendor: Vendor): Promise<boolean> {
  if (vendor === "sqlite" || required) return true;
  const probe = createConnection("probe", SERVERS[vendor]);
  try {
    await probe.execute("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await probe.close();
  }
}

const vendors = ["sqlite", "postgresql", "mysql"] as const;
const wanted = await Promise.all(vendors.map(isWanted));

/** The kinds of databases to test on: SQLite, and the servers that answer. */
export const VENDORS: readonly Vendor[] = vendors.filter((_vendor, at) => wanted[at]);

/** Where a database of a test's own is. */
export interface Place {
  /** How to reach it, also from another process. */
  readonly settings: DatabaseSettings;
  /** Takes the database away. */
  readonly remove: () => void | Promise<void>;
}

/** A database of a test's own, under the alias `default`. */
export interface TestDatabase {
  readonly vendor: Vendor;
  readonly settings: DatabaseSettings;
  /** The connection under the alias `default`. */
  readonly connection: BaseWrapper;
  /** Drops all tables. */
  empty(): Promise<void>;
  /** Takes the database away. */
  drop(): Promise<void>;
}

let made = 0;

/** Makes an empty database. `purpose` goes into its name. */
export async function makePlace(vendor: Vendor, purpose: string): Promise<Place> {
  made += 1;
  const name = `tsgo_test_${purpose}_${process.pid}_${made}`;
  return vendor === "sqlite" ? fileDatabase(name) : serverDatabase(SERVERS[vendor], name);
}

/** Makes an empty database, which becomes the one of the alias `default`. */
export async function makeDatabase(vendor: Vendor, purpose: string): Promise<TestDatabase> {
  if (!isConfigured()) configureSettings({});
  const place = await makePlace(vendor, purpose);
  connections.configure({ default: place.settings });
  return {
    vendor,
    settings: place.settings,
    get connection() {
      return connections.get();
    },
    empty: () => dropTables(connections.get()),
    async drop() {
      await connections.closeAll();
      connections.configure(undefined);
      await place.remove();
    },
  };
}

function fileDatabase(name: string): Place {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  const settings = { ENGINE: "sqlite", NAME: join(folder, "db.sqlite3") };
  return { settings, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

async function serverDatabase(server: DatabaseSettings, name: string): Promise<Place> {
  const admin = async (sql: string): Promise<void> => {
    const connection = createConnection("admin", server);
    try {
      await connection.execute(sql);
    } finally {
      await connection.close();
    }
  };
  // As on the others, letters of another case are other letters.
  const collation = server.ENGINE === "mariadb" ? " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin" : "";
  await admin(`CREATE DATABASE ${name}${collation}`);
  const force = server.ENGINE === "postgresql" ? " WITH (FORCE)" : "";
  return { settings: { ...server, NAME: name }, remove: () => admin(`DROP DATABASE ${name}${force}`) };
}

/** Drops all tables. */
export async function dropTables(connection: BaseWrapper): Promise<void> {
  const tables = await introspect(connection).tableNames();
  if (tables.length === 0) return;
  const list = tables.map((table) => connection.quoteName(table)).join(", ");
  await connection.withConnection(async () => {
    if (connection.vendor === "postgresql") await connection.execute(`DROP TABLE ${list} CASCADE`);
    else {
      const [off, on] =
        connection.vendor === "sqlite"
          ? ["PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"]
          : ["SET FOREIGN_KEY_CHECKS = 0", "SET FOREIGN_KEY_CHECKS = 1"];
      await connection.execute(off);
      for (const table of tables) await connection.execute(`DROP TABLE ${connection.quoteName(table)}`);
      await connection.execute(on);
    }
  });
}
