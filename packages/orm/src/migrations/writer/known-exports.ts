// Finds under which name a function or class of the project can be imported again.

import { relative } from "node:path";

/** A module whose exports migrations may use, and how a migration file imports it. */
export interface KnownModule {
  readonly specifier: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

/** Where a value comes from. */
export interface ExportedName {
  readonly specifier: string;
  readonly name: string;
}

/** The export that is this very value, if a known module has it. */
export function findExport(value: unknown, modules: readonly KnownModule[]): ExportedName | undefined {
  for (const { specifier, exports } of modules)
    for (const [name, exported] of Object.entries(exports)) if (exported === value) return { specifier, name };
  return undefined;
}

/** How a file in `folder` imports a file of the same project: `../models.ts`. */
export function relativeSpecifier(folder: string, file: string): string {
  const path = relative(folder, file).replaceAll("\\", "/");
  return path.startsWith(".") ? path : `./${path}`;
}
