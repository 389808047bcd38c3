import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { parse } from "dotenv";

import { ImproperlyConfigured } from "../exceptions/configuration.ts";

const fromFile = new Set<string>();

/**
 * Loads the project's `.env` into `process.env`; what is set there already wins. A built project, in `dist`, has
 * no `.env` of its own and takes the one above it. Throws ImproperlyConfigured for a name defined twice.
 */
export function loadDotenv(root: string): void {
  const file = findDotenv(root);
  if (file === undefined) return;
  const source = readFileSync(file, "utf8");
  refuseSecondDefinitions(file, source);
  for (const [name, value] of Object.entries(parse(source))) {
    if (name in process.env) continue;
    process.env[name] = value;
    fromFile.add(name);
  }
}

/** The environment without what came from `.env`: for a child process that shall read the file anew. */
export function environmentWithoutDotenv(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !fromFile.has(name)));
}

/**
 * A value as it must stand in `.env` to be read back equal. Throws a RangeError for one that holds all three
 * kinds of quotes, which the format cannot express.
 */
export function quoteForDotenv(value: string): string {
  if (/^[\w./:@-]*$/.test(value)) return value;
  // In double quotes `\n` would become a line's end; the other two keep everything.
  const quote = ["'", "`", '"'].find((mark) => !value.includes(mark) && !(mark === '"' && /\\[nr]/.test(value)));
  if (quote === undefined) throw new RangeError("A value with all three kinds of quotes cannot stand in .env.");
  return `${quote}${value}${quote}`;
}

function findDotenv(root: string): string | undefined {
  const folders = basename(root) === "dist" ? [root, dirname(root)] : [root];
  return folders.map((folder) => join(folder, ".env")).find((file) => existsSync(file));
}

function refuseSecondDefinitions(file: string, source: string): void {
  const lines = new Map<string, number>();
  const definition = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*("(?:\\.|[^"\\])*"|'[^']*'|`[^`]*`)?/gm;
  for (const match of source.matchAll(definition)) {
    const name = match[1] ?? "";
    const line = source.slice(0, match.index).split("\n").length;
    const first = lines.get(name);
    if (first !== undefined)
      throw new ImproperlyConfigured(`${file}:${line}: '${name}' is defined already in line ${first}. Remove one.`);
    lines.set(name, line);
  }
}
