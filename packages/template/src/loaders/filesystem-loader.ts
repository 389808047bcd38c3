import { readFileSync, readdirSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";

import { Origin } from "../origin.ts";
import { SourceLoader } from "./source-loader.ts";

/**
 * Templates in folders, the first folder first. Django: `django.template.loaders.filesystem.Loader`.
 *
 * Files are read at once, without a promise: with the cached loader in front each is read a single time.
 */
export class FilesystemLoader extends SourceLoader {
  readonly #folders: () => readonly string[];
  readonly #name: string;

  /** @param folders The folders, or a function that is asked for them each time. */
  constructor(folders: readonly string[] | (() => readonly string[]), name = "FilesystemLoader") {
    super();
    this.#folders = typeof folders === "function" ? folders : () => folders;
    this.#name = name;
  }

  override names(): Iterable<string> {
    return this.#folders().flatMap(namesIn);
  }

  override *origins(name: string): Iterable<Origin> {
    for (const folder of this.#folders()) {
      const file = safeJoin(folder, name);
      if (file !== undefined) yield new Origin(file, name, this.#name);
    }
  }

  override read(origin: Origin): string | undefined {
    try {
      return readFileSync(origin.name, "utf8");
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }
}

const TEXT = /\.(?:html?|txt|xml|json|js|css|svg|md|csv|eml|webmanifest)$/i;

// A folder of templates can hold more than templates; what has the name of a text counts as one.
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && TEXT.test(entry.name))
      .map((entry) => relative(folder, `${entry.parentPath}${sep}${entry.name}`).replaceAll(sep, "/"));
  } catch {
    // A folder that is not there has no templates; that it is missing is another check's to tell.
    return [];
  }
}

/**
 * The path of a name inside a folder, or undefined where it would leave the folder: names are relative, and never lead out of it, neither by dots nor by being absolute, on any system.
 */
export function safeJoin(folder: string, name: string): string | undefined {
  if (name === "" || name.includes("\0") || name.includes("\\") || /^(?:\/|[a-z]:|[a-z]+:\/\/)/i.test(name)) {
    return undefined;
  }
  const root = resolve(folder);
  const file = join(root, name);
  return file.startsWith(root.endsWith(sep) ? root : root + sep) ? file : undefined;
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR";
}
