// From "namespace:name" to the patterns that may give its URL.

import { getLanguage } from "@tsgo/i18n/translation";
import { didYouMean } from "@tsgo/utils/nearest-name";

import type { AnyConverter } from "../converters.ts";
import { NoReverseMatch } from "../exceptions.ts";
import { ENTRY } from "../resolver/entry.ts";
import type { URLResolver } from "../resolver/url-resolver.ts";
import type { AnyView } from "../view.ts";
import { collectLookups, type Lookups } from "./lookups.ts";
import type { ReversiblePattern } from "./reversible-pattern.ts";

/** What reversing has worked out for one root and one language. */
interface Cache {
  readonly lookups: Map<URLResolver, Lookups>;
  readonly found: Map<string, readonly ReversiblePattern[]>;
}

// A URLconf that includes itself has names without end, and they may come from a request.
const MOST_CACHED_NAMES = 10_000;
// Nor do languages have to end, where a middleware takes them from requests without looking.
const MOST_CACHED_LANGUAGES = 200;

const caches = new WeakMap<URLResolver, Map<string, Cache>>();
const translated = new WeakMap<URLResolver, boolean>();

/**
 * The patterns of a name, the one to try first first.
 *
 * @throws NoReverseMatch where there is no such name or namespace.
 */
export function findPatterns(
  root: URLResolver,
  view: string | AnyView,
  currentApp: string,
): readonly ReversiblePattern[] {
  const cache = cacheOf(root);
  if (typeof view !== "string") return named(lookupsOf(cache, root), view, view.name);
  // A name may hold anything but a line feed between the two makes the key unmistakable.
  const key = currentApp === "" ? view : `${view}\n${currentApp}`;
  const known = cache.found.get(key);
  if (known !== undefined) return known;
  const found = findByName(cache, root, view, currentApp);
  if (cache.found.size >= MOST_CACHED_NAMES) cache.found.clear();
  cache.found.set(key, found);
  return found;
}

function findByName(
  cache: Cache,
  root: URLResolver,
  viewName: string,
  currentApp: string,
): readonly ReversiblePattern[] {
  const namespaces = viewName.split(":");
  const name = namespaces.pop() ?? "";
  let current = currentApp === "" ? [] : currentApp.split(":");
  let resolver = root;
  let regex = "";
  const converters = new Map<string, AnyConverter>();
  for (const [depth, wanted] of namespaces.entries()) {
    const lookups = lookupsOf(cache, resolver);
    const [currentNamespace, ...deeper] = current;
    const namespace = chooseInstance(lookups, wanted, currentNamespace);
    // Once the way leads elsewhere than to the current application, what it is no longer counts.
    current = namespace === currentNamespace ? deeper : [];
    const entry = lookups.namespaces.get(namespace);
    if (entry === undefined) throw unknownNamespace(lookups, wanted, namespaces.slice(0, depth));
    regex += entry.regex;
    for (const [parameter, converter] of entry.converters) converters.set(parameter, converter);
    ({ resolver } = entry);
  }
  const patterns = named(lookupsOf(cache, resolver), name, viewName);
  return namespaces.length === 0 ? patterns : patterns.map((pattern) => pattern.behind(regex, converters, {}));
}

// An application namespace stands for its current instance, else for the one of its own name, else for the last.
function chooseInstance({ apps }: Lookups, wanted: string, current: string | undefined): string {
  const instances = apps.get(wanted);
  if (instances === undefined) return wanted;
  if (current !== undefined && instances.includes(current)) return current;
  return instances.includes(wanted) ? wanted : (instances[0] ?? wanted);
}

function named({ patterns }: Lookups, view: string | AnyView, viewName: string): readonly ReversiblePattern[] {
  const found = patterns.get(view);
  if (found !== undefined) return found;
  const names = [...patterns.keys()].filter((key) => typeof key === "string");
  const hint = typeof view === "string" ? didYouMean(view, names) : "";
  throw new NoReverseMatch(`There is no URL pattern named '${viewName}'.${hint}`);
}

function unknownNamespace({ namespaces }: Lookups, wanted: string, around: readonly string[]): NoReverseMatch {
  const inside = around.length === 0 ? "" : ` inside '${around.join(":")}'`;
  return new NoReverseMatch(`There is no URL namespace '${wanted}'${inside}.${didYouMean(wanted, namespaces.keys())}`);
}

function cacheOf(root: URLResolver): Cache {
  const byLanguage = caches.get(root) ?? new Map<string, Cache>();
  caches.set(root, byLanguage);
  const language = isTranslated(root) ? (getLanguage() ?? "") : "";
  const cache = byLanguage.get(language) ?? { lookups: new Map(), found: new Map() };
  if (byLanguage.size >= MOST_CACHED_LANGUAGES) byLanguage.clear();
  byLanguage.set(language, cache);
  return cache;
}

function lookupsOf({ lookups }: Cache, resolver: URLResolver): Lookups {
  const found = lookups.get(resolver) ?? collectLookups(resolver);
  lookups.set(resolver, found);
  return found;
}

/** Whether any pattern of a tree depends on the active language. */
function isTranslated(root: URLResolver): boolean {
  const known = translated.get(root);
  if (known !== undefined) return known;
  const found = hasTranslated(root, new Set());
  translated.set(root, found);
  return found;
}

function hasTranslated(resolver: URLResolver, seen: Set<URLResolver>): boolean {
  if (seen.has(resolver)) return false;
  seen.add(resolver);
  return resolver.urlPatterns.some(
    (entry) => entry.pattern.translated || (entry[ENTRY] === "resolver" && hasTranslated(entry, seen)),
  );
}
