// Finds the libraries of tags and filters: of each application, and those that the options of an engine name.

import { basename, join } from "node:path";

import { apps } from "@tsgo/core/apps";
import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import { importFile, importModule, listModules } from "@tsgo/core/loading";

import { InvalidTemplateLibrary } from "../errors.ts";
import { Library } from "../library/library.ts";

type Named = readonly [name: string, library: Library];

/**
 * The libraries that `{% load %}` can name: the modules of `<app>/templatetags/` by the name of their file, and those
 * of the option `libraries`, which win.
 *
 * @throws InvalidTemplateLibrary where a module has no `register`.
 */
export async function loadLibraries(option: unknown, place: string): Promise<Named[]> {
  const folders = apps.ready ? apps.getAppConfigs().map((app) => join(app.path, "templatetags")) : [];
  const found = await Promise.all(folders.map(loadFolder));
  return [...found.flat(), ...(await loadNamed(option, place))];
}

async function loadFolder(folder: string): Promise<Named[]> {
  const modules = [...listModules(folder)].filter(([name]) => basename(name) !== "index");
  return Promise.all(modules.map(async ([name, file]) => [name, libraryOf(await importFile(file), file)] as const));
}

async function loadNamed(option: unknown, place: string): Promise<Named[]> {
  if (option === undefined) return [];
  if (typeof option !== "object" || option === null) {
    throw new ImproperlyConfigured(`${place}: 'libraries' must be an object of names and references.`);
  }
  return Promise.all(
    Object.entries(option).map(async ([name, reference]: [string, unknown]) => {
      return [name, await loadLibrary(reference, `${place}, libraries.${name}`)] as const;
    }),
  );
}

/** The libraries that the option `builtins` makes known to every template. */
export async function loadBuiltins(option: unknown, place: string): Promise<Library[]> {
  if (option === undefined) return [];
  if (!Array.isArray(option)) throw new ImproperlyConfigured(`${place}: 'builtins' must be a list of references.`);
  return Promise.all(option.map((one: unknown, index) => loadLibrary(one, `${place}, builtins[${index}]`)));
}

async function loadLibrary(reference: unknown, from: string): Promise<Library> {
  if (reference instanceof Library) return reference;
  if (typeof reference !== "string") throw new ImproperlyConfigured(`${from} must be a reference to a module.`);
  return libraryOf(await importModule(reference, { from }), reference);
}

function libraryOf(module: Readonly<Record<string, unknown>>, name: string): Library {
  const register = module["register"];
  if (register instanceof Library) return register;
  throw new InvalidTemplateLibrary(
    `The module '${name}' has no library: write 'export const register = new Library();' and register tags and filters with it.`,
  );
}
