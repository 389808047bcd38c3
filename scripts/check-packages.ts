// `npm run packages`: looks at every package as its user receives it, with publint and attw.

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import { packAll } from "./pack.ts";

const run = promisify(execFile);
const bin = resolve(import.meta.dirname, "../node_modules/.bin");

async function complaints(name: string, tarball: string): Promise<string[]> {
  const checks: [string, string[]][] = [
    ["publint", ["run", tarball, "--strict"]],
    ["attw", [tarball, "--profile", "esm-only", "--format", "ascii", "--no-color"]],
  ];
  const found: string[] = [];
  for (const [tool, args] of checks) {
    try {
      await run(join(bin, tool), args, { maxBuffer: 1 << 26 });
    } catch (error) {
      const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
      found.push(`${name}: ${tool} says\n${stdout}${stderr}`);
    }
  }
  return found;
}

const folder = mkdtempSync(join(tmpdir(), "tsgo-packages-"));
try {
  const found: string[] = [];
  for (const { name, tarball } of await packAll(folder)) {
    const problems = await complaints(name, tarball);
    console.log(`${problems.length === 0 ? "ok  " : "FAIL"} ${name}`);
    found.push(...problems);
  }
  for (const problem of found) console.error(problem);
  process.exitCode = found.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true });
}
