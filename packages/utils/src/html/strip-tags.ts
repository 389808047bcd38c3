// Tags taken out of HTML. The result is text for people to read, not HTML that is safe to show.

import { SuspiciousOperation } from "../suspicious.ts";
import { textForm } from "../text-form.ts";
import { type HtmlToken, htmlTokens } from "./tokens.ts";

/** How many rounds of stripping a text may need before it is taken for an attack. */
const MAX_DEPTH = 50;
const LONG_OPEN_TAG = 1000;
const REFERENCE = /&(#\d+(?![\da-f])|#x[\da-f]+|[a-z][-.a-z\d]*);?/gi;

/**
 * Takes out everything that looks like a tag, again and again until nothing more is found. Django: `strip_tags`.
 *
 * Never put the result into HTML unescaped: text that is no tag here may be one to a browser.
 *
 * @throws SuspiciousOperation where the text needs more than 50 rounds.
 */
export function stripTags(value: unknown): string {
  let text = textForm(value);
  refuseLongOpenTags(text);
  for (let depth = 0; text.includes("<") && text.includes(">"); depth += 1) {
    if (depth >= MAX_DEPTH) throw tooManyTags();
    const stripped = stripOnce(text);
    if (countOpen(stripped) === countOpen(text)) break;
    text = stripped;
  }
  return text;
}

// A tag that does not close for long, with many more opening in it.
function refuseLongOpenTags(text: string): void {
  for (const [tag] of text.matchAll(/<[a-z][^>]*/gi)) {
    if (tag.length > LONG_OPEN_TAG + 1 && countOpen(tag) >= MAX_DEPTH) throw tooManyTags();
  }
}

function tooManyTags(): SuspiciousOperation {
  return new SuspiciousOperation(
    `The text still has tags after ${MAX_DEPTH} rounds of stripping them. Refuse it: no one writes such HTML.`,
  );
}

function countOpen(text: string): number {
  let count = 0;
  for (let at = text.indexOf("<"); at !== -1; at = text.indexOf("<", at + 1)) count += 1;
  return count;
}

function stripOnce(html: string): string {
  const tokens = [...htmlTokens(html)];
  return tokens.map((token, index) => textOf(token, index === tokens.length - 1)).join("");
}

function textOf(token: HtmlToken, isLast: boolean): string {
  if (token.kind !== "text") return "";
  return token.raw || token.broken ? token.text : closeReferences(token.text, isLast);
}

// A character reference that was left open swallows what follows it; closed, it stays the same wherever it lands. What
// may be half of one at the very end stays as it is, but for a single letter, of which Django drops the ampersand.
function closeReferences(text: string, isLast: boolean): string {
  return text.replaceAll(REFERENCE, (reference: string, body: string, offset: number) => {
    if (!isLast || offset + reference.length < text.length || reference.endsWith(";")) return `&${body};`;
    return body.length === 1 ? body : reference;
  });
}
