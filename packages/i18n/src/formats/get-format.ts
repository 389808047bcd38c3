// Formats of dates and numbers by their names: of the language in force, or else of the settings.

import { fromSettings } from "@tsgo/core/conf";
import type { Settings } from "@tsgo/core/conf";

import { getLanguage } from "../translation/active.ts";
import { type FormatName, type Formats, formatNames, formatsFor } from "./modules.ts";

/** Which language's formats to use. */
export interface FormatOptions {
  /** The language; the one in force unless given. */
  readonly lang?: string | null | undefined;
  /** Whether to use formats of a language at all, or those of the settings. */
  readonly useL10n?: boolean | null | undefined;
}

const ISO_INPUT: Readonly<Partial<Record<string, readonly string[]>>> = {
  DATE_INPUT_FORMATS: ["%Y-%m-%d"],
  TIME_INPUT_FORMATS: ["%H:%M:%S", "%H:%M:%S.%f", "%H:%M"],
  DATETIME_INPUT_FORMATS: ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
};

/**
 * The format of a name such as `DATE_FORMAT`. What is no name of a format is one itself, and comes back as it is.
 * Django: `get_format`.
 */
export function getFormat<N extends FormatName>(name: N, options?: FormatOptions): Formats[N];
export function getFormat(name: string, options?: FormatOptions): Formats[FormatName] | string;
export function getFormat(name: string, { lang, useL10n }: FormatOptions = {}): Formats[FormatName] | string {
  if (!isFormatName(name)) return name;
  const language = useL10n === false ? null : (lang ?? getLanguage());
  return resolved()(language)[name];
}

const knownNames: ReadonlySet<string> = new Set(formatNames);

function isFormatName(name: string): name is FormatName {
  return knownNames.has(name);
}

// All formats of a language, worked out once for each set of settings.
const resolved = fromSettings((settings) => {
  const known = new Map<string | null, Formats>();
  return (language: string | null): Formats => {
    let formats = known.get(language);
    if (formats === undefined) {
      formats = resolve(language, settings);
      // Languages are the project's own; codes that someone made up must not fill the memory.
      if (known.size < 200 && (language === null || language.length <= 100)) known.set(language, formats);
    }
    return formats;
  };
});

function resolve(language: string | null, settings: Settings): Formats {
  const own = language === null ? {} : formatsFor(language);
  const pairs = formatNames.map((name) => [name, withIso(name, own[name] ?? settings[name])]);
  return Object.fromEntries(pairs) as Formats;
}

// Machines write dates in the same way whatever the language.
function withIso(name: string, value: Formats[FormatName]): Formats[FormatName] {
  const iso = ISO_INPUT[name];
  if (iso === undefined || !Array.isArray(value)) return value;
  const formats: readonly string[] = value;
  return [...formats, ...iso.filter((format) => !formats.includes(format))];
}
