import { describe, expect, test } from "vitest";

import { markSafe } from "../safestring.ts";
import { urlize } from "./urlize.ts";

const link = '<a href="http://example.com">http://example.com</a>';

describe("urlize", () => {
  test("links addresses and leaves the punctuation around them outside", () => {
    expect(urlize("(see http://example.com/)")).toBe('(see <a href="http://example.com/">http://example.com/</a>)');
    expect(urlize("Go to www.example.org!")).toBe('Go to <a href="http://www.example.org">www.example.org</a>!');
    expect(urlize("djangoproject.com and me@example.org")).toBe(
      '<a href="http://djangoproject.com">djangoproject.com</a> and <a href="mailto:me@example.org">me@example.org</a>',
    );
  });

  test("escapes what stands around and in a link unless the text is safe", () => {
    expect(urlize("<b> http://x.example/?a=1&b=2", { autoescape: true })).toBe(
      '&lt;b&gt; <a href="http://x.example/?a=1&amp;b=2">http://x.example/?a=1&amp;b=2</a>',
    );
    expect(urlize(markSafe("<b>x</b>"), { autoescape: true })).toBe("<b>x</b>");
  });

  test("shortens the text of a link, not its target", () => {
    expect(urlize("http://example.com/long/path", { trimUrlLimit: 12, nofollow: true })).toBe(
      '<a href="http://example.com/long/path" rel="nofollow">http://exam…</a>',
    );
  });

  test("keeps a quote in an address from ending the attribute", () => {
    expect(urlize('http://x.example/"onclick="alert(1)', { autoescape: true })).not.toContain('"onclick=');
  });

  test("links no scheme but http and https", () => {
    expect(urlize("javascript:alert('x') data:text/html,x")).not.toContain("<a");
  });
});

// Sizes with which quadratic work would not end within the time limit of the tests.
describe("urlize on hostile text", () => {
  test.each([".;".repeat(100_000), `&${";:".repeat(100_000)}`])(
    "CVE-2024-45230: runs of punctuation that look like references come back unchanged (%#)",
    (text) => {
      expect(urlize(text)).toBe(text);
      expect(urlize(`http://example.com ${text}`)).toBe(`${link} ${text}`);
    },
  );

  test.each(["a@", "http://", "www."])(
    "CVE-2024-41991: millions of characters beyond ASCII behind %s come back unchanged",
    (start) => {
      const text = `${start}${"한.글.".repeat(1_000_000)}a`;
      expect(urlize(text) === text).toBe(true);
    },
  );

  test.each([`&:${";".repeat(100_000)}`, "&.;".repeat(100_000)])(
    "CVE-2024-41990: long runs at the end come back unchanged (%#)",
    (text) => {
      expect(urlize(text)).toBe(text);
      expect(urlize(`http://example.com ${text}`)).toBe(`${link} ${text}`);
    },
  );

  test.each([
    ["(", ")"],
    ["([", "])"],
    ["[(", ")]"],
    ["([[", "]])"],
  ])("CVE-2024-38875: very many brackets %s come back unchanged", (open, close) => {
    const text = `${open.repeat(100_000)}:${close.repeat(100_000)}`;
    expect(urlize(text)).toBe(text);
    expect(urlize(`${"(".repeat(100_000)}&:${")".repeat(100_000)}`)).toHaveLength(200_002);
    expect(urlize("(http://example.com/)")).toBe('(<a href="http://example.com/">http://example.com/</a>)');
  });

  test.each([
    `a${"@a".repeat(50_000)}a`,
    `a${".".repeat(1_000_000)}a`,
    `www.${"a.".repeat(500_000)}`,
    `http://${"(".repeat(500_000)}`,
    `a${".com/@".repeat(200_000)}`,
  ])("CVE-2018-7536: dots, ats and brackets without end come back unchanged (%#)", (text) => {
    expect(urlize(text) === text).toBe(true);
  });
});
