// Which of the project's languages to speak with a visitor.

import { fromSettings } from "@tsgo/core/conf";
import { TsgoError } from "@tsgo/core/exceptions";

import { parseAcceptLangHeader } from "./accept-language.ts";
import { fallbackOf } from "./languages.ts";

/** No language has a longer code; what is longer is cut at a hyphen before anything is looked up. */
const LONGEST_CODE = 500;
const WELL_FORMED = /^[a-z]{1,8}(?:-[a-z\d]{1,8})*(?:@[a-z\d]{1,20})?$/i;
const PATH_PREFIX = /^\/(\w+(?:[@-]\w+){0,2})(?:\/|$)/;

const supported = fromSettings(({ LANGUAGES }) => new Set(LANGUAGES.map(([code]) => code.toLowerCase())));

/** Raised where none of the project's languages fits a code. Python: `LookupError`. */
export class LanguageNotSupported extends TsgoError {
  constructor(code: string) {
    super(`No language of the setting LANGUAGES fits '${code.slice(0, 100)}'.`, { code: "language_not_supported" });
    this.name = "LookupError";
  }
}

/** Whether a code is one of the project's languages. Django: `check_for_language`. */
export function checkForLanguage(code: string): boolean {
  return code.length <= LONGEST_CODE && WELL_FORMED.test(code) && supported().has(code.toLowerCase());
}

/**
 * The language of the setting LANGUAGES that fits a code best: itself, what it is another name for, the language
 * without its variant, or, unless `strict`, another variant of it. Django: `get_supported_language_variant`.
 *
 * @throws LanguageNotSupported where none fits.
 *
 * @example
 * getSupportedLanguageVariant("de-at"); // "de"
 */
export function getSupportedLanguageVariant(code: string, { strict = false }: { strict?: boolean } = {}): string {
  const wanted = shorten(code, strict);
  const candidates = wanted === undefined ? [] : variantsOf(wanted);
  const fitting = candidates.find(checkForLanguage);
  if (fitting !== undefined) return fitting;
  const generic = candidates.at(-1);
  if (!strict && generic !== undefined) {
    for (const other of supported()) if (other.startsWith(`${generic}-`)) return other;
  }
  throw new LanguageNotSupported(code);
}

function shorten(code: string, strict: boolean): string | undefined {
  if (code.length <= LONGEST_CODE) return code === "" ? undefined : code;
  const hyphen = code.lastIndexOf("-", LONGEST_CODE - 1);
  return strict || hyphen <= 0 ? undefined : code.slice(0, hyphen);
}

function variantsOf(code: string): string[] {
  const fallback = fallbackOf(code);
  const parts = code.split("-");
  const shorter = parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join("-"));
  return [code, ...(fallback === undefined ? [] : [fallback]), ...shorter];
}

/** The language that a path begins with, null where it begins with none. Django: `get_language_from_path`. */
export function getLanguageFromPath(path: string, { strict = false }: { strict?: boolean } = {}): string | null {
  const code = PATH_PREFIX.exec(path.slice(0, LONGEST_CODE + 2))?.[1];
  return code === undefined ? null : (variantOrUndefined(code, strict) ?? null);
}

/** What a request says about languages. */
export interface LanguageHints {
  /** The path, where the language may be a part of it (`i18nPatterns`). */
  readonly path?: string | undefined;
  /** The value of the language cookie. */
  readonly cookie?: string | undefined;
  /** The header Accept-Language. */
  readonly acceptLanguage?: string | undefined;
}

/**
 * The language for a request: of its path, of its cookie, of its Accept-Language header, or else that of the
 * settings. Django: `get_language_from_request`.
 */
export function getLanguageFromHints({ path, cookie, acceptLanguage = "" }: LanguageHints): string {
  const fromPath = path === undefined ? null : getLanguageFromPath(path);
  if (fromPath !== null) return fromPath;
  if (cookie !== undefined && checkForLanguage(cookie)) return cookie;
  const fromCookie = cookie === undefined ? undefined : variantOrUndefined(cookie, false);
  return fromCookie ?? fromHeader(acceptLanguage) ?? variantOrUndefined(fallbackCode(), false) ?? fallbackCode();
}

const fallbackCode = fromSettings(({ LANGUAGE_CODE }) => LANGUAGE_CODE);

function fromHeader(header: string): string | undefined {
  for (const [code] of parseAcceptLangHeader(header)) {
    if (code === "*") return undefined;
    const variant = WELL_FORMED.test(code) ? variantOrUndefined(code, false) : undefined;
    if (variant !== undefined) return variant;
  }
  return undefined;
}

function variantOrUndefined(code: string, strict: boolean): string | undefined {
  try {
    return getSupportedLanguageVariant(code, { strict });
  } catch (error) {
    if (error instanceof LanguageNotSupported) return undefined;
    throw error;
  }
}
