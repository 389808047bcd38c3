import { type CheckMessage, Warning } from "@tsgo/core/checks";

import { ENTRY } from "../resolver/entry.ts";
import type { URLResolver } from "../resolver/url-resolver.ts";
import { rootResolver } from "./tree.ts";

/** Looks for namespaces that more than one include has, of which only the first can be reversed. */
export async function checkNamespaces(): Promise<CheckMessage[]> {
  const root = await rootResolver();
  if (root === undefined) return [];
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const namespace of namespacesOf(root, [], new Set())) {
    if (seen.has(namespace)) twice.add(namespace);
    seen.add(namespace);
  }
  return [...twice].map(
    (namespace) =>
      new Warning(`More than one include has the URL namespace '${namespace}'. Not all of its URLs can be reversed.`, {
        hint: "Give each include({ namespace }) a namespace of its own.",
        id: "urls.W005",
      }),
  );
}

function* namespacesOf(resolver: URLResolver, around: readonly string[], open: Set<URLResolver>): Generator<string> {
  // A URLconf that includes itself has namespaces without end.
  if (open.has(resolver)) return;
  const within = new Set([...open, resolver]);
  for (const entry of resolver.urlPatterns) {
    if (entry[ENTRY] === "pattern") continue;
    const path = entry.namespace === undefined ? around : [...around, entry.namespace];
    if (entry.namespace !== undefined) yield path.join(":");
    yield* namespacesOf(entry, path, within);
  }
}
