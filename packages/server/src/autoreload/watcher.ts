import { dirname, isAbsolute, relative } from "node:path";

import { type ChangeKind, classifyChange, isIgnored } from "./classify.ts";

/** Tells which file changed and what that calls for. */
export type ChangeListener = (path: string, kind: Exclude<ChangeKind, "ignore">) => void;

/** Watches folders with all that is below them, new folders included. */
export interface Watcher {
  /** Resolves once changes are seen. */
  readonly ready: Promise<void>;
  /** Watches further folders; those within a watched one are watched already. */
  add(folders: readonly string[]): void;
  close(): Promise<void>;
}

// The clock that stamps files ticks more coarsely than the one of `Date`, and may lag behind it so many milliseconds.
const CLOCK_GRAIN = 20;

/**
 * Watches `root` and the folders added later. A file that an editor saves by renaming counts as changed like
 * one that is written in place. Errors (a folder that disappears, no more watches) go to `onError`.
 *
 * @param since Milliseconds of the epoch: what was saved from then on, before anybody watched, counts as changed, too.
 */
export async function watch(
  root: string,
  onChange: ChangeListener,
  onError: (error: unknown) => void,
  since = Date.now(),
): Promise<Watcher> {
  // Loaded here and not at the top: the first worker starts while this is read.
  const { watch: chokidarWatch } = await import("chokidar");
  const roots = [root];
  const rootOf = (path: string) => roots.find((folder) => isWithin(folder, path)) ?? dirname(path);

  const watcher = chokidarWatch(root, {
    alwaysStat: true,
    // A rename over the file gives `unlink` and `add`; both are reported at once, and the later one wins anyway.
    atomic: false,
    ignored: (path) => isIgnored(rootOf(path), path),
  });
  const report = (path: string) => {
    const kind = classifyChange(rootOf(path), path);
    if (kind !== "ignore") onChange(path, kind);
  };
  watcher
    .on("add", (path, stats) => {
      // Files that were there are told of as well. Not the time of their contents: a move keeps that.
      if (stats === undefined || stats.ctimeMs >= since - CLOCK_GRAIN) report(path);
    })
    .on("change", report)
    .on("unlink", report)
    .on("error", onError);
  const ready = new Promise<void>((resolve) => {
    watcher.once("ready", () => resolve());
  });

  return {
    ready,
    add(folders) {
      const outside = folders.filter((folder) => !roots.some((known) => isWithin(known, folder)));
      roots.push(...outside);
      if (outside.length > 0) watcher.add(outside);
    },
    close: () => watcher.close(),
  };
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (!way.startsWith("..") && !isAbsolute(way));
}
