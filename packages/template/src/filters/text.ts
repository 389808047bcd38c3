// Filters that change a text.

import { capfirst, phone2numeric, slugify, splitWords, wrap } from "@tsgo/utils/text";
import { escapejs, jsonScript, stripTags } from "@tsgo/utils/html";
import { iriToUri } from "@tsgo/utils/encoding";
import { isSafe, markSafe } from "@tsgo/utils/safestring";
import { textForm } from "@tsgo/utils/text-form";
import { quote } from "@tsgo/utils/urls";

import type { Library } from "../library/library.ts";
import { stringfilter } from "../library/stringfilter.ts";
import { requireInteger } from "./argument.ts";
import { stringformat } from "./stringformat.ts";

/** Registers the filters that change a text. */
export function registerTextFilters(register: Library): void {
  const safe = { isSafe: true } as const;
  register.filter(
    "addslashes",
    stringfilter((text) => text.replaceAll(/[\\"']/g, String.raw`\$&`)),
    safe,
  );
  register.filter("capfirst", stringfilter(capfirst), safe);
  register.filter("cut", cut);
  register.filter("escapejs", escapejs);
  register.filter(
    "iriencode",
    stringfilter((text) => iriToUri(text) ?? ""),
    safe,
  );
  register.filter(
    "json_script",
    (value: unknown, id: unknown) => jsonScript(value, id === undefined ? null : textForm(id)),
    {
      isSafe: true,
      argument: "optional",
    },
  );
  register.filter(
    "lower",
    stringfilter((text) => text.toLowerCase()),
    safe,
  );
  register.filter("make_list", (value: unknown) => Array.from(textForm(value)));
  register.filter("phone2numeric", stringfilter(phone2numeric), safe);
  register.filter(
    "slugify",
    stringfilter((text) => slugify(text)),
    safe,
  );
  register.filter("stringformat", stringformat, safe);
  register.filter("striptags", stringfilter(stripTags), safe);
  register.filter("title", stringfilter(title), safe);
  register.filter(
    "upper",
    stringfilter((text) => text.toUpperCase()),
  );
  register.filter("urlencode", urlencode, { argument: "optional" });
  register.filter(
    "wordcount",
    stringfilter((text) => splitWords(text).length),
  );
  register.filter("wordwrap", (value: unknown, width: unknown) => wrap(textForm(value), requireInteger(width)), safe);
  register.filter("ljust", (value: unknown, width: unknown) => justify(value, width, "left"), safe);
  register.filter("rjust", (value: unknown, width: unknown) => justify(value, width, "right"), safe);
  register.filter("center", (value: unknown, width: unknown) => justify(value, width, "center"), safe);
}

function cut(value: unknown, part: unknown): unknown {
  const removed = textForm(part);
  const text = removed === "" ? textForm(value) : textForm(value).replaceAll(removed, "");
  // Without its semicolon an entity is none, and what it stood for might come out.
  return isSafe(value) && removed !== ";" ? markSafe(text) : text;
}

// A letter is upper case where none stands before it, but for what follows an apostrophe or a digit.
function title(text: string): string {
  return text
    .replaceAll(/\p{L}+/gu, (word) => {
      const [first = ""] = word;
      return titleCase(first) + word.slice(first.length).toLowerCase();
    })
    .replaceAll(/(?<=[a-z])'[A-Z]/g, (match) => match.toLowerCase())
    .replaceAll(/(?<=\d)[A-Z]/g, (match) => match.toLowerCase());
}

// The letters whose upper case at the beginning of a word is another one than in capitals.
const DIGRAPHS = "ǄǅǆǇǈǉǊǋǌǱǲǳ";
const TITLE_CASE: ReadonlyMap<string, string> = new Map(
  Array.from(DIGRAPHS, (letter, index) => [letter, DIGRAPHS.charAt(index - (index % 3) + 1)]),
);

function titleCase(letter: string): string {
  const upper = TITLE_CASE.get(letter) ?? letter.toUpperCase();
  return upper.length > letter.length ? upper.charAt(0) + upper.slice(1).toLowerCase() : upper;
}

function urlencode(value: unknown, unreserved?: unknown): string {
  return unreserved === undefined || unreserved === null
    ? quote(textForm(value))
    : quote(textForm(value), textForm(unreserved));
}

function justify(value: unknown, width: unknown, side: "left" | "right" | "center"): string {
  const text = textForm(value);
  const length = Array.from(text).length;
  const space = requireInteger(width) - length;
  if (space <= 0) return text;
  // Python puts the odd space on the left where the width is odd.
  const left = side === "left" ? 0 : side === "right" ? space : Math.floor(space / 2) + (space & (space + length) & 1);
  return " ".repeat(left) + text + " ".repeat(space - left);
}
