// Modules that a command wrote, compiled and loaded as a project would: from a folder of this checkout, so that they find its packages.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "..", "..", "..", "..");

/** A folder for modules; `remove` takes it away. */
export class WrittenModules {
  readonly folder: string = mkdtempSync(join(ROOT, "packages", "orm", ".written-"));
  readonly #files: string[] = [];

  /** Writes a module and gives its path. */
  write(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    this.#files.push(name);
    return path;
  }

  /** What the compiler says to all modules together: nothing, where they are right. */
  compile(): string {
    const tsconfig = { extends: join(ROOT, "tsconfig.test.json"), include: [], files: this.#files };
    writeFileSync(join(this.folder, "tsconfig.json"), JSON.stringify(tsconfig));
    const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
    return spawnSync(process.execPath, [tsc, "-p", this.folder, "--pretty", "false"], { encoding: "utf8" }).stdout;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
