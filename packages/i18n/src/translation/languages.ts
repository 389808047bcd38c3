// What is known of each language.

import { defaultSettings } from "@tsgo/core/conf";
import { TsgoError } from "@tsgo/core/exceptions";

import { gettext } from "./gettext.ts";

/** Raised for a language that no one has heard of. Python: `KeyError`. */
export class UnknownLanguage extends TsgoError {
  constructor(code: string) {
    super(`Unknown language code ${code}.`, { code: "unknown_language" });
    this.name = "KeyError";
  }
}

/** A language under its names. */
export interface LanguageInfo {
  readonly code: string;
  /** The name in English. */
  readonly name: string;
  /** The name in the language itself. */
  readonly nameLocal: string;
  /** The name in the language in force. */
  readonly nameTranslated: string;
  /** Whether it is written from right to left. */
  readonly bidi: boolean;
}

/** Codes that stand for another one. */
const FALLBACKS: ReadonlyMap<string, string> = new Map([
  ["zh-cn", "zh-hans"],
  ["zh-hk", "zh-hant"],
  ["zh-mo", "zh-hant"],
  ["zh-my", "zh-hans"],
  ["zh-sg", "zh-hans"],
  ["zh-tw", "zh-hant"],
]);

// The runtime knows most languages by their own names; these are called otherwise by their speakers in Django.
const OWN_NAMES: ReadonlyMap<string, string> = new Map([
  ["ar", "العربيّة"],
  ["ar-dz", "العربية الجزائرية"],
  ["en-au", "Australian English"],
  ["en-gb", "British English"],
  ["es-ar", "español de Argentina"],
  ["es-co", "español de Colombia"],
  ["es-mx", "español de Mexico"],
  ["es-ni", "español de Nicaragua"],
  ["es-ve", "español de Venezuela"],
  ["pt", "Português"],
  ["pt-br", "Português Brasileiro"],
  ["zh-hant", "繁體中文"],
]);

/** The code that a code is another name for. */
export function fallbackOf(code: string): string | undefined {
  return FALLBACKS.get(code);
}

/**
 * The names of a language; of a variant that is not known the language itself. Django: `get_language_info`.
 *
 * @throws UnknownLanguage for any other code.
 */
export function getLanguageInfo(code: string): LanguageInfo {
  const known = namesByCode();
  const main = code.split("-", 1)[0] ?? code;
  const found = [code, FALLBACKS.get(code), code.includes("-") ? main : undefined].find(
    (candidate) => candidate !== undefined && known.has(candidate),
  );
  const name = found === undefined ? undefined : known.get(found);
  if (found === undefined || name === undefined) throw new UnknownLanguage(code);
  return {
    code: found,
    name,
    nameLocal: OWN_NAMES.get(found) ?? ownName(found) ?? name,
    nameTranslated: gettext(name),
    bidi: defaultSettings().LANGUAGES_BIDI.includes(found),
  };
}

let names: ReadonlyMap<string, string> | undefined;

// Of all languages, not only of those that the project chose.
function namesByCode(): ReadonlyMap<string, string> {
  names ??= new Map(defaultSettings().LANGUAGES.map(([code, name]) => [code, name]));
  return names;
}

function ownName(code: string): string | undefined {
  return new Intl.DisplayNames(code, { type: "language", fallback: "none" }).of(code);
}
