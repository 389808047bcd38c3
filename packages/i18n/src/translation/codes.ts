// Language codes (`pt-br`) and the names of locales (`pt_BR`).

/** The locale of a language: `pt_BR` for `pt-br`, `zh_Hans` for `zh-hans`. Django: `to_locale`. */
export function toLocale(language: string): string {
  const [code = "", country = "", ...rest] = language.toLowerCase().split("-");
  if (country === "") return language.slice(0, 3).toLowerCase() + language.slice(3);
  const shown = country.length > 2 ? country.charAt(0).toUpperCase() + country.slice(1) : country.toUpperCase();
  return `${code}_${[shown, ...rest].join("-")}`;
}

/** The language of a locale: `pt-br` for `pt_BR`. Django: `to_language`. */
export function toLanguage(locale: string): string {
  return locale.toLowerCase().replace("_", "-");
}
