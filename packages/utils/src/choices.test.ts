import { expect, test } from "vitest";

import { flattenChoices, normalizeChoices } from "./choices.ts";
import { parseInteger } from "./integers.ts";

test("choices of every shape become pairs", () => {
  expect([...normalizeChoices({ s: "Small", group: { x: "X" } })]).toEqual([
    ["s", "Small"],
    ["group", [["x", "X"]]],
  ]);
  expect([...normalizeChoices(new Map([[1, "one"]]))]).toEqual([[1, "one"]]);
});

test("a function is asked each time", () => {
  let calls = 0;
  const choices = normalizeChoices(() => [[(calls += 1), "n"] as const]);
  expect([...choices]).toEqual([[1, "n"]]);
  expect([...choices]).toEqual([[2, "n"]]);
});

test("groups can be taken away", () => {
  const grouped = normalizeChoices([
    ["g", [["x", "X"]]],
    ["y", "Y"],
  ]);
  expect([...flattenChoices(grouped)]).toEqual([
    ["x", "X"],
    ["y", "Y"],
  ]);
  expect([...flattenChoices(null)]).toEqual([]);
});

test.each([
  [" 12 ", 12n],
  ["+1_000", 1000n],
  ["٣", 3n],
  [1.9, 1n],
  [-1.9, -1n],
  [true, 1n],
  ["1.5", undefined],
  ["1__0", undefined],
  [Number.NaN, undefined],
  [null, undefined],
  [{}, undefined],
  ["9".repeat(5000), undefined],
])("%j as an integer is %s", (value, integer) => {
  expect(parseInteger(value)).toBe(integer);
});
