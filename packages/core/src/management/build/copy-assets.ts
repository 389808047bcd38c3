import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";

// What is compiled, what is made anew, and what belongs to the machine and not to the program.
const LEFT_OUT_FOLDERS = new Set(["node_modules", "dist"]);
const LEFT_OUT_FILES = /\.(ts|mts|map|sqlite3|sqlite3-\w+|log)$|^tsconfig.*\.json$/;

/** Copies what a built project needs besides its modules: templates, static files, manage.js, package.json. */
export function copyAssets(source: string, target: string): void {
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    // Hidden files are left out, the secrets in `.env` first of all; links could lead anywhere.
    if (entry.name.startsWith(".")) continue;
    const from = join(source, entry.name);
    const to = join(target, entry.name);
    if (entry.isDirectory() && !LEFT_OUT_FOLDERS.has(entry.name)) copyAssets(from, to);
    else if (entry.isFile() && !LEFT_OUT_FILES.test(entry.name)) {
      mkdirSync(target, { recursive: true });
      copyFileSync(from, to);
    }
  }
}
