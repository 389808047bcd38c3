import { expect, test } from "vitest";

import { CaseInsensitiveMapping } from "./case-insensitive-mapping.ts";
import { MultiValueDict, MultiValueDictKeyError } from "./multi-value-dict.ts";

test("a MultiValueDict answers with the last value, or with all", () => {
  const dict = new MultiValueDict([
    ["name", ["Adrian", "Simon"]],
    ["empty", []],
  ]);
  expect(dict.get("name")).toBe("Simon");
  expect(dict.getList("name")).toEqual(["Adrian", "Simon"]);
  expect(dict.get("empty")).toBeUndefined();
  expect(dict.get("missing", "x")).toBe("x");
  expect([...dict]).toEqual([
    ["name", "Simon"],
    ["empty", undefined],
  ]);
  expect(() => dict.getItem("missing")).toThrow(MultiValueDictKeyError);
});

test("lists that are given out are copies", () => {
  const dict = new MultiValueDict([["a", [1]]]);
  dict.getList("a").push(2);
  const copy = dict.copy();
  copy.appendList("a", 3);
  expect(dict.getList("a")).toEqual([1]);
});

test("inherited names are no names of a MultiValueDict", () => {
  const dict = new MultiValueDict<string>();
  for (const name of ["constructor", "__proto__", "toString"]) expect(dict.has(name)).toBe(false);
  dict.set("__proto__", "x");
  expect(dict.dict()["__proto__"]).toBe("x");
  expect(Object.getPrototypeOf(dict.dict())).toBeNull();
});

test("a CaseInsensitiveMapping finds names in any case and shows them as given", () => {
  const mapping = new CaseInsensitiveMapping({ Accept: "a", "X-Id": "b" });
  expect(mapping.get("ACCEPT")).toBe("a");
  expect(mapping.has("x-id")).toBe(true);
  expect([...mapping.keys()]).toEqual(["Accept", "X-Id"]);
  expect(mapping.get("constructor")).toBeUndefined();
});
