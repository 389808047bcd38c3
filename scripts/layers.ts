// The layering of the packages: who may import whom, and that no file imports itself by a detour.

import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** Every package with those that it may import. `utils` and `core` go without saying above themselves. */
export const layers: Readonly<Record<string, readonly string[]>> = {
  utils: [],
  core: ["utils"],
  i18n: ["utils", "core"],
  storage: ["utils", "core"],
  cache: ["utils", "core"],
  http: ["utils", "core", "i18n", "storage"],
  orm: ["utils", "core", "i18n", "storage"],
  urls: ["utils", "core", "i18n", "http"],
  middleware: ["utils", "core", "i18n", "cache", "http", "urls"],
  template: ["utils", "core", "i18n", "cache", "http", "urls"],
  server: ["utils", "core", "i18n", "http", "urls", "middleware"],
  views: ["utils", "core", "i18n", "storage", "cache", "http", "orm", "urls", "middleware", "template", "server"],
  contrib: [
    "utils",
    "core",
    "i18n",
    "storage",
    "cache",
    "http",
    "orm",
    "urls",
    "middleware",
    "template",
    "server",
    "views",
  ],
  testing: [
    "utils",
    "core",
    "i18n",
    "storage",
    "cache",
    "http",
    "orm",
    "urls",
    "middleware",
    "template",
    "server",
    "views",
    "contrib",
  ],
};

const EVERYTHING = Object.keys(layers);
const mayImport = (name: string): readonly string[] => (name === "tsgo" ? EVERYTHING : (layers[name] ?? []));

/** Lists what breaks the layering below `root`, a line each; none means that all is well. */
export function findViolations(root: string): string[] {
  const packages = readdirSync(join(root, "packages"));
  return packages.flatMap((name) => [
    ...wrongManifest(root, name),
    ...wrongImports(root, name),
    ...rings(join(root, "packages", name, "src")),
  ]);
}

function wrongManifest(root: string, name: string): string[] {
  const file = join(root, "packages", name, "package.json");
  const manifest = JSON.parse(readFileSync(file, "utf8")) as { dependencies?: Record<string, string> };
  return siblings(Object.keys(manifest.dependencies ?? {}))
    .filter((sibling) => !mayImport(name).includes(sibling))
    .map((sibling) => `packages/${name}/package.json depends on '${sibling}', which is not below '${name}'`);
}

function wrongImports(root: string, name: string): string[] {
  const source = join(root, "packages", name, "src");
  return sourceFiles(source).flatMap((file) =>
    importsOf(file).flatMap(({ specifier }) => {
      const where = relative(root, file);
      if (specifier.startsWith(".")) {
        const inside = !relative(source, resolve(dirname(file), specifier)).startsWith("..");
        return inside ? [] : [`${where} reaches out of its package: ${specifier}`];
      }
      return siblings([specifier])
        .filter((sibling) => sibling !== name && !mayImport(name).includes(sibling))
        .map((sibling) => `${where} imports '${sibling}', which is not below '${name}'`);
    }),
  );
}

/** Rings of files that import each other at run time; what is imported for its type only does not count. */
function rings(source: string): string[] {
  const files = sourceFiles(source);
  const found: string[] = [];
  const state = new Map<string, "open" | "done">();
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open") {
      const ring = [...path.slice(path.indexOf(file)), file].map((each) => relative(source, each));
      found.push(`ring in ${relative(resolve(source, "../../.."), source)}: ${ring.join(" -> ")}`);
      return;
    }
    state.set(file, "open");
    for (const { specifier, typeOnly } of importsOf(file)) {
      if (!typeOnly && specifier.startsWith(".")) visit(resolve(dirname(file), specifier), [...path, file]);
    }
    state.set(file, "done");
  };
  for (const file of files) visit(file, []);
  return found;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !/\.test(-d)?\.ts$|testdata/.test(file))
    .map((file) => join(folder, file));
}

// The formatter leaves one shape of import: at the start of a line, in double quotes.
const STATIC = /^(?:import|export)\s+(type\s)?(?:[^;"']*?\sfrom\s+)?"([^"]+)"/gm;

function importsOf(file: string): { specifier: string; typeOnly: boolean }[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return []; // the compiler tells of imports that lead nowhere
  }
  return [...text.matchAll(STATIC)].map((match) => ({ typeOnly: match[1] !== undefined, specifier: match[2] ?? "" }));
}

function siblings(specifiers: readonly string[]): string[] {
  return specifiers.flatMap((specifier) => {
    const scoped = /^@tsgo\/([^/]+)/.exec(specifier);
    if (scoped?.[1] !== undefined) return [scoped[1]];
    return specifier === "tsgo" || specifier.startsWith("tsgo/") ? ["tsgo"] : [];
  });
}
