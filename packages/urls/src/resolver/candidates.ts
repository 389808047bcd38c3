// Finds the patterns of a list that may match a path, without looking at the others.

import type { UrlEntry } from "./entry.ts";

/**
 * A tree of the texts with which patterns begin, parting where they differ. A node holds the patterns whose text ends
 * there or above it, in the order of the URLconf: a path that leads no further can match no others.
 */
export interface PrefixTree {
  /** What this node adds to the text of the node above. */
  readonly text: string;
  readonly entries: readonly UrlEntry[];
  /** By the code of the first letter of their text. */
  readonly children: ReadonlyMap<number, PrefixTree>;
}

/** Makes the tree for a list of patterns. */
export function makePrefixTree(entries: readonly UrlEntry[]): PrefixTree {
  return makeNode(entries, 0, 0);
}

/** The patterns to try for a path, in order. */
export function candidatesFor(path: string, tree: PrefixTree): readonly UrlEntry[] {
  let node = tree;
  let position = 0;
  for (;;) {
    const child = node.children.get(path.charCodeAt(position));
    if (child === undefined || !path.startsWith(child.text, position)) return node.entries;
    position += child.text.length;
    node = child;
  }
}

/** The node that covers the letters from `start` to `end` of all `entries` that are long enough. */
function makeNode(entries: readonly UrlEntry[], start: number, end: number): PrefixTree {
  const ended = entries.filter(({ pattern }) => pattern.prefix.length <= end);
  const children = new Map<number, PrefixTree>();
  for (const [code, below] of groupByCode(entries, end)) {
    // With those that have ended, so that they keep their places among the others.
    const through = ended.length === 0 ? below : inOrder(entries, ended, below);
    children.set(code, makeNode(through, end, commonLength(below)));
  }
  const long = entries.find(({ pattern }) => pattern.prefix.length >= end);
  return { text: long?.pattern.prefix.slice(start, end) ?? "", entries: ended, children };
}

/** The entries whose text is longer than `index`, by their letter there. */
function groupByCode(entries: readonly UrlEntry[], index: number): Map<number, UrlEntry[]> {
  const groups = new Map<number, UrlEntry[]>();
  for (const entry of entries) {
    const { prefix } = entry.pattern;
    if (prefix.length <= index) continue;
    const code = prefix.charCodeAt(index);
    const group = groups.get(code);
    if (group === undefined) groups.set(code, [entry]);
    else group.push(entry);
  }
  return groups;
}

function inOrder(entries: readonly UrlEntry[], ...wanted: (readonly UrlEntry[])[]): UrlEntry[] {
  const passing = new Set(wanted.flat());
  return entries.filter((entry) => passing.has(entry));
}

function commonLength(entries: readonly UrlEntry[]): number {
  const [first = "", ...others] = entries.map(({ pattern }) => pattern.prefix);
  let length = first.length;
  for (const other of others) {
    let same = 0;
    while (same < length && other.charCodeAt(same) === first.charCodeAt(same)) same += 1;
    length = same;
  }
  return length;
}
