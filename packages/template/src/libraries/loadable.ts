// The libraries that come with tsgo and are there after `{% load %}`.

import type { Library } from "../library/library.ts";
import { cacheLibrary } from "./cache.ts";
import { humanizeLibrary } from "./humanize.ts";
import { i18nLibrary } from "./i18n.ts";
import { l10nLibrary } from "./l10n.ts";
import { staticLibrary } from "./static.ts";
import { tzLibrary } from "./tz.ts";

/** Libraries by the name that `{% load %}` uses. */
export const builtinLoadable: ReadonlyMap<string, Library> = new Map([
  ["cache", cacheLibrary()],
  ["humanize", humanizeLibrary()],
  ["i18n", i18nLibrary()],
  ["l10n", l10nLibrary()],
  ["static", staticLibrary()],
  ["tz", tzLibrary()],
]);
