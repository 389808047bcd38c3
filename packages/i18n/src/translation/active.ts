// Which language is in force: for the process by the settings, for a request by what was activated in it.

import { contextVar } from "@tsgo/core/context";

// Null stands for "no translation at all", undefined for "nothing was activated here".
const active = contextVar<string | null>("language");

/** Makes a language the one in force for the rest of the running request. Django: `activate`. */
export function activate(language: string): void {
  active.set(language);
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
  const language = active.get();
  return language === undefined ? "en-us" : language;
}
