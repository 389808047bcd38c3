// The functions that translate a text into the language in force.

import { LazyText } from "@tsgo/utils/functional";

/** The translation of a text, or the text itself where there is none. Django: `gettext`. */
export function gettext(message: string): string {
  return message;
}

/** The translation of a text that has several meanings, told apart by `context`. Django: `pgettext`. */
export function pgettext(_context: string, message: string): string {
  return message;
}

/** The translation of a text in the form that goes with `count`. Django: `ngettext`. */
export function ngettext(singular: string, plural: string, count: number): string {
  return count === 1 ? singular : plural;
}

/** `ngettext` for a text that has several meanings. Django: `npgettext`. */
export function npgettext(_context: string, singular: string, plural: string, count: number): string {
  return ngettext(singular, plural, count);
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
