// The functions that translate a text into the language in force.

import { LazyText } from "@tsgo/utils/functional";
import type { Translator } from "@tsgo/utils/translation";

import { getLanguage } from "./active.ts";
import { cataloguesFor, loadCatalogues } from "./catalogues.ts";

/** The translation of a text, or the text itself where there is none. Django: `gettext`. */
export function gettext(message: string): string {
  return translate(message, undefined) ?? message;
}

/** The translation of a text that has several meanings, told apart by `context`. Django: `pgettext`. */
export function pgettext(context: string, message: string): string {
  return translate(message, context) ?? message;
}

/** The translation of a text in the form that goes with `count`. Django: `ngettext`. */
export function ngettext(singular: string, plural: string, count: number): string {
  return translatePlural(singular, count, undefined) ?? (count === 1 ? singular : plural);
}

/** `ngettext` for a text that has several meanings. Django: `npgettext`. */
export function npgettext(context: string, singular: string, plural: string, count: number): string {
  return translatePlural(singular, count, context) ?? ngettext(singular, plural, count);
}

/** Marks a text for translation and leaves it as it is. Django: `gettext_noop`. */
export function gettextNoop(message: string): string {
  return message;
}

/** A text that is translated each time it is read. Django: `gettext_lazy`. */
export function gettextLazy(message: string): LazyText {
  return new LazyText(() => gettext(message));
}

/** `pgettext`, each time it is read. Django: `pgettext_lazy`. */
export function pgettextLazy(context: string, message: string): LazyText {
  return new LazyText(() => pgettext(context, message));
}

/** `ngettext` with the count put for `%(name)s` or `%d`, each time it is read. Django: `ngettext_lazy`. */
export function ngettextLazy(singular: string, plural: string, count: number): LazyText {
  return new LazyText(() => ngettext(singular, plural, count).replace(/%(?:\(\w+\))?[ds]/, String(count)));
}

const translator: Translator = { gettext, pgettext, ngettext, npgettext };

/**
 * Reads all catalogues, once when a project is set up; until then texts stay as they are in the source.
 *
 * @throws Error where a catalogue cannot be read or has a broken plural rule.
 */
export function prepareTranslations(): Promise<void> {
  return loadCatalogues(translator);
}

function translate(message: string, context: string | undefined): string | undefined {
  const language = getLanguage();
  if (language === null || message === "") return undefined;
  const key = unixNewlines(message);
  for (const catalogue of cataloguesFor(language)) {
    const found = catalogue.translate(key, context);
    if (found !== undefined) return found;
  }
  return undefined;
}

function translatePlural(singular: string, count: number, context: string | undefined): string | undefined {
  const language = getLanguage();
  if (language === null) return undefined;
  const key = unixNewlines(singular);
  for (const catalogue of cataloguesFor(language)) {
    const found = catalogue.translatePlural(key, count, context);
    if (found !== undefined) return found;
  }
  return undefined;
}

// Catalogues have single line feeds, a template may come from another system.
function unixNewlines(message: string): string {
  return message.includes("\r") ? message.replaceAll(/\r\n?/g, "\n") : message;
}
