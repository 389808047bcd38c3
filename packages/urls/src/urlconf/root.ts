// The resolvers of whole sites, and which of them is in force.

import { fromSettings } from "@tsgo/core/conf";
import { contextVar } from "@tsgo/core/context";
import { ImproperlyConfigured } from "@tsgo/core/exceptions";

import { RoutePattern } from "../patterns/route-pattern.ts";
import { ENTRY } from "../resolver/entry.ts";
import { URLResolver } from "../resolver/url-resolver.ts";
import { loadErrorHandlers } from "./error-handlers.ts";
import { Included, refuseLanguagePrefixes } from "./included.ts";
import type { Urlconf } from "./urlconf.ts";

const rootUrlconf = fromSettings((settings) => settings.ROOT_URLCONF);
const override = contextVar<Urlconf>("urlconf");

let byReference = new Map<string, URLResolver>();
let byObject = new WeakMap<object, URLResolver>();
let prepared = new WeakSet<URLResolver>();

/**
 * Puts another URLconf in the place of ROOT_URLCONF for the running request; null goes back. Django: `set_urlconf`.
 */
export function setUrlconf(urlconf: Urlconf | null): void {
  const value = urlconf ?? undefined;
  if (override.get() !== value) override.set(value);
}

/** The URLconf that `setUrlconf` put in force, or null. Django: `get_urlconf`. */
export function getUrlconf(): Urlconf | null {
  return override.get() ?? null;
}

/**
 * The resolver of a URLconf, by default the one in force. The same URLconf gives the same resolver. Django: `get_resolver`.
 *
 * What it names by reference must have been loaded by `prepareUrlconf`, or using it throws ImproperlyConfigured.
 */
export function getResolver(urlconf: Urlconf = override.get() ?? rootUrlconf()): URLResolver {
  const known = typeof urlconf === "string" ? byReference.get(urlconf) : byObject.get(urlconf);
  return known ?? makeResolver(urlconf);
}

/**
 * Loads a URLconf, by default ROOT_URLCONF, and everything that it includes, so that resolving and reversing need not
 * wait. Loads nothing twice.
 *
 * @throws ImproperlyConfigured where a module cannot be loaded, with file, line and cause, or is no URLconf.
 */
export async function prepareUrlconf(urlconf: Urlconf = rootUrlconf()): Promise<URLResolver> {
  const resolver = getResolver(urlconf);
  if (!prepared.has(resolver)) {
    await loadTree(resolver, "ROOT_URLCONF", new Set());
    await loadErrorHandlers(resolver.included);
    prepared.add(resolver);
  }
  return resolver;
}

/** The resolver of a URLconf that `prepareUrlconf` has loaded; undefined for any other. */
export function preparedResolver(urlconf: Urlconf = rootUrlconf()): URLResolver | undefined {
  const resolver = typeof urlconf === "string" ? byReference.get(urlconf) : byObject.get(urlconf);
  return resolver !== undefined && prepared.has(resolver) ? resolver : undefined;
}

/** Forgets all resolvers, with what they have worked out. Django: `clear_url_caches`. */
export function clearUrlCaches(): void {
  byReference = new Map();
  byObject = new WeakMap();
  prepared = new WeakSet();
}

function makeResolver(urlconf: Urlconf): URLResolver {
  if (urlconf === "") {
    throw new ImproperlyConfigured(
      'ROOT_URLCONF is not set. Name the module of the site\'s URL patterns ("mysite/urls").',
    );
  }
  const resolver = new URLResolver(new RoutePattern("/", false), new Included(urlconf));
  if (typeof urlconf === "string") byReference.set(urlconf, resolver);
  else byObject.set(urlconf, resolver);
  return resolver;
}

async function loadTree(resolver: URLResolver, from: string, seen: Set<URLResolver>): Promise<void> {
  if (seen.has(resolver)) return;
  seen.add(resolver);
  await resolver.included.load(from);
  const includes = resolver.urlPatterns.filter((entry) => entry[ENTRY] === "resolver");
  await Promise.all(
    includes.map(async (inner) => {
      await loadTree(inner, `${resolver.included.label} includes`, seen);
      if (typeof inner.included.urlconf === "string") refuseLanguagePrefixes(inner.included);
    }),
  );
}
