// Formats that belong to a language: the project's own modules, and those that are built in.

import { fromSettings } from "@tsgo/core/conf";
import { findModule, importModule } from "@tsgo/core/loading";

import { toLocale } from "../translation/codes.ts";
import { english } from "./english.ts";
import { separatorsOf } from "./separators.ts";

/** The formats of a language. Those that a module leaves out are taken from the next one. */
export interface Formats {
  readonly DATE_FORMAT: string;
  readonly TIME_FORMAT: string;
  readonly DATETIME_FORMAT: string;
  readonly YEAR_MONTH_FORMAT: string;
  readonly MONTH_DAY_FORMAT: string;
  readonly SHORT_DATE_FORMAT: string;
  readonly SHORT_DATETIME_FORMAT: string;
  /** 0 is Sunday. */
  readonly FIRST_DAY_OF_WEEK: number;
  readonly DATE_INPUT_FORMATS: readonly string[];
  readonly TIME_INPUT_FORMATS: readonly string[];
  readonly DATETIME_INPUT_FORMATS: readonly string[];
  readonly DECIMAL_SEPARATOR: string;
  readonly THOUSAND_SEPARATOR: string;
  readonly NUMBER_GROUPING: number | readonly number[];
}

/** The name of a format. */
export type FormatName = keyof Formats;

/** All names of formats. */
export const formatNames = [
  "DATE_FORMAT",
  "TIME_FORMAT",
  "DATETIME_FORMAT",
  "YEAR_MONTH_FORMAT",
  "MONTH_DAY_FORMAT",
  "SHORT_DATE_FORMAT",
  "SHORT_DATETIME_FORMAT",
  "FIRST_DAY_OF_WEEK",
  "DATE_INPUT_FORMATS",
  "TIME_INPUT_FORMATS",
  "DATETIME_INPUT_FORMATS",
  "DECIMAL_SEPARATOR",
  "THOUSAND_SEPARATOR",
  "NUMBER_GROUPING",
] as const satisfies readonly FormatName[];

let ownModules: ReadonlyMap<string, Partial<Formats>> = new Map();

const modulePaths = fromSettings(({ FORMAT_MODULE_PATH: paths }) =>
  typeof paths === "string" ? [paths] : (paths ?? []),
);
const languages = fromSettings(({ LANGUAGES }) => LANGUAGES.map(([code]) => code));

/**
 * Imports the project's modules of formats: `<FORMAT_MODULE_PATH>/<locale>/formats` for each of its languages. Done once
 * when a project is set up.
 *
 * @throws ImproperlyConfigured where a module fails while it is loaded.
 */
export async function prepareFormats(): Promise<void> {
  const loaded = new Map<string, Partial<Formats>>();
  for (const path of modulePaths().toReversed()) {
    for (const language of languages()) {
      const reference = `${path}/${toLocale(language)}/formats`;
      if (findModule(reference) === undefined) continue;
      loaded.set(language, {
        ...loaded.get(language),
        ...(await importModule(reference, { from: "FORMAT_MODULE_PATH" })),
      });
    }
  }
  ownModules = loaded;
}

/** The formats of a language, those of a variant before those of the language itself. */
export function formatsFor(language: string): Partial<Formats> {
  const main = language.split("-", 1)[0] ?? language;
  const known = main === "en" ? english : separatorsOf(language);
  return { ...known, ...ownModules.get(main), ...ownModules.get(language) };
}
