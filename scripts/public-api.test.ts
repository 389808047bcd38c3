// What the packages export, name by name. A difference is a promise made or broken: look, then `npx vitest -u`.

import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

import { expect, test } from "vitest";

const packages = resolve(import.meta.dirname, "../packages");

interface Manifest {
  readonly name: string;
  readonly exports: Record<string, unknown>;
}

// Commands are found by their place, so their modules are listed in no map but their own.
const isModule = (entry: string): boolean => !entry.endsWith(".json") && !entry.includes("*");

test.for(readdirSync(packages))("%s exports what its list says", async (folder) => {
  const manifest = JSON.parse(readFileSync(join(packages, folder, "package.json"), "utf8")) as Manifest;
  const lines: string[] = [];
  for (const entry of Object.keys(manifest.exports).filter(isModule)) {
    const specifier = join(manifest.name, entry);
    const module = (await import(specifier)) as Record<string, unknown>;
    lines.push(
      specifier,
      ...Object.keys(module)
        .toSorted()
        .map((name) => `  ${name}`),
    );
  }
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(`api/${folder}.txt`);
});
