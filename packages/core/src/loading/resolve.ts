import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { builtinModules, createRequire } from "node:module";
import { dirname, join } from "node:path";

import { didYouMean } from "@tsgo/utils/nearest-name";

import { ImproperlyConfigured } from "../exceptions/configuration.ts";
import { projectRoot } from "./project-root.ts";

// Sources before what was built of them: where both stand side by side, the source is what was meant.
const ENDINGS = [".ts", ".js", ".mts", ".mjs", "/index.ts", "/index.js"];

/** The file of a module that a reference names, or undefined where there is none. */
export function findModule(reference: string): string | undefined {
  if (!isReference(reference)) return undefined;
  const inProject = join(projectRoot(), reference);
  return ENDINGS.map((ending) => inProject + ending).find(isFile) ?? findInPackages(reference);
}

/** Like `findModule`, but throws ImproperlyConfigured with the nearest name that exists. */
export function resolveModule(reference: string): string {
  const file = findModule(reference);
  if (file !== undefined) return file;
  if (!isReference(reference))
    throw new ImproperlyConfigured(
      `'${reference}' is not a reference to a module: write its path from the project's folder, ` +
        'without "./" and ending ("mysite/urls"), or the name of a package.',
    );
  throw new ImproperlyConfigured(
    `There is no module '${reference}', neither in ${projectRoot()} nor among the installed packages.` +
      hintFor(reference),
  );
}

/** The folder of an application: one in the project, or that of a package's module. Undefined where there is none. */
export function findFolder(reference: string): string | undefined {
  if (!isReference(reference)) return undefined;
  const inProject = join(projectRoot(), reference);
  if (existsSync(inProject) && statSync(inProject).isDirectory()) return inProject;
  const entry = findInPackages(reference);
  return entry === undefined ? undefined : dirname(entry);
}

/** Whether a package of that name can be imported, by the project or by tsgo itself. */
export function isPackage(name: string): boolean {
  return [projectRoot(), import.meta.dirname].some((folder) => findPackage(folder, name) !== undefined);
}

/** The module `name` in a folder, whatever its ending. */
export function findInFolder(folder: string, name: string): string | undefined {
  return ENDINGS.map((ending) => join(folder, name) + ending).find(isFile);
}

/**
 * The modules that lie in a folder, by name and in the order of their names; none where there is no such folder.
 * Tests, declarations and what begins with an underscore are not among them.
 */
export function listModules(folder: string): Map<string, string> {
  const modules = new Map<string, string>();
  if (!existsSync(folder)) return modules;
  for (const file of readdirSync(folder).sort()) {
    const [, name] = /^([A-Za-z][\w-]*)\.m?[jt]s$/.exec(file) ?? [];
    // "x.js" comes before "x.ts", and the source is what counts.
    if (name !== undefined) modules.set(name, join(folder, file));
  }
  return modules;
}

/** Whether a text can name a module at all: path segments, without dots that lead elsewhere and without a scheme. */
function isReference(reference: string): boolean {
  return /^(@?[\w-][\w.-]*)(\/[\w@-][\w.-]*)*$/.test(reference);
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function findInPackages(reference: string): string | undefined {
  if (!isDeclared(splitPackage(reference).name)) return undefined;
  // The project's packages first; the second look is for a program that runs outside of any project.
  for (const folder of [projectRoot(), import.meta.dirname]) {
    try {
      return createRequire(join(folder, "index.js")).resolve(reference);
    } catch {
      const entry = importOnlyEntry(folder, reference);
      if (entry !== undefined) return entry;
    }
  }
  return undefined;
}

// A mistyped application must not turn into whatever package has that name and happens to be installed: the
// project's package.json has to name it. Node's own modules are nothing that a setting could mean.
function isDeclared(name: string): boolean {
  if (builtinModules.includes(name)) return false;
  if (name === "tsgo" || name.startsWith("@tsgo/")) return true;
  const manifest = join(projectRoot(), "package.json");
  if (!existsSync(manifest)) return true;
  const fields = JSON.parse(readFileSync(manifest, "utf8")) as Record<string, object | undefined>;
  return ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"].some((field) =>
    Object.hasOwn(fields[field] ?? {}, name),
  );
}

// `require.resolve` does not see packages whose exports know the condition "import" alone.
function importOnlyEntry(folder: string, reference: string): string | undefined {
  const { name, subpath } = splitPackage(reference);
  const home = findPackage(folder, name);
  if (home === undefined) return undefined;
  const target = readExports(home)[subpath];
  const path = typeof target === "object" && target !== null && "import" in target ? target.import : undefined;
  const file = typeof path === "object" && path !== null && "default" in path ? path.default : path;
  return typeof file === "string" && isFile(join(home, file)) ? join(home, file) : undefined;
}

function splitPackage(reference: string): { name: string; subpath: string } {
  const parts = reference.split("/");
  const name = parts.splice(0, reference.startsWith("@") ? 2 : 1).join("/");
  return { name, subpath: [".", ...parts].join("/") };
}

function findPackage(folder: string, name: string): string | undefined {
  const home = join(folder, "node_modules", name);
  if (existsSync(join(home, "package.json"))) return home;
  const parent = dirname(folder);
  return parent === folder ? undefined : findPackage(parent, name);
}

function readExports(home: string): Record<string, unknown> {
  const { exports } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { exports?: unknown };
  return typeof exports === "object" && exports !== null ? { ...exports } : {};
}

function hintFor(reference: string): string {
  // As Python writes it.
  const slashed = reference.replaceAll(".", "/");
  if (slashed !== reference && findModule(slashed) !== undefined) return ` Did you mean '${slashed}'?`;
  return didYouMean(reference, [...neighbours(reference), ...packageEntries(reference)]);
}

// What stands beside a module that was not found, for "did you mean".
function neighbours(reference: string): string[] {
  const parent = dirname(reference);
  const folder = join(projectRoot(), parent);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || /\.m?[jt]s$/.test(entry.name))
    .map((entry) => entry.name.replace(/(\.d)?\.m?[jt]s$/, ""))
    .map((name) => (parent === "." ? name : `${parent}/${name}`));
}

function packageEntries(reference: string): string[] {
  const { name } = splitPackage(reference);
  const home = findPackage(projectRoot(), name);
  return home === undefined ? [] : Object.keys(readExports(home)).map((subpath) => name + subpath.slice(1));
}
