import { describe, expect, test } from "vitest";

import { Truncator } from "./truncator.ts";

describe("Truncator", () => {
  test("cuts to characters, the mark included", () => {
    expect(new Truncator("The quick brown fox").chars(10)).toBe("The quick…");
    expect(new Truncator("The quick brown fox").chars(10, { truncate: "..." })).toBe("The qui...");
    expect(new Truncator("short").chars(10)).toBe("short");
    expect(new Truncator("x").chars(0)).toBe("");
  });

  test("counts code points, and not what combines with them", () => {
    expect(new Truncator("🎉🎉🎉🎉").chars(3)).toBe("🎉🎉…");
    expect(new Truncator("B\u030aB\u030aB\u030a").chars(2)).toBe("B\u030a…");
  });

  test("cuts to words", () => {
    expect(new Truncator("one  two three").words(2)).toBe("one two…");
    expect(new Truncator("one two").words(2)).toBe("one two");
    expect(new Truncator("one two three").words(1, { truncate: "[%(truncated_text)s]" })).toBe("[one]");
  });

  test("closes the tags that are open where HTML is cut", () => {
    expect(new Truncator("<p>one <b>two three</b></p>").words(2, { html: true })).toBe("<p>one <b>two…</b></p>");
    expect(new Truncator("<p>one<br>two</p>").chars(5, { html: true })).toBe("<p>one<br>t…</p>");
    expect(new Truncator("<b title='a > b'>x y z</b>").words(1, { html: true })).toBe("<b title='a > b'>x…</b>");
  });

  test("counts a character reference as one character and keeps it escaped", () => {
    expect(new Truncator("&lt;&amp;&eacute;xyz").chars(4, { html: true })).toBe("&lt;&amp;é…");
  });
});

describe("Truncator on hostile HTML", () => {
  const html = { html: true };

  test("CVE-2026-1285: end tags without a start tag are not searched for", () => {
    const ends = "</p>".repeat(300_000);
    expect(new Truncator(`${ends}x y`).words(1, html)).toBe(`${ends}x…`);
    const text = "<a>".repeat(100_000) + "</b>".repeat(100_000);
    expect(new Truncator(text).words(1, html)).toBe(text);
    expect(new Truncator(text).chars(1, html)).toBe(text);
  });

  test("CVE-2024-27351: runs of opening brackets are text", () => {
    expect(new Truncator("<".repeat(60_000)).words(1, html)).toBe("&lt;…");
    for (const piece of ["<", "< ", "<a "]) {
      const cut = new Truncator(piece.repeat(5_000_000 / piece.length)).words(1, html);
      expect(cut).toMatch(/^&lt;.{0,3}…$/);
    }
  });

  test("CVE-2023-43665: what lies beyond the longest text is dropped", () => {
    expect(new Truncator(`</a${"\t".repeat(4_999_994)}//>`).chars(10, html)).toBe("</a>");
    expect(new Truncator(`</p${"\t".repeat(5_000_001)}//>`).chars(10, html)).toBe("&lt;/p\t\t\t\t\t\t…");
    expect(new Truncator("&".repeat(5_000_000)).chars(10, html)).toBe(`${"&amp;".repeat(9)}…`);
    expect(new Truncator("_X<<<<<<<<<<<>").chars(10, html)).toBe("_X&lt;&lt;&lt;&lt;&lt;&lt;&lt;…");
    expect(new Truncator(`${"a".repeat(5_000_000)}<b>far away</b>`).words(9, html)).toHaveLength(5_000_000);
  });

  test.each([
    ["<".repeat(100_000) + ">", "&lt;&lt;&lt;&lt;…"],
    ["<p ".repeat(50_000), "&lt;p &lt;…"],
    ["&" + "a".repeat(1_000_000), "&amp;aaa…"],
    ["x" + "\t".repeat(1_000_000) + ">", "x\t\t\t…"],
  ])("CVE-2019-14232: text that looks like markup is cut in linear work (%#)", (text, cut) => {
    expect(new Truncator(text).chars(5, html)).toBe(cut);
    expect(new Truncator(text).words(1, html).length).toBeGreaterThan(0);
  });

  test("CVE-2019-14232: a cut inside of an element leaves nothing open", () => {
    expect(new Truncator('<a href="&amp;x">&eacute;&eacute;&eacute;</a>').chars(2, html)).toBe(
      '<a href="&amp;x">é…</a>',
    );
  });

  test.each(["&".repeat(500_000), `<${"p".repeat(500_000)}`, `<p${" a".repeat(250_000)}`])(
    "CVE-2018-7537: long words and attributes are cut in linear work (%#)",
    (text) => {
      expect(new Truncator(text).chars(1, html)).toBe("…");
      expect(new Truncator(`<b title="${text.replaceAll("<", "")}">x y</b>`).words(1, html).endsWith(">x…</b>")).toBe(
        true,
      );
    },
  );
});
