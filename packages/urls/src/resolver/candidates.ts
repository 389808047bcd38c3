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
  const longer = entries.filter(({ pattern }) => pattern.prefix.length > end);
  const children = new Map<number, PrefixTree>();
  for (const code of new Set(longer.map(({ pattern }) => pattern.prefix.charCodeAt(end)))) {
    const below = longer.filter(({ pattern }) => pattern.prefix.charCodeAt(end) === code);
    // With those that have ended, so that they keep their places among the others.
    const through = entries.filter((entry) => ended.includes(entry) || below.includes(entry));
    children.set(code, makeNode(through, end, commonLength(below)));
  }
  const text = entries.find(({ pattern }) => pattern.prefix.length >= end)?.pattern.prefix.slice(start, end);
  return { text: text ?? "", entries: ended, children };
}

function commonLength(entries: readonly UrlEntry[]): number {
  const [first = "", ...others] = entries.map(({ pattern }) => pattern.prefix);
  let length = first.length;
  for (const other of others) {
    while (!other.startsWith(first.slice(0, length))) length -= 1;
  }
  return length;
}
