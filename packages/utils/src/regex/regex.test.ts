import { describe, expect, test } from "vitest";

import { mayBacktrackExponentially } from "./backtracking.ts";
import { compileRegex } from "./compile.ts";
import { NonReversibleRegexError, RegexError } from "./errors.ts";
import { literalPrefix } from "./literal-prefix.ts";
import { normalize } from "./normalize.ts";
import { parseRegex } from "./parse.ts";

function groups(pattern: string, text: string): (string | undefined)[] | undefined {
  const { regexp, groups: numbers } = compileRegex(pattern);
  const found = regexp.exec(text);
  return found === null ? undefined : numbers.map((number) => found[number]);
}

describe("an expression in Python's syntax", () => {
  test.each([
    ["(?P<a>x)(?P=a)", "xx", ["x"]],
    ["(?<a>x)\\1", "xx", ["x"]],
    ["^\\w+$", "éжß_9", []],
    ["^\\d$", "٣", []],
    ["^\\s$", "\u001c", []],
    ["^.$", "\r", []],
    ["(?s)^.$", "\n", []],
    ["(?i)^straße$", "STRAßE", []],
    ["^a(?i:b[c-e]f)g$", "aBDFg", []],
    ["^[^\\W\\d-]+$", "abc", []],
    ["^[]a-]+$", "]-a", []],
    ["^a{,2}b{x}$", "aab{x}", []],
    ["^(?:(?>a+)|b)(c)$", "aac", ["c"]],
    ["(?x) ^ a [ ] b  # with a comment\n $", "a b", []],
    ["^\\x41\\u0416\\101\\0$", "AЖA\0", []],
    ["^x(?#no matter)y$", "xy", []],
    ["(?m)^b$", "a\nb\nc", []],
    ["\\bé\\b", "à é ù", []],
    ["a$", "a\n", []],
    ["(a)|(b)", "b", [undefined, "b"]],
    ["^\\🚀-[🚀]$", "🚀-🚀", []],
  ])("matches what it matches there: %s", (pattern, text, expected) => {
    expect(groups(pattern, text)).toEqual(expected);
  });

  test.each([
    ["^\\s$", "\ufeff"],
    ["^.$", "\n"],
    ["(?a)^\\w$", "é"],
    ["^a(?i:b)c$", "ABC"],
    ["(?>a+)ab", "aaab"],
    ["a++a", "aaa"],
    ["^[^\\d]$", "5"],
    ["a\\Z", "a\n"],
    ["\\Bé", "é"],
  ])("does not match what it does not match there: %s", (pattern, text) => {
    expect(groups(pattern, text)).toBeUndefined();
  });

  test("has the ends of the text for its anchors where these are strict", () => {
    expect(compileRegex("a$").regexp.test("a\n")).toBe(true);
    for (const pattern of ["a$", "(?m)a$", "a\\Z"]) {
      expect(compileRegex(pattern, { strictAnchors: true }).regexp.test("a\n")).toBe(false);
    }
    expect(compileRegex("a|ab", { full: true }).regexp.test("ab")).toBe(true);
  });

  test.each([
    ["(", "missing ), unterminated subpattern at position 0"],
    ["a)", "unbalanced parenthesis at position 1"],
    ["[a", "unterminated character set at position 0"],
    ["*a", "nothing to repeat at position 0"],
    ["^*", "nothing to repeat at position 1"],
    ["a**", "multiple repeat at position 2"],
    ["a{3,2}", "min repeat greater than max repeat at position 1"],
    ["[b-a]", "bad character range b-a at position 1"],
    ["\\q", "bad escape \\q at position 0"],
    ["\\1", "invalid group reference 1 at position 1"],
    ["(?P<a>x)(?P<a>y)", "redefinition of group name 'a' as group 2; was group 1 at position 8"],
    ["(?P<1>x)", "bad character in group name '1' at position 4"],
    ["(?P=b)", "unknown group name 'b' at position 0"],
    ["a(?i)b", "global flags not at the start of the expression at position 1"],
    ["(?z)", "unknown extension ?z at position 1"],
    ["(a)?(?(1)b|c)", "conditional groups are not supported at position 4"],
    ["\\", "bad escape (end of pattern) at position 0"],
    ["(".repeat(300) + ")".repeat(300), "more than 200 nested groups at position 200"],
  ])("is refused with the place where Python refuses it: %s", (pattern, message) => {
    expect(() => parseRegex(pattern)).toThrow(RegexError);
    expect(() => parseRegex(pattern)).toThrow(message);
  });
});

describe("the texts that an expression stands for", () => {
  test.each([
    ["^polls/(?P<id>\\d+)/$", [["polls/%(id)s/", ["id"]]]],
    [
      "a(\\d)?(?:b(?P<x>c))?",
      [
        ["a", []],
        ["ab%(x)s", ["x"]],
        ["a%(_0)s", ["_0"]],
        ["a%(_0)sb%(x)s", ["_0", "x"]],
      ],
    ],
    ["a{2,3}b?", [["aa", []]]],
    ["(?=a)a(?<!b)", [["a", []]]],
    ["a|b", [["", []]]],
  ])("have holes where its groups are: %s", (pattern, forms) => {
    expect(normalize(pattern)).toEqual(forms);
  });

  test.each(["(?i)a", "(?i:a)", "(?#c)a", "(?>a)", "(a)?".repeat(20), "(?:(a)?){1000}"])(
    "are not to be had of %s",
    (pattern) => {
      expect(() => normalize(pattern)).toThrow(NonReversibleRegexError);
    },
  );
});

test("what every match begins with is known of anchored expressions only", () => {
  const prefixes = ["^ab(c)", "\\Aab?", "ab", "^(?i:a)", "^a|b", "(?i)^a", "^"].map((pattern) =>
    literalPrefix(parseRegex(pattern)),
  );
  expect(prefixes).toEqual(["ab", "a", "", "", "", "", ""]);
});

describe("expressions that backtrack exponentially", () => {
  test.each([
    "(a+)+",
    "(a*)*$",
    "(a|a)*",
    "(\\w|\\d)+x",
    "([^/]+/?)+",
    "(\\w+\\s?)*",
    "(?:a+b?)+c",
    "((a+)b?)*",
    "(x+x+)+y",
  ])("are found: %s", (pattern) => {
    expect(mayBacktrackExponentially(parseRegex(pattern))).toBe(true);
  });

  test.each([
    "[0-9]+",
    "(?:\\w+-)*\\w+",
    "(a+){1,3}",
    "(?:[a-z]+/)+",
    "(?:a+b)+",
    "(?:\\w++)+",
    "^(?:foo|bar)(\\w+)/$",
  ])("are not seen where there are none: %s", (pattern) => {
    expect(mayBacktrackExponentially(parseRegex(pattern))).toBe(false);
  });
});
