import { describe, expect, test } from "vitest";

import { SuspiciousFileOperation } from "../suspicious.ts";
import { asciiDigits } from "./digits.ts";
import { getValidFilename } from "./filenames.ts";
import { slugify } from "./slugify.ts";
import { smartSplit, unescapeStringLiteral } from "./smart-split.ts";
import { splitWords, strip } from "./whitespace.ts";
import { camelCaseToSpaces, capfirst, getTextList, phone2numeric } from "./words.ts";
import { wrap } from "./wrap.ts";

describe("wrap", () => {
  test("breaks at spaces and keeps long words and line ends", () => {
    expect(wrap("short\na long line", 7)).toBe("short\na long\nline");
    expect(wrap("a loooooooooong word", 6)).toBe("a\nloooooooooong\nword");
    expect(wrap("🎉 🎉 🎉", 3)).toBe("🎉 🎉\n🎉");
  });

  test("CVE-2025-26699: texts of millions of characters are wrapped in linear work", () => {
    expect(wrap("x".repeat(2_000_000), 20)).toHaveLength(2_000_000);
    const wrapped = wrap("ab ".repeat(700_000), 20);
    expect(wrapped.startsWith("ab ab ab ab ab ab ab\nab ab")).toBe(true);
    expect(wrapped).toHaveLength(2_100_000);
  });
});

describe("slugify", () => {
  test("joins lower-cased words with hyphens", () => {
    expect(slugify(" Hello,  World! ")).toBe("hello-world");
    expect(slugify("Ünïcödé ß")).toBe("unicode");
    expect(slugify("Ünïcödé ß", { allowUnicode: true })).toBe("ünïcödé-ß");
    expect(slugify("__a_b--")).toBe("a_b");
  });

  test("CVE-2025-26699: runs of hyphens take linear work", () => {
    expect(slugify("-".repeat(1_000_000))).toBe("");
  });
});

describe("smartSplit", () => {
  test("keeps quoted parts whole, and their quotes", () => {
    expect(smartSplit(String.raw`a "b \" c" d='e f' "g`)).toEqual(["a", String.raw`"b \" c"`, "d='e f'", '"g']);
    expect(smartSplit("  ")).toEqual([]);
  });

  test("CVE-2018-7536: quotes that never close are looked for once", () => {
    expect(smartSplit('\\" '.repeat(100_000))).toHaveLength(100_000);
    expect(smartSplit(`' " `.repeat(100_001)).length).toBeGreaterThan(0);
  });

  test("literals lose their quotes and escapes", () => {
    expect(unescapeStringLiteral(String.raw`"a \"b\" \\"`)).toBe(String.raw`a "b" \ `.trim());
    for (const broken of ["abc", '"', `"a'`]) expect(() => unescapeStringLiteral(broken)).toThrow(RangeError);
  });
});

describe("names of files", () => {
  test("keep letters, digits and a few signs", () => {
    expect(getValidFilename("été à la plage?.txt")).toBe("été_à_la_plage.txt");
    expect(getValidFilename("../../etc/passwd")).toBe("....etcpasswd");
  });

  test.each(["", ".", "..", "???", "$.$.$"])("%j says nothing and is refused", (name) => {
    expect(() => getValidFilename(name)).toThrow(SuspiciousFileOperation);
  });
});

test("words are changed as their names say", () => {
  expect(capfirst("ärger")).toBe("Ärger");
  expect(capfirst("")).toBe("");
  expect(camelCaseToSpaces("getHTTPCode")).toBe("get http code");
  expect(getTextList(["a", "b", "c"], "and")).toBe("a, b and c");
  expect(getTextList([])).toBe("");
  expect(phone2numeric("0800 FLOWERS")).toBe("0800 3569377");
});

test("white space and digits are Python's", () => {
  expect(strip("\u001c\u00a0 a\u3000")).toBe("a");
  expect(strip("\ufeffa")).toBe("\ufeffa");
  expect(splitWords("a\u2003b\n c")).toEqual(["a", "b", "c"]);
  expect(asciiDigits("２０１２-٠٤ 𝟗")).toBe("2012-04 9");
});
