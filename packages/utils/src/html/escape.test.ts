import { describe, expect, test } from "vitest";

import { SafeString, isSafe, markSafe } from "../safestring.ts";
import { conditionalEscape, escape, escapeText } from "./escape.ts";

describe("escaping", () => {
  test("replaces the five characters that mean something in HTML", () => {
    expect(escapeText(`<a href="x" title='y'>&</a>`)).toBe(
      "&lt;a href=&quot;x&quot; title=&#x27;y&#x27;&gt;&amp;&lt;/a&gt;",
    );
  });

  test("gives back text that has none of them as it is", () => {
    expect(escapeText("plain text, ümlaut, 🎉")).toBe("plain text, ümlaut, 🎉");
    expect(escapeText("")).toBe("");
  });

  test("escapes at the very beginning and end", () => {
    expect(escapeText("<x>")).toBe("&lt;x&gt;");
    expect(escapeText("&")).toBe("&amp;");
  });

  test("escapes safe text again only when told to", () => {
    const safe = markSafe("<b>");
    expect(String(escape(safe))).toBe("&lt;b&gt;");
    expect(conditionalEscape(safe)).toBe(safe);
    expect(String(conditionalEscape("<b>"))).toBe("&lt;b&gt;");
  });
});

describe("safe strings", () => {
  test("behave as text where text is wanted", () => {
    const safe = markSafe("<b>x</b>");
    expect(`${safe.toString()}!`).toBe("<b>x</b>!");
    expect(JSON.stringify({ safe })).toBe('{"safe":"<b>x</b>"}');
    expect(safe).toHaveLength(8);
  });

  test("are told from plain strings and from objects that look like them", () => {
    expect(isSafe(new SafeString("x"))).toBe(true);
    expect(isSafe("x")).toBe(false);
    expect(isSafe({ value: "x", toString: () => "x" })).toBe(false);
    expect(isSafe(null)).toBe(false);
  });

  test("stay as they are when marked again", () => {
    const safe = markSafe("x");
    expect(markSafe(safe)).toBe(safe);
  });
});
