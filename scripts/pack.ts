// Packs every package as it is published. Needs a build; gives the tarballs' paths.

import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "..");

// What stands at the top of the repository and travels inside a package.
const TRAVELS = [
  { from: "templates", to: "packages/core/templates" },
  { from: "bin", to: "packages/tsgo/bin" },
  ...readdirSync(join(root, "packages")).map((name) => ({ from: "LICENSE", to: `packages/${name}/LICENSE` })),
];

/** One packed package. */
export interface Packed {
  readonly name: string;
  readonly tarball: string;
}

/** Packs all packages into `folder`. */
export async function packAll(folder: string): Promise<Packed[]> {
  mkdirSync(folder, { recursive: true });
  for (const { from, to } of TRAVELS) cpSync(join(root, from), join(root, to), { recursive: true });
  try {
    const { stdout } = await run("npm", ["pack", "--workspaces", "--json", "--pack-destination", folder], {
      cwd: root,
      maxBuffer: 1 << 26,
    });
    return packedIn(stdout, folder);
  } finally {
    for (const { to } of TRAVELS) rmSync(join(root, to), { recursive: true });
  }
}

// npm up to 11 prints a list, npm 12 an object by name.
function packedIn(output: string, folder: string): Packed[] {
  const report = JSON.parse(output) as Record<string, { name: string; filename: string }>;
  return Object.values(report).map(({ name, filename }) => ({
    name,
    tarball: join(folder, filename.replace("@", "").replace("/", "-")),
  }));
}
