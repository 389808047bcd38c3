import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";

import { CommandError } from "../command-error.ts";

/**
 * Compiles a project with its own TypeScript into `target`. Gives what the compiler said, and whether it was
 * content. Throws CommandError where there is no compiler.
 */
export async function compile(
  root: string,
  target: string,
  sourceMaps: boolean,
): Promise<{ ok: boolean; output: string }> {
  const args = ["-p", root, "--rootDir", root, "--outDir", target, "--noEmit", "false", "--declaration", "false"];
  // Maps carry the sources and the paths of this machine: they are written only when asked for.
  args.push(
    "--sourceMap",
    String(sourceMaps),
    "--inlineSourceMap",
    "false",
    "--incremental",
    "false",
    "--pretty",
    "false",
  );
  const child = spawn(process.execPath, [compilerOf(root), ...args], {
    cwd: root,
    env: process.env,
    shell: false,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { ok: code === 0, output: stdout + stderr };
}

function compilerOf(root: string): string {
  try {
    const manifest = createRequire(join(root, "manage.js")).resolve("typescript/package.json");
    const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin: { tsc: string } };
    return join(dirname(manifest), bin.tsc);
  } catch (error) {
    throw new CommandError("The project has no TypeScript. Run `npm install --save-dev typescript`.", { cause: error });
  }
}
