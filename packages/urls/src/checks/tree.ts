import { settings } from "@tsgo/core/conf";

import { ENTRY, type UrlEntry } from "../resolver/entry.ts";
import type { URLResolver } from "../resolver/url-resolver.ts";
import { prepareUrlconf } from "../urlconf/root.ts";

/** The root resolver, loaded; undefined for a project without a URLconf. */
export async function rootResolver(): Promise<URLResolver | undefined> {
  return settings.ROOT_URLCONF === "" ? undefined : prepareUrlconf();
}

/** All patterns of a tree, each include before what is in it, and no list of patterns twice. */
export function* walk(resolver: URLResolver, seen = new Set<readonly UrlEntry[]>()): Generator<UrlEntry> {
  if (seen.has(resolver.urlPatterns)) return;
  seen.add(resolver.urlPatterns);
  for (const entry of resolver.urlPatterns) {
    yield entry;
    if (entry[ENTRY] === "resolver") yield* walk(entry, seen);
  }
}
