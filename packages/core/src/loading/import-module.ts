import { relative } from "node:path";
import { pathToFileURL } from "node:url";

import { didYouMean } from "@tsgo/utils/nearest-name";

import { ImproperlyConfigured } from "../exceptions/configuration.ts";
import { enableTypeScript } from "./typescript.ts";
import { locateFailure } from "./failure.ts";
import { projectRoot } from "./project-root.ts";
import { resolveModule } from "./resolve.ts";

/** What a module exports, by name. */
export type ModuleExports = Readonly<Record<string, unknown>>;

/** Tells where a reference stands, so that a wrong one can be found: `"MIDDLEWARE[1]"`. */
export interface ImportOptions {
  readonly from?: string;
}

const loaded = new Map<string, ModuleExports>();

/**
 * Loads the module that a reference names: one of the project (`"mysite/urls"`), else one of a package
 * (`"tsgo/middleware/security"`).
 *
 * Throws ImproperlyConfigured where there is no such module, with the nearest name, and where it fails while it
 * is loaded, with file, line and cause.
 */
export async function importModule(reference: string, options: ImportOptions = {}): Promise<ModuleExports> {
  return explaining(options, async () => {
    const module = await importFile(resolveModule(reference));
    loaded.set(reference, module);
    return module;
  });
}

/**
 * Loads what a reference to an export names: `"mysite/wsgi:application"`. Answers to Django's `import_string`.
 * Throws ImproperlyConfigured like `importModule`, and where the module has no such export.
 */
export async function importString(reference: string, options: ImportOptions = {}): Promise<unknown> {
  return explaining(options, async () => {
    const { module, name } = splitReference(reference);
    return exportOf(await importModule(module), module, name);
  });
}

/** Loads a file by its path, TypeScript included. Throws ImproperlyConfigured with file, line and cause. */
export async function importFile(file: string): Promise<ModuleExports> {
  if (/\.m?ts$/.test(file)) await enableTypeScript();
  try {
    return (await import(pathToFileURL(file).href)) as ModuleExports;
  } catch (error) {
    throw loadError(file, error);
  }
}

/** What `importModule` has loaded under this reference, for code that cannot wait. Throws where it has not. */
export function loadedModule(reference: string): ModuleExports {
  const module = loaded.get(reference);
  if (module === undefined)
    throw new ImproperlyConfigured(`The module '${reference}' has not been loaded; setup() loads what settings name.`);
  return module;
}

/** The export that a reference names, of a module that has been loaded already. See `loadedModule`. */
export function loadedExport(reference: string): unknown {
  const { module, name } = splitReference(reference);
  return exportOf(loadedModule(module), module, name);
}

function splitReference(reference: string): { module: string; name: string } {
  const [module = "", name, ...rest] = reference.split(":");
  if (!module || !name || rest.length > 0)
    throw new ImproperlyConfigured(
      `'${reference}' does not name an export: write the module, a colon and the name ("mysite/wsgi:application").`,
    );
  return { module, name };
}

function exportOf(exports: ModuleExports, module: string, name: string): unknown {
  if (Object.hasOwn(exports, name)) return exports[name];
  const hint = didYouMean(name, Object.keys(exports));
  throw new ImproperlyConfigured(`The module '${module}' has no export '${name}'.${hint}`);
}

function loadError(file: string, error: unknown): ImproperlyConfigured {
  // A module that fails because one that it imports failed has been explained already.
  if (error instanceof ImproperlyConfigured && error.cause !== undefined) return error;
  const place = locateFailure(error, file);
  const where = `${fromRoot(place.file)}${place.line === undefined ? "" : `:${place.line}`}`;
  const through = place.file === file ? "" : ` (loaded by ${fromRoot(file)})`;
  return new ImproperlyConfigured(`${where}: ${place.reason}${through}`, { cause: error });
}

function fromRoot(file: string): string {
  const path = relative(projectRoot(), file);
  return path.startsWith("..") ? file : path;
}

async function explaining<T>({ from }: ImportOptions, load: () => Promise<T>): Promise<T> {
  if (from === undefined) return load();
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof ImproperlyConfigured)) throw error;
    throw new ImproperlyConfigured(`${from}: ${error.message}`, { cause: error.cause ?? error });
  }
}
