import { expect, test } from "vitest";

import { literalMaker, sameDefinition } from "./definition.ts";

const outside = 1;

test.each<[unknown, () => unknown]>([
  [[], () => []],
  [{ a: [1, "x(y)", null] }, () => ({ a: [1, "x(y)", null] })],
  ["x", () => "x"],
  [true, () => true],
])("a function that makes %j of a literal can be copied", (value, make) => {
  expect(literalMaker(make)).toEqual({ value });
});

test.each<[() => unknown]>([
  [() => Date.now()],
  [() => [outside]],
  [() => ({ a: outside })],
  [() => `${outside}`],
  [() => [new Date()]],
  [() => globalThis],
  [
    () => {
      return [];
    },
  ],
  [
    function named() {
      return [];
    },
  ],
])("%s cannot", (make) => {
  expect(literalMaker(make)).toBeUndefined();
});

test("two such functions are the same where they make the same", () => {
  expect(
    sameDefinition(
      () => ({ a: 1 }),
      () => ({ a: 1 }),
    ),
  ).toBe(true);
  expect(
    sameDefinition(
      () => ({ a: 1 }),
      () => ({ a: 2 }),
    ),
  ).toBe(false);
  expect(
    sameDefinition(
      () => [outside],
      () => [outside],
    ),
  ).toBe(false);
});
