import { configureSettings, isConfigured, overrideSettings } from "@tsgo/core/conf";
import { beforeAll, expect, test } from "vitest";

import { InvalidCacheBackendError, cache, caches } from "./index.ts";

const locmem = "tsgo/cache/backends/locmem:LocMemCache";

beforeAll(() => {
  if (!isConfigured()) configureSettings();
});

test("the caches of the settings are opened when they are used", async () => {
  using _ = overrideSettings({
    CACHES: {
      default: {
        BACKEND: locmem,
        LOCATION: "a",
        KEY_PREFIX: "p",
        VERSION: 2,
        TIMEOUT: 5,
        OPTIONS: { MAX_ENTRIES: 2, CULL_FREQUENCY: 0 },
      },
      other: { BACKEND: locmem, LOCATION: "a", KEY_FUNCTION: (key) => `p:2:${key}` },
      none: { BACKEND: "tsgo/cache/backends/dummy:DummyCache" },
    },
  });
  await cache.set("k", "v");
  expect(await cache.get("k")).toBe("v");
  expect(await caches.get("other").get("k")).toBe("v");
  expect(await caches.get("none").get("k")).toBeUndefined();
  await cache.setMany({ a: 1, b: 2, c: 3 });
  expect([...(await cache.getMany(["k", "a", "b", "c"])).keys()]).toEqual(["b", "c"]);
  await caches.closeAll();
});

test("other settings make other caches", async () => {
  using _ = overrideSettings({ CACHES: { default: { BACKEND: locmem, LOCATION: "one" } } });
  await cache.set("k", 1);
  using later = overrideSettings({ CACHES: { default: { BACKEND: locmem, LOCATION: "two" } } });
  expect(await cache.get("k")).toBeUndefined();
  later.disable();
});

test.each(["defualt", "constructor", "__proto__", "toString"])("NODE-04: there is no cache named %s", async (alias) => {
  await expect(caches.get(alias).get("k")).rejects.toBeInstanceOf(InvalidCacheBackendError);
});

test("a mistyped name is answered with the nearest one", async () => {
  await expect(caches.get("defualt").get("k")).rejects.toThrow("Did you mean 'default'?");
});

test("a cache can be given out of a promise", async () => {
  expect(await Promise.resolve(cache)).toBe(cache);
});
