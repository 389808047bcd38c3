import type { LazyText } from "@tsgo/utils/functional";

import { override } from "@tsgo/i18n/translation";
import { splitUrl, unquote, unsplitUrl } from "@tsgo/utils/urls";

import { NoReverseMatch, Resolver404 } from "./exceptions.ts";
import type { ResolverMatch } from "./resolver/resolver-match.ts";
import { reverse } from "./reverse/reverse.ts";
import { getResolver } from "./urlconf/root.ts";
import type { Urlconf } from "./urlconf/urlconf.ts";

/**
 * What a path leads to, by the URLconf in force or another. Django: `resolve`.
 *
 * @example
 * resolve("/polls/5/").kwargs; // { questionId: 5 }
 *
 * @throws Resolver404
 */
export function resolve(path: string | LazyText, urlconf?: Urlconf): ResolverMatch {
  return getResolver(urlconf).resolve(String(path));
}

/** Whether a path leads anywhere. Django: `is_valid_path`. */
export function isValidPath(path: string, urlconf?: Urlconf): boolean {
  try {
    resolve(path, urlconf);
    return true;
  } catch (error) {
    if (error instanceof Resolver404) return false;
    throw error;
  }
}

/** The URL of the same page in another language, or the URL as it is where there is none. Django: `translate_url`. */
export function translateUrl(url: string, language: string): string {
  const parts = splitUrl(url);
  try {
    const { viewName, args, kwargs } = resolve(unquote(parts.path));
    return override(language, () => unsplitUrl({ ...parts, path: reverse(viewName, { args, kwargs }) }));
  } catch (error) {
    if (error instanceof Resolver404 || error instanceof NoReverseMatch) return url;
    throw error;
  }
}
