export { parseAcceptLangHeader } from "./accept-language.ts";
export { activate, deactivate, deactivateAll, getLanguage, getLanguageBidi, override } from "./active.ts";
export { toLanguage, toLocale } from "./codes.ts";
export {
  gettext,
  gettextLazy,
  gettextNoop,
  ngettext,
  ngettextLazy,
  npgettext,
  pgettext,
  pgettextLazy,
  prepareTranslations,
} from "./gettext.ts";
export { type LanguageInfo, UnknownLanguage, getLanguageInfo } from "./languages.ts";
export {
  type LanguageHints,
  LanguageNotSupported,
  checkForLanguage,
  getLanguageFromHints,
  getLanguageFromPath,
  getSupportedLanguageVariant,
} from "./supported.ts";
