import { configureSettings, overrideSettings } from "@tsgo/core/conf";
import { TooManyFieldsSent } from "@tsgo/core/exceptions";
import { MultiValueDictKeyError } from "@tsgo/utils/datastructures";
import { describe, expect, test } from "vitest";

import { QueryDict } from "./querydict.ts";

configureSettings();

test("a query gives its last values, its lists, and itself again", () => {
  const query = new QueryDict("tag=a&tag=b&page=2&empty=&flag");
  expect([query.get("tag"), query.getList("tag"), query.get("none", "x"), query.get("flag")]).toEqual([
    "b",
    ["a", "b"],
    "x",
    "",
  ]);
  expect([...query]).toEqual([
    ["tag", "b"],
    ["page", "2"],
    ["empty", ""],
    ["flag", ""],
  ]);
  expect(String(query)).toBe("tag=a&tag=b&page=2&empty=&flag=");
  expect(() => query.getItem("none")).toThrow(MultiValueDictKeyError);
});

describe("a query that cannot be changed", () => {
  test.each([
    (query: QueryDict) => query.set("a", "1"),
    (query: QueryDict) => query.setList("a", ["1"]),
    (query: QueryDict) => query.appendList("a", "1"),
    (query: QueryDict) => query.setDefault("a", "1"),
    (query: QueryDict) => query.setListDefault("b", ["1"]),
    (query: QueryDict) => query.update({ a: "1" }),
    (query: QueryDict) => query.delete("a"),
    (query: QueryDict) => query.pop("a"),
    (query: QueryDict) => query.popItem(),
    (query: QueryDict) => query.clear(),
  ])("refuses %s", (change) => {
    const query = new QueryDict("a=0");
    expect(() => change(query)).toThrow("immutable");
    expect([...query.lists()]).toEqual([["a", ["0"]]]);
    change(query.copy());
  });

  test("has copies that can be, until they are frozen", () => {
    const query = new QueryDict("a=0");
    const copy = query.copy();
    copy.set("a", "1");
    expect([query.get("a"), copy.get("a"), query.mutable, copy.mutable]).toEqual(["0", "1", false, true]);
    expect(() => copy.freeze().set("a", "2")).toThrow(TypeError);
  });
});

test("another encoding reads and writes another text", () => {
  const query = new QueryDict("q=%E9", { encoding: "iso-8859-1" });
  expect([query.get("q"), query.urlencode()]).toEqual(["é", "q=%E9"]);
  const cyrillic = new QueryDict("q=%EF%F0", { encoding: "windows-1251" });
  expect([cyrillic.get("q"), cyrillic.urlencode()]).toEqual(["пр", "q=%EF%F0"]);
});

test("more fields than allowed are refused before they are read", () => {
  overrideSettings({ DATA_UPLOAD_MAX_NUMBER_FIELDS: 3 }, () => {
    expect(new QueryDict("a&b&c").size).toBe(3);
    expect(() => new QueryDict("a&b&c&d")).toThrow(TooManyFieldsSent);
  });
  overrideSettings({ DATA_UPLOAD_MAX_NUMBER_FIELDS: null }, () => {
    expect(new QueryDict("a&".repeat(5000)).getList("a")).toHaveLength(5000);
  });
});
