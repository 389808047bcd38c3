import { fromSettings } from "@tsgo/core/conf";

import { LocalePrefixPattern } from "./patterns/locale-prefix-pattern.ts";
import { ENTRY, type UrlEntry } from "./resolver/entry.ts";
import { URLResolver } from "./resolver/url-resolver.ts";
import { Included } from "./urlconf/included.ts";
import { getResolver } from "./urlconf/root.ts";
import type { Urlconf } from "./urlconf/urlconf.ts";

const usesI18n = fromSettings((settings) => settings.USE_I18N);

/** How `i18nPatterns` treats the language of the settings. */
export interface I18nPatternsOptions {
  /** Whether paths of the default language begin with its code too. Default true. */
  readonly prefixDefaultLanguage?: boolean;
}

/**
 * Patterns whose paths begin with the code of the active language; as they are where USE_I18N is off. In the root URLconf
 * only. Django: `i18n_patterns`.
 *
 * @example
 * export const urlpatterns = [path("sitemap.xml", sitemap), ...i18nPatterns([path("about/", about)])];
 */
export function i18nPatterns(patterns: readonly UrlEntry[], options: I18nPatternsOptions = {}): readonly UrlEntry[] {
  if (!usesI18n()) return patterns;
  return [new URLResolver(new LocalePrefixPattern(options.prefixDefaultLanguage ?? true), new Included(patterns))];
}

/** Whether and how a URLconf uses `i18nPatterns`. */
export interface LanguagePrefixUse {
  readonly used: boolean;
  /** Whether paths of the default language have a prefix too. */
  readonly prefixDefaultLanguage: boolean;
}

/** What LocaleMiddleware has to know of a URLconf. Django: `is_language_prefix_patterns_used`. */
export function languagePrefixUse(urlconf?: Urlconf): LanguagePrefixUse {
  for (const entry of getResolver(urlconf).urlPatterns) {
    if (entry[ENTRY] !== "resolver" || !(entry.pattern instanceof LocalePrefixPattern)) continue;
    return { used: true, prefixDefaultLanguage: entry.pattern.prefixDefaultLanguage };
  }
  return { used: false, prefixDefaultLanguage: false };
}
