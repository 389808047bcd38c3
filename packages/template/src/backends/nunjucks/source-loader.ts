import { readFileSync } from "node:fs";

import { TemplateDoesNotExist, type TriedOrigin } from "../../errors.ts";
import { safeJoin } from "../../loaders/filesystem-loader.ts";
import { Origin } from "../../origin.ts";

/** What nunjucks asks a loader for. */
export interface NunjucksSource {
  readonly src: string;
  readonly path: string;
  readonly noCache: boolean;
}

/** Finds templates for nunjucks in folders, with the same rules for names as the Django language has. */
export class NunjucksLoader {
  readonly async = false;
  /** Nunjucks keeps compiled templates here. */
  cache: Record<string, unknown> = {};
  readonly #folders: () => readonly string[];

  constructor(folders: () => readonly string[]) {
    this.#folders = folders;
  }

  /** @throws TemplateDoesNotExist with every folder that was tried. */
  getSource(name: string): NunjucksSource {
    const tried: TriedOrigin[] = [];
    for (const folder of this.#folders()) {
      const path = safeJoin(folder, name);
      if (path === undefined) continue;
      const src = read(path);
      if (src !== undefined) return { src, path, noCache: false };
      tried.push([new Origin(path, name, "NunjucksLoader"), "Source does not exist"]);
    }
    throw new TemplateDoesNotExist(name, { tried });
  }

  /** Forgets templates that were kept. */
  reset(): void {
    this.cache = {};
  }

  // Names are from the root; nunjucks asks for these two of every loader.
  isRelative(): boolean {
    return false;
  }

  resolve(_from: string, to: string): string {
    return to;
  }

  on(): void {}
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
