import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test, vi } from "vitest";

import { watch } from "./watcher.ts";
import { PATIENCE } from "../testdata/patience.ts";

async function watched(since?: number) {
  const root = mkdtempSync(join(tmpdir(), "tsgo-watch-"));
  writeFileSync(join(root, "views.ts"), "1");
  mkdirSync(join(root, "node_modules"));
  const seen = new Map<string, string>();
  const watcher = await watch(
    root,
    (path, kind) => seen.set(path, kind),
    (error) => expect.unreachable(String(error)),
    since,
  );
  onTestFinished(async () => {
    await watcher.close();
    rmSync(root, { recursive: true, force: true });
  });
  await watcher.ready;
  return { root, watcher, seen };
}

test("sees a file that an editor saves by renaming another over it", async () => {
  const { root, seen } = await watched();
  writeFileSync(join(root, "views.ts.tmp"), "2");
  renameSync(join(root, "views.ts.tmp"), join(root, "views.ts"));
  await vi.waitFor(() => expect(seen.get(join(root, "views.ts"))).toBe("restart"), PATIENCE);
});

test("sees what was saved before it watched, but after what it watches for had begun", async () => {
  const { root, seen } = await watched(Date.now() - 1000);
  await vi.waitFor(() => expect(seen.get(join(root, "views.ts"))).toBe("restart"), PATIENCE);
  const { seen: none } = await watched(Date.now() + 1000);
  expect([...none]).toEqual([]);
});

test("sees files in folders that are new, and not those of packages", async () => {
  const { root, seen } = await watched();
  writeFileSync(join(root, "node_modules", "x.js"), "1");
  mkdirSync(join(root, "polls", "templates"), { recursive: true });
  writeFileSync(join(root, "polls", "templates", "a.html"), "1");
  await vi.waitUntil(() => seen.get(join(root, "polls", "templates", "a.html")) === "notify", PATIENCE);
  expect([...seen.keys()].filter((path) => path.includes("node_modules"))).toEqual([]);
});

test("sees folders outside the project that are added later", async () => {
  const { watcher, seen } = await watched();
  const outside = mkdtempSync(join(tmpdir(), "tsgo-watch-outside-"));
  onTestFinished(() => rmSync(outside, { recursive: true, force: true }));
  watcher.add([outside]);
  await vi.waitFor(() => {
    writeFileSync(join(outside, "a.html"), String(Math.random()));
    expect(seen.get(join(outside, "a.html"))).toBe("notify");
  }, PATIENCE);
});

test("NODE-37: a watched folder that disappears ends nothing", async () => {
  const { root, seen } = await watched();
  rmSync(join(root, "node_modules"), { recursive: true });
  mkdirSync(join(root, "gone"));
  writeFileSync(join(root, "gone", "a.ts"), "1");
  await vi.waitUntil(() => seen.has(join(root, "gone", "a.ts")), PATIENCE);
  seen.clear();
  rmSync(join(root, "gone"), { recursive: true });
  await vi.waitFor(() => expect(seen.get(join(root, "gone", "a.ts"))).toBe("restart"), PATIENCE);
});
