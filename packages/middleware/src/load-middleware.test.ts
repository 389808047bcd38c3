import { join } from "node:path";

import { configureSettings, overrideSettings } from "@tsgo/core/conf";
import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import { setProjectRoot } from "@tsgo/core/loading";
import { beforeAll, describe, expect, test } from "vitest";

import { loadMiddleware } from "./load-middleware.ts";
import { isMiddlewareClass } from "./middleware.ts";

beforeAll(() => {
  setProjectRoot(join(import.meta.dirname, "testdata"));
  configureSettings();
});

describe("loading middleware", () => {
  test("takes classes and factories by reference, in the order of MIDDLEWARE", async () => {
    const MIDDLEWARE = ["middleware:TimingMiddleware", "middleware:factory"];
    const sources = await overrideSettings({ MIDDLEWARE }, async () => loadMiddleware());
    expect(sources.map(({ name }) => name)).toEqual(MIDDLEWARE);
    expect(sources.map(({ middleware }) => isMiddlewareClass(middleware))).toEqual([true, false]);
  });

  test.each([
    [
      "middleware:TimingMidleware",
      "MIDDLEWARE[1]: The module 'middleware' has no export 'TimingMidleware'. Did you mean 'TimingMiddleware'?",
    ],
    ["midleware:TimingMiddleware", "MIDDLEWARE[1]: "],
    ["middleware:number", "MIDDLEWARE[1]: 'middleware:number' is no middleware but of type number."],
    ["middleware", "MIDDLEWARE[1]: 'middleware' does not name an export"],
  ])("says which reference is wrong, and what may have been meant: %s", async (reference, message) => {
    const loading = loadMiddleware(["middleware:factory", reference]);
    await expect(loading).rejects.toThrow(ImproperlyConfigured);
    await expect(loading).rejects.toThrow(message);
  });
});
