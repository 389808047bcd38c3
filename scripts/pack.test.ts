// The packages as a user receives them: packed, installed into an empty folder, and used from there.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type Packed, packAll } from "./pack.ts";

const run = promisify(execFile);
const checkout = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "tsgo-pack-"));
const home = join(folder, "user");
let packed: Packed[];

// What a package may bring. A new name here is a decision: alive, small, allows Node 20.19.
const REVIEWED = [
  "better-sqlite3",
  "chokidar",
  "commander",
  "decimal.js",
  "dotenv",
  "entities",
  "gettext-parser",
  "image-size",
  "knex",
  "mime",
  "nunjucks",
  "postgres-array",
  "temporal-polyfill",
  "tsx",
  "yaml",
];

interface Manifest {
  readonly name: string;
  readonly scripts?: Record<string, string>;
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

beforeAll(async () => {
  packed = await packAll(join(folder, "tarballs"));
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function filesOf({ tarball }: Packed): Promise<string[]> {
  const { stdout } = await run("tar", ["-tzf", tarball]);
  return stdout.trim().split("\n");
}

async function manifestOf({ tarball }: Packed): Promise<Manifest> {
  const { stdout } = await run("tar", ["-xzOf", tarball, "package/package.json"]);
  return JSON.parse(stdout) as Manifest;
}

test("NODE-61: a package brings no test, secret, map or script, and depends on reviewed packages by range", async () => {
  for (const each of packed) {
    const manifest = await manifestOf(each);
    expect((await filesOf(each)).filter((file) => /\.test(-d)?\.|\.map$|(^|\/)\.env$|testdata/.test(file))).toEqual([]);
    expect(manifest.name).toMatch(/^(tsgo|@tsgo\/[a-z0-9]+)$/);
    expect(Object.keys(manifest.scripts ?? {}).filter((name) => /install|prepare/.test(name))).toEqual([]);
    const brought = Object.entries({ ...manifest.dependencies, ...manifest.optionalDependencies });
    expect(brought.filter(([, range]) => !/^\^?\d+\.\d+\.\d+$/.test(range))).toEqual([]);
    const names = brought.map(([name]) => name);
    expect(names.filter((name) => !name.startsWith("@tsgo/") && !REVIEWED.includes(name))).toEqual([]);
  }
});

test("the templates of projects and apps and the launcher travel with the packages", async () => {
  const files = (await Promise.all(packed.map(filesOf))).flat();
  expect(files).toContain("package/bin/tsgo-admin.js");
  expect(files.filter((file) => file.startsWith("package/templates/project/")).length).toBeGreaterThan(5);
});

// Compiling the driver takes over a minute; the checkout has it where this Node needs it.
function linkOptional(): void {
  const driver = join(checkout, "node_modules/better-sqlite3");
  if (existsSync(driver)) symlinkSync(driver, join(home, "node_modules/better-sqlite3"));
}

function node(args: string[], cwd: string): Promise<{ stdout: string }> {
  return run(process.execPath, args, { cwd, env: { ...process.env, NODE_OPTIONS: "" } });
}

describe("installed into an empty folder", () => {
  let unreachable: string | undefined;

  beforeAll(async () => {
    mkdirSync(home);
    const tarballs = packed.map(({ name, tarball }) => [name, `file:${tarball}`] as const);
    const manifest = { private: true, type: "module", dependencies: Object.fromEntries(tarballs) };
    writeFileSync(join(home, "package.json"), JSON.stringify({ ...manifest, overrides: Object.fromEntries(tarballs) }));
    try {
      await run("npm", ["install", "--prefer-offline", "--omit=optional", "--no-package-lock"], { cwd: home });
    } catch (error) {
      const text = String((error as { stderr?: unknown }).stderr);
      if (!/ENOTCACHED|ENOTFOUND|ECONNREFUSED|EAI_AGAIN/.test(text)) throw error;
      unreachable = text;
      return;
    }
    linkOptional();
  }, 240_000);

  test("a project is made, checked, migrated and served", { timeout: 120_000 }, async (context) => {
    if (unreachable !== undefined) return context.skip("the registry cannot be reached and npm has no copy");
    await node([join(home, "node_modules/tsgo/bin/tsgo-admin.js"), "startproject", "mysite"], home);
    const project = join(home, "mysite");
    expect(JSON.parse(readFileSync(join(project, "package.json"), "utf8"))).toMatchObject({
      dependencies: { tsgo: expect.stringMatching(/^\^?\d+\.\d+\.\d+$/) },
    });

    const { stdout: version } = await node(["manage.js", "version"], project);
    expect(version.trim()).toMatch(/^\d+\.\d+\.\d+$/);
    const { stdout: checked } = await node(["manage.js", "check"], project);
    expect(checked).toContain("no issues");
    await node(["manage.js", "migrate"], project);

    const server = spawn(process.execPath, ["manage.js", "runserver", "--noreload", "0"], { cwd: project });
    try {
      const url = await addressOf(server);
      expect((await fetch(url)).status).toBe(200);
    } finally {
      server.kill("SIGTERM");
      await once(server, "exit");
    }
    return undefined;
  });
});

async function addressOf(server: ReturnType<typeof spawn>): Promise<string> {
  let output = "";
  return new Promise((done, fail) => {
    const read = (data: unknown): void => {
      output += String(data);
      const address = /https?:\/\/127\.0\.0\.1:[1-9]\d*\//.exec(output);
      if (address !== null) done(address[0]);
    };
    server.stdout?.on("data", read);
    server.stderr?.on("data", read);
    server.once("exit", (code) => fail(new Error(`the server ended with ${code}:\n${output}`)));
  });
}
