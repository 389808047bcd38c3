import { fromSettings } from "@tsgo/core/conf";
import { getLanguage } from "@tsgo/i18n/translation";

import type { AnyConverter } from "../converters.ts";
import { bareMatch, type PathPattern, type PatternMatch } from "./pattern.ts";
import { escapeRegex } from "./route-pattern.ts";

const NO_CONVERTERS: ReadonlyMap<string, AnyConverter> = new Map();

const defaultLanguage = fromSettings((settings) => settings.LANGUAGE_CODE);

/**
 * The code of the active language in front of a path. It is compared as text, never compiled: a middleware may take it
 * from the request. Django: `LocalePrefixPattern`.
 */
export class LocalePrefixPattern implements PathPattern {
  readonly prefix = "";
  readonly literal = false;
  readonly converters = NO_CONVERTERS;
  readonly translated = true;
  /** Whether the default language has a prefix too. */
  readonly prefixDefaultLanguage: boolean;

  constructor(prefixDefaultLanguage: boolean) {
    this.prefixDefaultLanguage = prefixDefaultLanguage;
  }

  get regex(): string {
    return escapeRegex(this.languagePrefix);
  }

  /** The code and a slash, or nothing for a default language without prefix. */
  get languagePrefix(): string {
    const language = getLanguage() ?? defaultLanguage();
    return language === defaultLanguage() && !this.prefixDefaultLanguage ? "" : `${language}/`;
  }

  match(path: string): PatternMatch | undefined {
    const prefix = this.languagePrefix;
    return path.startsWith(prefix) ? bareMatch(path.slice(prefix.length)) : undefined;
  }

  toString(): string {
    return this.languagePrefix;
  }
}
