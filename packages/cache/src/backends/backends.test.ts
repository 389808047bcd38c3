import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import type { CacheParameters } from "../base-cache.ts";
import { CacheKeyNotFound, InvalidCacheKey } from "../errors.ts";
import { MAX_KEY_LENGTH } from "../keys.ts";
import { DummyCache } from "./dummy.ts";
import { LocMemCache } from "./locmem.ts";

let location = 0;

/** A cache in a place of its own. */
function newCache(parameters: CacheParameters = {}): LocMemCache {
  location += 1;
  return new LocMemCache({ location: `test-${location}`, ...parameters });
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});

afterEach(() => {
  vi.useRealTimers();
});

function passSeconds(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000);
}

describe("LocMemCache", () => {
  test("keeps values, and gives what is missing its fallback", async () => {
    const cache = newCache();
    await cache.set("a", 1);
    expect(await cache.get("a")).toBe(1);
    expect(await cache.get("b")).toBeUndefined();
    expect(await cache.get("b", "x")).toBe("x");
    await cache.set("null", null);
    expect(await cache.get("null", "x")).toBeNull();
    expect([await cache.has("null"), await cache.has("b")]).toEqual([true, false]);
  });

  test("copies values on their way in and out", async () => {
    const cache = newCache();
    const value = { list: [1], date: new Date(0), map: new Map([["k", new Set([1])]]) };
    await cache.set("a", value);
    value.list.push(2);
    const first = await cache.get<typeof value>("a");
    expect(first).toEqual({ list: [1], date: new Date(0), map: new Map([["k", new Set([1])]]) });
    first?.list.push(3);
    expect((await cache.get<typeof value>("a"))?.list).toEqual([1]);
  });

  test("forgets when the time is over", async () => {
    const cache = newCache({ timeout: 10 });
    await cache.set("default", 1);
    await cache.set("longer", 1, { timeout: 20 });
    await cache.set("ever", 1, { timeout: null });
    await cache.set("never", 1, { timeout: 0 });
    expect(await cache.has("never")).toBe(false);
    passSeconds(10);
    expect([await cache.has("default"), await cache.has("longer"), await cache.has("ever")]).toEqual([
      false,
      true,
      true,
    ]);
    expect(await cache.touch("longer", { timeout: 100 })).toBe(true);
    expect(await cache.touch("default")).toBe(false);
    passSeconds(50);
    expect(await cache.has("longer")).toBe(true);
    expect(await cache.touch("longer", { timeout: 0 })).toBe(true);
    expect(await cache.has("longer")).toBe(false);
  });

  test("adds only what is not there", async () => {
    const cache = newCache();
    expect(await cache.add("a", 1)).toBe(true);
    expect(await cache.add("a", 2)).toBe(false);
    expect(await cache.get("a")).toBe(1);
    passSeconds(301);
    expect(await cache.add("a", 3)).toBe(true);
  });

  test("makes a value once where it is missing", async () => {
    const cache = newCache();
    const make = vi.fn<() => Promise<string>>(async () => "made");
    expect(await cache.getOrSet("a", make)).toBe("made");
    expect(await cache.getOrSet("a", make)).toBe("made");
    expect(await cache.getOrSet("b", 5)).toBe(5);
    expect(make).toHaveBeenCalledTimes(1);
  });

  test("counts up and down in one step, within the time that is left", async () => {
    const cache = newCache();
    await cache.set("n", 1, { timeout: 10 });
    passSeconds(5);
    expect(await Promise.all([cache.incr("n"), cache.incr("n", 10), cache.decr("n", 2)])).toEqual([2, 12, 10]);
    passSeconds(6);
    await expect(cache.incr("n")).rejects.toBeInstanceOf(CacheKeyNotFound);
    await cache.set("text", "x");
    await expect(cache.incr("text")).rejects.toThrow(TypeError);
  });

  test("works on several keys at once", async () => {
    const cache = newCache();
    expect(await cache.setMany({ a: 1, b: 2 })).toEqual([]);
    await cache.setMany(new Map([["c", 3]]));
    expect(await cache.getMany(["a", "c", "x"])).toEqual(
      new Map([
        ["a", 1],
        ["c", 3],
      ]),
    );
    await cache.deleteMany(["a", "x"]);
    expect([await cache.delete("a"), await cache.delete("b")]).toEqual([false, true]);
    await cache.clear();
    expect(await cache.has("c")).toBe(false);
  });

  test("keeps versions apart and moves entries between them", async () => {
    const cache = newCache({ version: 2 });
    await cache.set("a", "two");
    await cache.set("a", "one", { version: 1 });
    expect([await cache.get("a"), await cache.get("a", undefined, { version: 1 })]).toEqual(["two", "one"]);
    expect(await cache.incrVersion("a")).toBe(3);
    expect(await cache.get("a", undefined, { version: 3 })).toBe("two");
    expect(await cache.has("a")).toBe(false);
    expect(await cache.decrVersion("a", 1, { version: 3 })).toBe(2);
    await expect(cache.incrVersion("missing")).rejects.toBeInstanceOf(CacheKeyNotFound);
  });

  test("drops what was not used for longest when there are too many", async () => {
    const cache = newCache({ maxEntries: 6, cullFrequency: 3 });
    for (const key of ["a", "b", "c", "d", "e", "f"]) await cache.set(key, key);
    await cache.get("a");
    await cache.set("g", "g");
    const left = await cache.getMany(["a", "b", "c", "d", "e", "f", "g"]);
    expect([...left.keys()]).toEqual(["a", "d", "e", "f", "g"]);
    const all = newCache({ maxEntries: 2, cullFrequency: 0 });
    await all.setMany({ a: 1, b: 2, c: 3 });
    expect([...(await all.getMany(["a", "b", "c"])).keys()]).toEqual(["c"]);
  });

  test("shares its entries with the caches of the same location", async () => {
    const [one, two, other] = [newCache({ location: "shared" }), newCache({ location: "shared" }), newCache()];
    await one.set("a", 1);
    expect([await two.get("a"), await other.get("a")]).toEqual([1, undefined]);
  });

  test("puts a prefix before its keys, or makes them by a function", async () => {
    const [a, b] = ["a", "b"].map((keyPrefix) => newCache({ location: "prefixes", keyPrefix }));
    await a?.set("k", 1);
    expect(await b?.get("k")).toBeUndefined();
    const own = newCache({ keyFunction: (key, prefix, version) => `${prefix}|${version}|${key.length}` });
    await own.set("xx", 1);
    expect(await own.get("yy")).toBe(1);
  });
});

describe("keys", () => {
  test.each([
    ["a b", "a\tb"],
    ["k", "k "],
    ["Key", "key"],
    ["é", "e\u0301"],
    [`${"x".repeat(299)}a`, `${"x".repeat(299)}b`],
    ["x", "x\r\nset y"],
    ["", "__proto__"],
    ["__proto__", "constructor"],
  ])("CVE-2020-13254: %j and %j are two entries, or refused", async (first, second) => {
    const cache = newCache();
    const found = await cache
      .set(first, "first")
      .then(async () => cache.get(second))
      .catch((error: unknown) => error);
    expect(found === undefined || found instanceof InvalidCacheKey).toBe(true);
  });

  test("the longest key counts with its prefix and version", async () => {
    const cache = newCache({ keyPrefix: "p" });
    await cache.set("x".repeat(MAX_KEY_LENGTH - 4), 1);
    await expect(cache.set("x".repeat(MAX_KEY_LENGTH - 3), 1)).rejects.toBeInstanceOf(InvalidCacheKey);
  });
});

test("DummyCache takes everything and keeps nothing", async () => {
  const cache = new DummyCache();
  await cache.set("a", 1);
  expect([await cache.get("a"), await cache.has("a"), await cache.add("a", 1)]).toEqual([undefined, false, true]);
  expect(await cache.getOrSet("a", () => 5)).toBe(5);
  expect([await cache.touch("a"), await cache.delete("a")]).toEqual([false, false]);
  await expect(cache.incr("a")).rejects.toBeInstanceOf(CacheKeyNotFound);
});
