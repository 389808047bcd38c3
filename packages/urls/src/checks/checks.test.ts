import { join } from "node:path";

import type { CheckMessage } from "@tsgo/core/checks";
import { configureSettings, overrideSettings } from "@tsgo/core/conf";
import { setProjectRoot } from "@tsgo/core/loading";
import { beforeAll, describe, expect, test } from "vitest";

import checks from "./index.ts";

beforeAll(() => {
  setProjectRoot(join(import.meta.dirname, "../testdata"));
  configureSettings();
});

async function run(): Promise<CheckMessage[]> {
  const found = await Promise.all(
    checks.map(async ({ check }) => check({ appConfigs: undefined, databases: undefined })),
  );
  return found.flat();
}

describe("the checks of URLs", () => {
  test("say nothing about a URLconf that is in order", async () => {
    expect(await overrideSettings({ ROOT_URLCONF: "checked/right" }, run)).toEqual([]);
  });

  test("say what is probably wrong with one", async () => {
    const found = await overrideSettings({ ROOT_URLCONF: "checked/wrong" }, run);
    expect(found.map(({ id }) => id)).toEqual([
      "urls.W001",
      "urls.W002",
      "urls.W003",
      "2_0.W001",
      "urls.W101",
      "urls.W101",
      "urls.W005",
      "urls.E007",
    ]);
    expect(found.map(({ msg }) => msg)[4]).toBe(
      "The expression '(?:a+)+' of the URL pattern '<slow:x>/' may take for ever on some paths.",
    );
  });

  test("want addresses that end in a slash", async () => {
    const found = await overrideSettings({ STATIC_URL: "/static", MEDIA_URL: "/media/" }, run);
    expect(found.map(({ id, msg }) => [id, msg])).toEqual([
      ["urls.E006", "The STATIC_URL setting is '/static'. It has to end in a slash."],
    ]);
  });

  test("have nothing to look at without a URLconf", async () => {
    expect(await run()).toEqual([]);
  });
});
