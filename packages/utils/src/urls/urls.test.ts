import { describe, expect, test } from "vitest";

import { joinUrl, quote, quotePlus, unquote, unquotePlus, unquoteToBytes } from "./index.ts";

describe("joining", () => {
  test.each([
    ["http://a/b/c", "d", "http://a/b/d"],
    ["http://a/b/c", "../d", "http://a/d"],
    ["http://a/b/c", "../../../d", "http://a/d"],
    ["http://a/b/c/", "./", "http://a/b/c/"],
    ["http://a/b/c?x=1", "", "http://a/b/c?x=1"],
    ["http://a/b/c?x=1", "?y=2", "http://a/b/c?y=2"],
    ["http://a/b/c", "//d/e", "http://d/e"],
    ["http://a/b/c", "https://d/e", "https://d/e"],
    ["http://a/b/c", "mailto:x@y", "mailto:x@y"],
    ["http://a//b//c", "d", "http://a/b/d"],
  ])("%s with %s is %s", (base, url, joined) => {
    expect(joinUrl(base, url)).toBe(joined);
  });
});

describe("percent escapes", () => {
  test("are resolved as far as they can be", () => {
    expect(unquote("caf%C3%A9 100% %zz")).toBe("café 100% %zz");
    expect(unquote("%FF%41")).toBe("\ufffdA");
    expect(unquotePlus("a+b%2B")).toBe("a b+");
    expect([...unquoteToBytes("é%FF")]).toEqual([0xc3, 0xa9, 0xff]);
  });

  test("are written for all but the safe characters", () => {
    expect(quote("/a b&é~")).toBe("/a%20b%26%C3%A9~");
    expect(quotePlus("a b/+")).toBe("a+b%2F%2B");
    expect(unquote(quote("日本 %"))).toBe("日本 %");
  });
});
