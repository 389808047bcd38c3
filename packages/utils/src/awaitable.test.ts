import { describe, expect, test } from "vitest";

import { isPromise, recovering, whenThere } from "./awaitable.ts";

const fail = (): number => {
  throw new Error("no");
};

describe("awaitable values", () => {
  test("what is there is used at once, what is promised later", async () => {
    expect(whenThere(1, (value) => value + 1)).toBe(2);
    const later = whenThere(Promise.resolve(1), (value) => value + 1);
    expect(isPromise(later)).toBe(true);
    await expect(later).resolves.toBe(2);
  });

  test("an error is recovered from whether it is thrown or comes as a rejection", async () => {
    expect(recovering(fail, () => 3)).toBe(3);
    await expect(
      recovering(
        () => Promise.reject(new Error("no")),
        () => 3,
      ),
    ).resolves.toBe(3);
    expect(recovering(() => 4, fail)).toBe(4);
  });

  test("anything that can be awaited is a promise, and nothing else is", () => {
    // oxlint-disable-next-line unicorn/no-thenable -- that is what is tested
    expect([{ then: () => undefined }, Promise.resolve()].map((value) => isPromise<unknown>(value))).toEqual([
      true,
      true,
    ]);
    expect([null, undefined, {}, () => undefined, "then"].map((value) => isPromise<unknown>(value))).toEqual(
      Array<boolean>(5).fill(false),
    );
  });
});
