// Which language is in force: for the process by the settings, for a request by what was activated in it.

import { fromSettings } from "@tsgo/core/conf";
import { contextVar } from "@tsgo/core/context";

// Null stands for "no translation at all", undefined for "nothing was activated here".
const active = contextVar<string | null>("language");
const ofSettings = fromSettings(({ LANGUAGE_CODE, USE_I18N }) => ({ code: LANGUAGE_CODE, isTranslating: USE_I18N }));

/** Makes a language the one in force for the rest of the running request. Django: `activate`. */
export function activate(language: string): void {
  if (language !== "") active.set(language);
}

/** Goes back to the language of the settings. Django: `deactivate`. */
export function deactivate(): void {
  active.set(undefined);
}

/** Turns translation off: texts stay as they are in the source. Django: `deactivate_all`. */
export function deactivateAll(): void {
  active.set(null);
}

/**
 * Calls `fn` with a language in force, for all that it calls and awaits; null turns translation off.
 * Django: `override`.
 *
 * @example
 * override("de", () => gettext("Yes")); // "Ja"
 */
export function override<R>(language: string | null, fn: () => R): R {
  return active.run(language, fn);
}

/** The language code in force, null where translation is turned off. Django: `get_language`. */
export function getLanguage(): string | null {
  const { code, isTranslating } = ofSettings();
  if (!isTranslating) return code;
  const language = active.get();
  return language === undefined ? code : language;
}

/** Whether the language in force is written from right to left. Django: `get_language_bidi`. */
export function getLanguageBidi(): boolean {
  const language = getLanguage();
  return language !== null && rightToLeft().has(language.split("-", 1)[0] ?? "");
}

const rightToLeft = fromSettings(({ LANGUAGES_BIDI }) => new Set(LANGUAGES_BIDI));
