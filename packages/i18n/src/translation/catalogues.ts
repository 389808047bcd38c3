// All catalogues of the process. They are read once, when the project is set up; after that translating is synchronous.

import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

import { apps } from "@tsgo/core/apps";
import { settings } from "@tsgo/core/conf";
import { type Translator, useTranslator } from "@tsgo/utils/translation";

import { Catalogue, type CatalogueFile } from "./catalogue.ts";
import { toLanguage } from "./codes.ts";

let catalogues: ReadonlyMap<string, Catalogue> = new Map();
let chains = new Map<string, readonly Catalogue[]>();

/**
 * Reads the catalogues of the project (LOCALE_PATHS) and of its applications (`locale/` beside each), and translates
 * with them from then on. Of several translations of a text the one of the project counts, then that of the application
 * that stands first in INSTALLED_APPS. Calling it again reads everything anew.
 *
 * @param translate What the texts of utils are translated with.
 */
export async function loadCatalogues(translate: Translator): Promise<void> {
  const ofApps = apps.ready ? apps.getAppConfigs().map(({ path }) => join(path, "locale")) : [];
  const folders = [...settings.LOCALE_PATHS, ...ofApps];
  const loaded = new Map<string, Catalogue>();
  for (const folder of folders) await loadFolder(folder, loaded);
  catalogues = loaded;
  chains = new Map();
  useTranslator(translate);
}

async function loadFolder(folder: string, into: Map<string, Catalogue>): Promise<void> {
  const locales = await readdir(folder, { withFileTypes: true }).catch(ignoreMissing<never[]>([]));
  for (const { name } of locales.filter((entry) => entry.isDirectory())) {
    const file = await readCatalogue(join(folder, name, "LC_MESSAGES"));
    if (file === undefined) continue;
    const language = toLanguage(name);
    const catalogue = into.get(language) ?? new Catalogue();
    catalogue.add(file);
    into.set(language, catalogue);
  }
}

// The source counts where both are there: it cannot be out of date.
async function readCatalogue(folder: string): Promise<CatalogueFile | undefined> {
  const source = await readFile(join(folder, "django.po")).catch(ignoreMissing(undefined));
  const compiled = source ?? (await readFile(join(folder, "django.mo")).catch(ignoreMissing(undefined)));
  if (compiled === undefined) return undefined;
  // Loaded where there is something to parse: a project in one language does without.
  const { mo, po } = await import("gettext-parser");
  return source === undefined ? mo.parse(compiled) : po.parse(source);
}

function ignoreMissing<T>(instead: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return instead;
    throw error;
  };
}

/** More chains than any project has languages: codes come from visitors, and must not fill the memory. */
const MOST_REMEMBERED = 200;
const LONGEST_CODE = 100;

/**
 * The catalogues to look a text up in, in order: of `de-at` itself, of `de`, then of the language of the settings. For
 * English it is only its own: what has no translation into it is English already.
 */
export function cataloguesFor(language: string): readonly Catalogue[] {
  const known = chains.get(language);
  if (known !== undefined) return known;
  const codes = withParents(language);
  if (!language.startsWith("en")) codes.push(...withParents(settings.LANGUAGE_CODE));
  const chain = [...new Set(codes)].map((code) => catalogues.get(code)).filter((found) => found !== undefined);
  if (chains.size < MOST_REMEMBERED && language.length <= LONGEST_CODE) chains.set(language, chain);
  return chain;
}

function withParents(language: string): string[] {
  const parts = language.slice(0, LONGEST_CODE).toLowerCase().split("-");
  return parts.map((_, index) => parts.slice(0, parts.length - index).join("-"));
}
