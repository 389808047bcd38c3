import type crypto from "node:crypto";

import { expect, test, vi } from "vitest";

import { constantTimeCompare, getRandomString, pbkdf2, saltedHmac } from "./crypto.ts";

const spies = vi.hoisted(() => ({ calls: 0 }));
vi.mock("node:crypto", async (original) => {
  const actual = await original<typeof crypto>();
  return {
    ...actual,
    timingSafeEqual: (a: NodeJS.ArrayBufferView, b: NodeJS.ArrayBufferView) => {
      spies.calls += 1;
      return actual.timingSafeEqual(a, b);
    },
  };
});

test.each([
  ["a", "ab", false],
  ["", "a", false],
  ["", "", true],
  ["é", "e\u0301", false],
  ["\ud800", "\ud801", false],
  ["spam", "spam", true],
  ["é", Buffer.from("é"), true],
  [Buffer.from("x"), new Uint8Array([120]), true],
  [null, null, false],
  [1, 1, false],
  [undefined, "", false],
])("NODE-45: %j and %j compare in constant time, without an error", (a, b, equal) => {
  spies.calls = 0;
  expect(constantTimeCompare(a, b)).toBe(equal);
  expect(spies.calls).toBe(1);
});

test("NODE-46: random texts need neither Math.random nor the clock, and prefer no character", () => {
  const random = vi.spyOn(Math, "random").mockImplementation(() => {
    throw new Error("predictable");
  });
  const clock = vi.spyOn(Date, "now").mockReturnValue(0);
  const texts = new Set(Array.from({ length: 10_000 }, () => getRandomString(12)));
  random.mockRestore();
  clock.mockRestore();
  expect(texts.size).toBe(10_000);
  // With a remainder taken of a byte, the first 4 of 6 characters would come up a twelfth more often than the others.
  const counts = new Map<string, number>();
  for (const character of getRandomString(120_000, "abcdef")) counts.set(character, (counts.get(character) ?? 0) + 1);
  for (const count of counts.values()) expect(Math.abs(count - 20_000)).toBeLessThan(1000);
});

test("an empty alphabet and unknown algorithms are refused", () => {
  expect(() => getRandomString(3, "")).toThrow(RangeError);
  expect(() => saltedHmac("salt", "value", "secret", "whatever")).toThrow("'whatever' is not an algorithm");
});

test("keys are derived with the length of their digest unless told otherwise", async () => {
  expect(await pbkdf2("password", "salt", 1)).toHaveLength(32);
  expect(await pbkdf2("password", "salt", 1, { dklen: 20, digest: "sha1" })).toHaveLength(20);
});
