// Finds the patterns of a list that may match a path, without looking at the others.

import type { UrlEntry } from "./entry.ts";

// Below this, going through all of them is as fast.
const FEWEST = 6;

/**
 * The patterns of one list by the first segment of the paths that they match. Those that may match any segment stand in
 * every list, so that the order in which patterns are tried stays that of the URLconf.
 */
export class Candidates {
  readonly #bySegment = new Map<string, readonly UrlEntry[]>();
  /** For paths with a first segment that no pattern names. */
  readonly #others: readonly UrlEntry[];

  constructor(entries: readonly UrlEntry[]) {
    const segments = entries.length < FEWEST ? entries.map(() => undefined) : entries.map(firstSegmentOf);
    this.#others = entries.filter((_, index) => segments[index] === undefined);
    for (const segment of new Set(segments)) {
      if (segment === undefined) continue;
      const mayMatch = (_: UrlEntry, index: number): boolean =>
        segments[index] === undefined || segments[index] === segment;
      this.#bySegment.set(segment, entries.filter(mayMatch));
    }
  }

  /** The patterns to try, in order. */
  for(path: string): readonly UrlEntry[] {
    if (this.#bySegment.size === 0) return this.#others;
    const slash = path.indexOf("/");
    return this.#bySegment.get(slash === -1 ? path : path.slice(0, slash + 1)) ?? this.#others;
  }
}

/** The first segment, with its slash, of all paths that a pattern matches; undefined where it may be any. */
function firstSegmentOf({ pattern }: UrlEntry): string | undefined {
  const slash = pattern.prefix.indexOf("/");
  if (slash !== -1) return pattern.prefix.slice(0, slash + 1);
  return pattern.literal ? pattern.prefix : undefined;
}
