import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { configureSettings, isConfigured } from "@tsgo/core/conf";
import { type ArgumentMap, type BaseCommand, callCommand } from "@tsgo/core/management";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { type ClientCommand, runClient } from "../../backends/base/client-command.ts";
import type { DatabaseSettings } from "../../backends/base/wrapper.ts";
import { connections, createConnection } from "../../db/connections.ts";
import DbShell from "./dbshell.ts";

if (!isConfigured()) configureSettings({});

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tsgo-dbshell-"));
  vi.stubEnv("PATH", folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  connections.configure(undefined);
  await connections.closeAll();
  rmSync(folder, { recursive: true, force: true });
});

/** A program that writes down what it was told. */
function stub(name: string, exitCode = 0): void {
  const code = `for arg; do printf '%s\\0' "$arg"; done > ${folder}/args\n/usr/bin/env -0 > ${folder}/env\nexit ${exitCode}\n`;
  writeFileSync(join(folder, name), `#!/bin/sh\n${code}`, { mode: 0o755 });
}

function told(file: string): string[] {
  return readFileSync(join(folder, file), "utf8").split("\0").slice(0, -1);
}

interface Told {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

async function dbshell(settings: DatabaseSettings, ...parameters: string[]): Promise<Told> {
  await connections.closeAll();
  connections.configure({ default: settings });
  const command: BaseCommand<ArgumentMap> = new DbShell();
  await callCommand(command, ...(parameters.length > 0 ? ["--", ...parameters] : []));
  const variables = told("env").map((text) => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)]);
  return { args: told("args"), env: Object.fromEntries(variables) as Record<string, string> };
}

function commandsOf(settings: DatabaseSettings): readonly ClientCommand[] {
  return createConnection("default", settings).clientCommands([]);
}

function psqlWith(ssl: unknown): ClientCommand | undefined {
  return commandsOf({ ENGINE: "postgresql", NAME: "shop", OPTIONS: { ssl } })[0];
}

const SERVER = { NAME: "shop", USER: "ann", PASSWORD: "s3cret", HOST: "db.example.com", PORT: 1234 };

describe("dbshell", () => {
  test("starts sqlite3 with the file", async () => {
    stub("sqlite3");
    const { args } = await dbshell({ ENGINE: "sqlite", NAME: "/srv/db.sqlite3" }, "-header", "SELECT 1");
    expect(args).toEqual(["/srv/db.sqlite3", "-header", "SELECT 1"]);
  });

  test("starts psql, which is told by the environment", async () => {
    stub("psql");
    const OPTIONS = { sslmode: "verify-full", sslrootcert: "/ca.pem" };
    // The certificates are read when a connection is opened, which is not done here.
    const { args, env } = await dbshell({ ENGINE: "postgresql", ...SERVER, OPTIONS }, "-c", "SELECT 1");
    expect(args).toEqual(["-c", "SELECT 1"]);
    expect(env).toMatchObject({
      PGDATABASE: "shop",
      PGUSER: "ann",
      PGPASSWORD: "s3cret",
      PGHOST: "db.example.com",
      PGPORT: "1234",
      PGSSLMODE: "verify-full",
      PGSSLROOTCERT: "/ca.pem",
    });
    expect(env).not.toHaveProperty("PGSSLCERT");
  });

  test("starts mariadb, or mysql where that is all there is", async () => {
    stub("mysql");
    const OPTIONS = { ssl_ca: "/ca.pem", ssl_mode: "verify_identity", read_default_file: "/my.cnf" };
    const { args, env } = await dbshell({ ENGINE: "mariadb", ...SERVER, OPTIONS }, "-e", "SELECT 1");
    expect(args).toEqual([
      "--defaults-file=/my.cnf",
      "--user=ann",
      "--host=db.example.com",
      "--port=1234",
      "--default-character-set=utf8mb4",
      "--ssl-ca=/ca.pem",
      "--database=shop",
      "--ssl",
      "--ssl-verify-server-cert",
      "-e",
      "SELECT 1",
    ]);
    expect(env).toMatchObject({ MYSQL_PWD: "s3cret" });
    const [mysql] = commandsOf({
      ENGINE: "mysql",
      NAME: "shop",
      HOST: "/run/mysqld.sock",
      OPTIONS: { ssl_mode: "required" },
    });
    expect(mysql).toMatchObject({ program: "mysql" });
    expect(mysql?.args).toEqual([
      "--socket=/run/mysqld.sock",
      "--default-character-set=utf8mb4",
      "--database=shop",
      "--ssl-mode=REQUIRED",
    ]);
  });

  test("says which program is missing, and ends as the program does", async () => {
    await expect(dbshell({ ENGINE: "postgresql", ...SERVER })).rejects.toThrow(
      "The program 'psql' is not installed, or not in a folder of PATH.",
    );
    await expect(dbshell({ ENGINE: "mysql", ...SERVER })).rejects.toThrow("The program 'mysql' or 'mariadb'");
    stub("psql", 3);
    await expect(dbshell({ ENGINE: "postgresql", ...SERVER })).rejects.toMatchObject({
      message: "psql ended with the code 3.",
      returnCode: 3,
    });
    chmodSync(join(folder, "psql"), 0o644);
    await expect(runClient([{ program: join(folder, "psql"), args: [], env: {} }])).rejects.toThrow(
      /could not be started/,
    );
  });

  test("refuses certificates that psql could not read", () => {
    expect(psqlWith(true)?.env).toMatchObject({ PGSSLMODE: "verify-full" });
    expect(psqlWith({ rejectUnauthorized: false })?.env).toMatchObject({ PGSSLMODE: "require" });
    expect(() => psqlWith({ ca: "-----BEGIN" })).toThrow(/Name the files in OPTIONS: sslmode, sslrootcert/);
  });

  const hostile = [
    "x; touch pwned",
    "-cfoo",
    "--version",
    "$(id)",
    "`id`",
    "a b",
    "host=evil",
    "postgresql://evil/x",
    "a\"b'c",
  ];

  test.each(["sqlite", "postgresql", "mariadb", "mysql"])(
    "NODE-69: names are names for %s, and nobody sees the password",
    async (ENGINE) => {
      for (const program of ["sqlite3", "psql", "mariadb", "mysql"]) stub(program);
      for (const name of hostile) {
        const { args, env } = await dbshell({ ENGINE, NAME: name, USER: name, HOST: name, PASSWORD: "s3cret" });
        expect(args.join(" ")).not.toContain("s3cret");
        // What is no value of an option is the path of a file.
        expect(args.filter((arg) => !arg.startsWith("/") && !arg.includes("="))).toEqual([]);
        const database =
          {
            sqlite: args[0],
            postgresql: env["PGDATABASE"],
          }[ENGINE] ?? args.find((arg) => arg.startsWith("--database="))?.slice("--database=".length);
        expect(database).toBe(ENGINE === "sqlite" ? resolve(name) : name);
      }
      expect(readdirSync(folder).toSorted()).toEqual(["args", "env", "mariadb", "mysql", "psql", "sqlite3"]);
    },
  );
});
