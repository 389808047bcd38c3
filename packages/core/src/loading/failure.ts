import { readFileSync } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

import { TsgoError } from "../exceptions/base.ts";
import { projectRoot } from "./project-root.ts";

/** Where a module failed to load, and why. */
export interface LoadFailure {
  readonly file: string;
  /** Counted from 1; undefined where nothing tells it. */
  readonly line: number | undefined;
  readonly reason: string;
}

/** Finds the place in the project's sources that an error of `import()` is about. `file` is what was imported. */
export function locateFailure(error: unknown, file: string): LoadFailure {
  if (!(error instanceof Error)) return { file, line: undefined, reason: String(error) };
  return fromTransform(error) ?? fromMissingModule(error) ?? fromStack(error, file);
}

// esbuild: "/path/file.ts:2:25: ERROR: Unexpected "=""
function fromTransform(error: Error): LoadFailure | undefined {
  const match = /^(.+?):(\d+):\d+: ERROR: (.*)$/m.exec(error.message);
  if (!match) return undefined;
  const [, file = "", line, reason = ""] = match;
  return { file, line: Number(line), reason: `SyntaxError: ${reason}` };
}

// "Cannot find module '/path/nope.ts' imported from /path/file.ts", "Package subpath './x' is not defined by "exports"
// in /path/package.json imported from /path/file.ts": the line must be looked for.
function fromMissingModule(error: Error): LoadFailure | undefined {
  const match = /^[^']*'(.+?)'.* imported from (.+?)(?:\n|$)/.exec(error.message);
  if (!match) return undefined;
  const [, missing = "", importer = ""] = match;
  const file = toPath(importer);
  return { file, line: lineOfImport(file, missing), reason: error.message };
}

function lineOfImport(file: string, missing: string): number | undefined {
  const lines = readLines(file);
  const index = lines.findIndex((line) =>
    [...line.matchAll(/["']([^"']+)["']/g)].some(([, specifier = ""]) => isNamedBy(specifier, missing, file)),
  );
  return index < 0 ? undefined : index + 1;
}

function isNamedBy(specifier: string, missing: string, file: string): boolean {
  if (missing.startsWith("./")) return specifier.endsWith(missing.slice(1));
  return specifier === missing || resolve(dirname(file), specifier) === missing;
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
}

// Node's syntax errors begin with "file:line", all others have it in their frames.
function fromStack(error: Error, file: string): LoadFailure {
  // What tsgo says itself needs no class to be understood.
  const reason = error instanceof TsgoError ? error.message : `${error.name}: ${error.message}`;
  const head = /^(?:file:\/\/)?(\/.+?|[A-Za-z]:.+?):(\d+)\n/.exec(error.stack ?? "");
  if (head) return { file: toPath(head[1] ?? file), line: Number(head[2]), reason };
  const frames = [
    ...(error.stack ?? "").matchAll(/(?:\(|at |async )((?:file:\/\/|\/|[A-Za-z]:\\)[^()\n]+?):(\d+):\d+\)?$/gm),
  ];
  const own = frames.map(([, path = "", line]) => ({ file: toPath(path), line: Number(line) }));
  const place = own.find((frame) => frame.file === file) ?? own.find((frame) => isOfProject(frame.file));
  return { file: place?.file ?? file, line: place?.line, reason };
}

function isOfProject(file: string): boolean {
  return file.startsWith(projectRoot() + sep) && !/[\\/]node_modules[\\/]/.test(file);
}

function toPath(place: string): string {
  return place.startsWith("file://") ? fileURLToPath(place) : place;
}
