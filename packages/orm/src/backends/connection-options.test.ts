import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { env } from "@tsgo/core/conf";
import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createConnection } from "../db/connections.ts";
import { connectionOptions as mysqlOptions } from "./mysql/connection-options.ts";
import { connectionOptions as postgresqlOptions } from "./postgresql/connection-options.ts";

let folder = "";
let authority = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tsgo-tls-"));
  authority = join(folder, "ca.pem");
  writeFileSync(authority, "the authority");
});

afterAll(() => rm(folder, { recursive: true }));

const postgresql = (options: object) => postgresqlOptions({ ENGINE: "postgresql", NAME: "x", OPTIONS: { ...options } });
const mysql = (options: object) => mysqlOptions({ ENGINE: "mysql", NAME: "x", OPTIONS: { ...options } });

describe("the way to a server", () => {
  test("is encrypted as libpq's sslmode says", () => {
    expect(postgresql({})).not.toHaveProperty("ssl");
    expect(postgresql({ sslmode: "disable" })).toMatchObject({ ssl: false });
    expect(postgresql({ sslmode: "require" })).toMatchObject({ ssl: { rejectUnauthorized: false } });
    expect(postgresql({ sslmode: "verify-full", sslrootcert: authority })["ssl"]).toEqual({
      rejectUnauthorized: true,
      ca: "the authority",
    });
    expect(postgresql({ sslrootcert: authority })["ssl"]).toMatchObject({ rejectUnauthorized: true });
  });

  test("is encrypted as ssl_mode of MySQL says", () => {
    expect(mysql({})).not.toHaveProperty("ssl");
    expect(mysql({ "ssl-mode": "REQUIRED" })).toMatchObject({
      ssl: { rejectUnauthorized: false, verifyIdentity: false },
    });
    expect(mysql({ ssl_mode: "VERIFY_IDENTITY", ssl_ca: authority })).toMatchObject({
      ssl: { rejectUnauthorized: true, verifyIdentity: true, ca: "the authority" },
    });
    expect(mysql({ ssl_mode: "DISABLED" })).toMatchObject({ ssl: false });
  });

  test("is not taken without encryption for a mode that cannot be had, or a file that is not there", () => {
    expect(() => postgresql({ sslmode: "prefer" })).toThrow("OPTIONS.sslmode must be one of 'disable', 'require'");
    expect(() => postgresql({ sslmode: "verify-fulll" })).toThrow("Did you mean 'verify-full'?");
    expect(() => mysql({ ssl_mode: "PREFERRED" })).toThrow(ImproperlyConfigured);
    expect(() => postgresql({ sslmode: "verify-ca", sslrootcert: join(folder, "no.pem") })).toThrow(
      "The file of the certificate authority for a database cannot be read",
    );
  });

  test("may be a socket, and has so many seconds to be found", () => {
    const socket = { ENGINE: "mysql", NAME: "x", HOST: "/run/mysqld/mysqld.sock", OPTIONS: { connect_timeout: 3 } };
    expect(mysqlOptions(socket)).toMatchObject({ socketPath: "/run/mysqld/mysqld.sock", connectTimeout: 3000 });
    expect(mysqlOptions(socket)).not.toHaveProperty("host");
    expect(postgresql({ connect_timeout: 3 })).toMatchObject({ connectionTimeoutMillis: 3000 });
  });
});

test.each([
  "charset=gbk",
  "multipleStatements=true",
  "flags=MULTI_STATEMENTS",
  "charsetNumber=28",
  "namedPlaceholders=1",
])("NODE-23: DATABASE_URL cannot weaken the quoting of values by %s", (query) => {
  process.env["NODE_23_URL"] = `mysql://root@127.0.0.1/x?${query}`;
  const entry = env.databaseUrl("NODE_23_URL");
  delete process.env["NODE_23_URL"];
  expect(() => createConnection("default", { NAME: "", ENGINE: "", ...entry })).toThrow(
    `OPTIONS cannot set '${query.split("=")[0]}'`,
  );
});
