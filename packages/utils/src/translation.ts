// How texts of this package are translated. It knows no catalogues: i18n puts its own functions here.

/** The functions of gettext that texts in this package go through. */
export interface Translator {
  gettext(message: string): string;
  pgettext(context: string, message: string): string;
  ngettext(singular: string, plural: string, count: number): string;
  npgettext(context: string, singular: string, plural: string, count: number): string;
}

const untranslated: Translator = {
  gettext: (message) => message,
  pgettext: (_context, message) => message,
  ngettext: (singular, plural, count) => (count === 1 ? singular : plural),
  npgettext: (_context, singular, plural, count) => (count === 1 ? singular : plural),
};

let current = untranslated;

/** The translator in use; until one is set, texts stay as they are in the source. */
export function translator(): Translator {
  return current;
}

/** Puts a translator in use for the whole process, or with undefined takes it out again. */
export function useTranslator(translator: Translator | undefined): void {
  current = translator ?? untranslated;
}
