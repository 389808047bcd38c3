import { Decimal } from "decimal.js";
import { expect, test } from "vitest";

import { LazyText } from "./functional/index.ts";
import { markSafe } from "./safestring.ts";
import { textForm } from "./text-form.ts";

class Model {
  readonly secret = "s3cret";

  toString(): string {
    return "Question <1>";
  }
}

test.each([
  ["text", "text"],
  [null, ""],
  [undefined, ""],
  [true, "true"],
  [1, "1"],
  [10n ** 20n, "100000000000000000000"],
  [markSafe("<b>"), "<b>"],
  [new LazyText(() => "later"), "later"],
  [[1, "a", null, [true]], '[1,"a",null,[true]]'],
  [{ a: 1, b: [new Model()] }, '{"a":1,"b":["Question <1>"]}'],
  [new Map([["k", new Set([1n])]]), '{"k":["1"]}'],
  [new Model(), "Question <1>"],
  [new Error("broken"), "Error: broken"],
  [[new Date(0)], '["1970-01-01T00:00:00.000Z"]'],
  [new Date(Number.NaN), ""],
  [new Decimal("0.00000001"), "1E-8"],
  [function named() {}, "named"],
  [Object.create(null), "{}"],
])("the text form of %o is %j", (value, text) => {
  expect(textForm(value)).toBe(text);
});

test("a list that contains itself ends", () => {
  const list: unknown[] = [1];
  list.push(list);
  expect(textForm(list)).toBe('[1,"[circular]"]');
});

test("what a toString throws goes through", () => {
  const hostile = {
    __proto__: {
      toString() {
        throw new RangeError("no");
      },
    },
  };
  expect(() => textForm(hostile)).toThrow(RangeError);
});

test("a key named __proto__ is a key like any other", () => {
  expect(textForm(JSON.parse('{"__proto__":{"x":1}}'))).toBe('{"__proto__":{"x":1}}');
});
