import { existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";

/** Moves the databases of the last build into the next: their rows were made by nobody's compiler. */
export function keepDatabases(last: string, next: string): void {
  if (!existsSync(last)) return;
  for (const file of readdirSync(last, { recursive: true, encoding: "utf8" })) {
    if (!/\.sqlite3(-\w+)?$/.test(file)) continue;
    mkdirSync(dirname(join(next, file)), { recursive: true });
    renameSync(join(last, file), join(next, file));
  }
}
