import { Included, refuseLanguagePrefixes } from "./urlconf/included.ts";
import type { Urlconf } from "./urlconf/urlconf.ts";

/** Patterns, or a module of them, with the application namespace that they shall have. */
export type WithAppName = readonly [urlconf: Urlconf, appName: string];

/** How an include is made part of a site. */
export interface IncludeOptions {
  /** The instance namespace; by default the application namespace. */
  readonly namespace?: string;
}

/**
 * Patterns for `path` to put behind its route: of a module by reference (`"polls/urls"`, loaded by `prepareUrlconf`), of
 * a module object, of a list, or of one of these with an application namespace. Django: `include`.
 *
 * @example
 * path("polls/", include("polls/urls"));
 * path("eu/", include([shopPatterns, "shop"], { namespace: "shop-eu" }));
 *
 * @throws ImproperlyConfigured for a namespace where there is no application namespace, and for what holds no patterns.
 */
export function include(urlconf: Urlconf | WithAppName, options: IncludeOptions = {}): Included {
  const { namespace } = options;
  const included = hasAppName(urlconf)
    ? new Included(urlconf[0], { appName: urlconf[1], namespace })
    : new Included(urlconf, { namespace });
  if (typeof included.urlconf !== "string") refuseLanguagePrefixes(included);
  return included;
}

function hasAppName(urlconf: Urlconf | WithAppName): urlconf is WithAppName {
  return Array.isArray(urlconf) && urlconf.length === 2 && typeof urlconf[1] === "string";
}
