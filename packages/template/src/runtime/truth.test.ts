import { IS_EMPTY } from "@tsgo/utils/emptiness";
import { expect, test } from "vitest";

import { isTruthy } from "./truth.ts";

class FileLike {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  get [IS_EMPTY](): boolean {
    return this.name === "";
  }

  size(): never {
    throw new Error("nobody asked");
  }
}

test("an object that says it stands for nothing is false, and is asked for nothing else", () => {
  expect([isTruthy(new FileLike("")), isTruthy(new FileLike("a.txt"))]).toEqual([false, true]);
});
