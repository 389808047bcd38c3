import { basename, extname, relative, sep } from "node:path";

/** What a change of a file calls for: another process, or only a word to the one that runs. */
export type ChangeKind = "restart" | "notify" | "ignore";

const IGNORED_FOLDERS = new Set(["node_modules", "dist", "coverage", "__pycache__"]);
const CODE = new Set([".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json"]);
// Databases, their journals, and what editors leave beside a file that is being saved.
const NOISE = /(?:\.sqlite3?(?:-\w+)?|\.db(?:-\w+)?|\.log|\.tmp|\.swp|\.swx|~|\.tsbuildinfo|\.map)$/;
// Vim tests with this name whether it may write into a folder.
const PROBE = "4913";

/** Whether a folder or file need not be watched at all, seen from the watched folder `root`. */
export function isIgnored(root: string, path: string): boolean {
  const parts = relative(root, path).split(sep);
  return parts.some(
    (part) => IGNORED_FOLDERS.has(part) || (part.startsWith(".") && !isEnvironment(part) && part !== ".."),
  );
}

/**
 * Code is read once by a process, so only a new process sees a change of it; everything else is for whoever
 * cached it. Code in a folder of static files is a browser's and nobody imports it here.
 */
export function classifyChange(root: string, path: string): ChangeKind {
  const name = basename(path);
  if (isIgnored(root, path) || NOISE.test(name) || name === PROBE) return "ignore";
  if (isEnvironment(name)) return "restart";
  if (!CODE.has(extname(name))) return "notify";
  return relative(root, path).split(sep).includes("static") ? "notify" : "restart";
}

function isEnvironment(name: string): boolean {
  return name === ".env" || name.startsWith(".env.");
}
