import { expect, test } from "vitest";

import { formatHtml, formatHtmlJoin } from "./format.ts";
import { escapejs, jsonScript } from "./scripts.ts";
import { markSafe } from "../safestring.ts";

test("escapejs lets nothing end a string, a script or a line", () => {
  expect(String(escapejs(`</script>'"\\\n\u2028`))).toBe(String.raw`\u003C/script\u003E\u0027\u0022\u005C\u000A\u2028`);
});

test("jsonScript lets nothing in the value end the script, and nothing in the id end the attribute", () => {
  expect(String(jsonScript({ a: "</script>&" }, 'x"y'))).toBe(
    String.raw`<script id="x&quot;y" type="application/json">{"a":"\u003C/script\u003E\u0026"}</script>`,
  );
  expect(String(jsonScript(undefined))).toBe('<script type="application/json">null</script>');
});

test("jsonScript writes maps, sets and big integers", () => {
  const value = new Map<string, unknown>([
    ["big", 2n ** 60n],
    ["small", 3n],
    ["set", new Set([1])],
  ]);
  expect(String(jsonScript(value))).toContain('{"big":"1152921504606846976","small":3,"set":[1]}');
});

test("formatHtml escapes what is put in, and not what is safe", () => {
  expect(String(formatHtml("<b>{}</b>{} {{}}", "<x>", markSafe("<y>")))).toBe("<b>&lt;x&gt;</b><y> {}");
  expect(String(formatHtml("{1} {0} {name}", "a", "b", { name: "&" }))).toBe("b a &amp;");
});

test("formatHtml refuses a template that asks for more than it gets, inherited names too", () => {
  expect(() => formatHtml("{} {}", "a")).toThrow(RangeError);
  expect(() => formatHtml("{constructor}", {})).toThrow(RangeError);
});

test("formatHtmlJoin takes rows of values or of names", () => {
  expect(String(formatHtmlJoin(", ", "<{}>", [["a"], ["&"]]))).toBe("<a>, <&amp;>");
  expect(String(formatHtmlJoin("", "{k}", [{ k: "<" }]))).toBe("&lt;");
});
