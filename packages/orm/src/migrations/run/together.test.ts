import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { Vendor } from "../../backends/base/wrapper.ts";
import { connections } from "../../db/connections.ts";
import { type Place, VENDORS, makePlace } from "../../testdata/servers.ts";
import { MigrationRecorder } from "./recorder.ts";
import { configure } from "./testdata/blog.ts";

let places: ReadonlyMap<Vendor, Place>;

beforeAll(async () => {
  places = new Map(
    await Promise.all(VENDORS.map(async (vendor) => [vendor, await makePlace(vendor, "together")] as const)),
  );
});

afterAll(async () => {
  await connections.closeAll();
  connections.configure(undefined);
  for (const place of places.values()) await place.remove();
});

test("two processes that start to migrate together migrate once", { timeout: 60_000 }, async () => {
  const databases = Object.fromEntries([...places].map(([vendor, { settings }]) => [vendor, settings]));
  const script = join(import.meta.dirname, "testdata", "together.ts");
  const children = [1, 2].map(() =>
    spawn(process.execPath, ["--conditions=@tsgo/source", "--import", "tsx", script, JSON.stringify(databases)], {
      stdio: ["pipe", "pipe", "inherit"],
    }),
  );
  const ends = children.map((child) => once(child, "exit"));
  await Promise.all(children.map((child) => once(child.stdout, "data")));
  for (const child of children) child.stdin.end("go\n");
  expect(await Promise.all(ends)).toEqual([
    [0, null],
    [0, null],
  ]);

  configure(databases);
  for (const vendor of VENDORS) {
    const connection = connections.get(vendor);
    const { rows } = await connection.execute("SELECT name FROM blog_author");
    const applied = [...(await new MigrationRecorder(connection).applied()).keys()];
    expect({ vendor, rows, applied }).toEqual({
      vendor,
      rows: [["Ann"]],
      applied: ["blog.0001_initial", "blog.0002_counted"],
    });
  }
});
