import { lstatSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import { checkoutFolder } from "./checkout.ts";

// What a new project needs to run and to be type-checked.
const NEEDED = ["tsgo", "typescript", "@types/node"];

/**
 * Links the packages that a new project needs to those of the checkout that tsgo runs from, so that the project
 * works at once and offline. Gives the checkout's folder, or undefined where tsgo is installed: then `npm install`
 * brings the packages.
 */
export function linkPackages(project: string): string | undefined {
  const checkout = checkoutFolder();
  if (checkout === undefined) return undefined;
  const links = new Map(NEEDED.map((name) => [join("node_modules", name), packageFolder(name)]));
  const compiler = packageFolder("typescript");
  if (compiler !== undefined) links.set(join("node_modules", ".bin", "tsc"), join(compiler, "bin", "tsc"));
  for (const [path, target] of links) {
    const link = join(project, path);
    if (target === undefined || lstatSync(link, { throwIfNoEntry: false })) continue;
    mkdirSync(dirname(link), { recursive: true });
    // Windows makes junctions without special rights; elsewhere the word says nothing.
    symlinkSync(target, link, "junction");
  }
  return checkout;
}

/** The version of a package as it is installed beside tsgo, or undefined. */
export function installedVersion(name: string): string | undefined {
  const folder = packageFolder(name);
  if (folder === undefined) return undefined;
  return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string }).version;
}

function packageFolder(name: string): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}
