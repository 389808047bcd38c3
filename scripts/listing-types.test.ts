import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";

import { listingsOf } from "./listings.ts";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Writes each listing that runs as a module beside docs/listings, so that its imports resolve, and gives the files. */
function writeListings(folder: string): string[] {
  const files: string[] = [];
  for (const part of ["topics", "ref", "howto"])
    for (const page of readdirSync(join(ROOT, "docs", part)).filter((name) => name.endsWith(".md"))) {
      const text = readFileSync(join(ROOT, "docs", part, page), "utf8");
      for (const { info, code, line } of listingsOf(text)) {
        if (info[0] !== "ts" || !info.includes("run")) continue;
        // Blank lines in front keep the line numbers of the page in the compiler's messages.
        const file = `${part}-${page}.ts`.replace(".md", `-${String(line)}`);
        writeFileSync(join(folder, file), `${"\n".repeat(line - 1)}${code}\nexport {};\n`);
        files.push(file);
      }
    }
  return files;
}

test("the listings that run also compile", { timeout: 120_000 }, () => {
  const docs = join(ROOT, "docs");
  const folder = mkdtempSync(join(docs, ".types-"));
  try {
    const files = writeListings(folder);
    expect(files.length).toBeGreaterThan(20);
    // What a listing does not use, it may show all the same.
    const compilerOptions = { noUnusedLocals: false, noUnusedParameters: false, noImplicitReturns: false };
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ extends: "../../tsconfig.test.json", compilerOptions, include: [], files }),
    );
    const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
    const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], {
      encoding: "utf8",
    });
    expect(stdout).toBe("");
    expect(status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
