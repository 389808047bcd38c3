// Filters that make HTML, or keep a text from being HTML.

import { conditionalEscape, escape, escapeText, linebreaks, urlize } from "@tsgo/utils/html";
import { type SafeString, isSafe, markSafe } from "@tsgo/utils/safestring";
import { Truncator, normalizeNewlines } from "@tsgo/utils/text";
import { textForm } from "@tsgo/utils/text-form";

import type { FilterState } from "../library/filter.ts";
import type { Library } from "../library/library.ts";
import { toItems } from "../runtime/iterate.ts";
import { toInteger } from "../runtime/number.ts";
import { requireInteger } from "./argument.ts";

/** Registers the filters that have to do with HTML. */
export function registerHtmlFilters(register: Library): void {
  const safe = { isSafe: true } as const;
  const escaping = { isSafe: true, needsAutoescape: true } as const;
  register.filter("escape", conditionalEscape, safe);
  register.filter("escapeseq", (value: unknown) => toItems(value).map(conditionalEscape), safe);
  register.filter("force_escape", escape, safe);
  register.filter("linebreaks", toParagraphs, { ...escaping, argument: "none" });
  register.filter("linebreaksbr", withBreaks, { ...escaping, argument: "none" });
  register.filter("linenumbers", linenumbers, { ...escaping, argument: "none" });
  register.filter("safe", (value: unknown) => (isSafe(value) ? value : markSafe(textForm(value))), safe);
  register.filter("safeseq", (value: unknown) => toItems(value).map((item) => markSafe(textForm(item))), safe);
  register.filter("urlize", linkify, { ...escaping, argument: "none" });
  register.filter("urlizetrunc", linkify, { ...escaping, argument: "required" });
  register.filter("truncatechars", (value: unknown, count: unknown) => truncate(value, count, "chars", false), safe);
  register.filter(
    "truncatechars_html",
    (value: unknown, count: unknown) => truncate(value, count, "chars", true),
    safe,
  );
  register.filter("truncatewords", (value: unknown, count: unknown) => truncate(value, count, "words", false), safe);
  register.filter(
    "truncatewords_html",
    (value: unknown, count: unknown) => truncate(value, count, "words", true),
    safe,
  );
}

function toParagraphs(value: unknown, _argument: undefined, { autoescape }: FilterState): SafeString {
  return markSafe(linebreaks(isSafe(value) ? value : textForm(value), autoescape));
}

function withBreaks(value: unknown, _argument: undefined, { autoescape }: FilterState): SafeString {
  const text = normalizeNewlines(textForm(value));
  return markSafe((autoescape && !isSafe(value) ? escapeText(text) : text).replaceAll("\n", "<br>"));
}

function linenumbers(value: unknown, _argument: undefined, { autoescape }: FilterState): SafeString {
  const lines = textForm(value).split("\n");
  const width = String(lines.length).length;
  const escapes = autoescape && !isSafe(value);
  const numbered = lines.map(
    (line, index) => `${String(index + 1).padStart(width, "0")}. ${escapes ? escapeText(line) : line}`,
  );
  return markSafe(numbered.join("\n"));
}

function linkify(value: unknown, limit: unknown, { autoescape }: FilterState): SafeString {
  const text = isSafe(value) ? value : textForm(value);
  const trimUrlLimit = limit === undefined ? undefined : requireInteger(limit);
  return markSafe(urlize(text, { nofollow: true, autoescape, trimUrlLimit }));
}

function truncate(value: unknown, count: unknown, unit: "chars" | "words", html: boolean): unknown {
  const length = toInteger(count);
  if (length === undefined) return isSafe(value) ? value : textForm(value);
  return new Truncator(textForm(value))[unit](length, unit === "words" ? { html, truncate: " …" } : { html });
}
