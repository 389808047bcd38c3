import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { expect, test } from "vitest";

const run = promisify(execFile);
const script = join(import.meta.dirname, "testdata/escape-and-sign.ts");

async function results(...args: string[]): Promise<string[]> {
  const flags = ["--conditions=@tsgo/source", "--import", "tsx", script];
  const { stdout } = await run(process.execPath, [...flags, ...args], { timeout: 15_000 });
  return JSON.parse(stdout) as string[];
}

test("NODE-05: properties that everything inherits change neither escaping nor signatures", async () => {
  const [clean, polluted] = await Promise.all([results(), results("polluted")]);
  expect(clean.slice(0, 3)).toEqual(["&lt;b&gt;", "false", "<i>&lt;b&gt;</i>"]);
  expect(polluted).toEqual(clean);
});
