// What can be reversed in a tree of patterns, by name.

import type { AnyConverter } from "../converters.ts";
import { ENTRY } from "../resolver/entry.ts";
import type { URLPattern } from "../resolver/url-pattern.ts";
import type { URLResolver } from "../resolver/url-resolver.ts";
import type { AnyView } from "../view.ts";
import { ReversiblePattern } from "./reversible-pattern.ts";

type Converters = ReadonlyMap<string, AnyConverter>;

/** An include with a namespace: where it lies, and what is in it. */
export interface NamespaceEntry {
  readonly regex: string;
  readonly converters: Converters;
  readonly resolver: URLResolver;
}

/** The names that a resolver knows. */
export interface Lookups {
  /** By name and by view; the pattern that is to be tried first stands first. */
  readonly patterns: ReadonlyMap<string | AnyView, readonly ReversiblePattern[]>;
  /** Instance namespaces. */
  readonly namespaces: ReadonlyMap<string, NamespaceEntry>;
  /** The instance namespaces of each application namespace. */
  readonly apps: ReadonlyMap<string, readonly string[]>;
}

interface Building {
  readonly patterns: Map<string | AnyView, ReversiblePattern[]>;
  readonly namespaces: Map<string, NamespaceEntry>;
  readonly apps: Map<string, string[]>;
}

/**
 * Collects the names of a resolver. Includes without a namespace are taken in with their prefix; those with one are
 * listed. The last of several patterns with the same name is tried first; the first of several equal namespaces holds.
 */
export function collectLookups(resolver: URLResolver, within: ReadonlySet<URLResolver> = new Set()): Lookups {
  const found: Building = { patterns: new Map(), namespaces: new Map(), apps: new Map() };
  // A URLconf that includes itself without a namespace would have no end.
  if (within.has(resolver)) return found;
  const around = new Set([...within, resolver]);
  for (const entry of resolver.urlPatterns.toReversed()) {
    if (entry[ENTRY] === "pattern") addPattern(found, entry);
    else if (entry.appName !== undefined) addNamespace(found, entry, entry.appName);
    else addInclude(found, entry, collectLookups(entry, around));
  }
  return found;
}

function addPattern({ patterns }: Building, { pattern, view, name, defaultKwargs }: URLPattern): void {
  const reversible = new ReversiblePattern(withoutStart(pattern.regex), defaultKwargs, pattern.converters);
  append(patterns, view, reversible);
  if (name !== undefined) append(patterns, name, reversible);
}

function addNamespace({ namespaces, apps }: Building, resolver: URLResolver, appName: string): void {
  const namespace = resolver.namespace ?? appName;
  const { regex, converters } = resolver.pattern;
  append(apps, appName, namespace);
  namespaces.set(namespace, { regex: withoutStart(regex), converters, resolver });
}

function addInclude(found: Building, { pattern, defaultKwargs }: URLResolver, inner: Lookups): void {
  const prefix = withoutStart(pattern.regex);
  for (const [name, patterns] of inner.patterns) {
    for (const reversible of patterns) {
      append(found.patterns, name, reversible.behind(prefix, pattern.converters, defaultKwargs));
    }
  }
  for (const [namespace, { regex, converters, resolver }] of inner.namespaces) {
    const merged = new Map([...pattern.converters, ...converters]);
    found.namespaces.set(namespace, { regex: prefix + regex, converters: merged, resolver });
  }
  for (const [appName, namespaces] of inner.apps) {
    for (const namespace of namespaces) append(found.apps, appName, namespace);
  }
}

// Patterns are joined into one, of which only the first may say where paths start.
function withoutStart(regex: string): string {
  return regex.startsWith("^") ? regex.slice(1) : regex;
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
