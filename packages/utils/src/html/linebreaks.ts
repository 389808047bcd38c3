// Plain text turned into paragraphs.

import { isSafe, type SafeString } from "../safestring.ts";
import { normalizeNewlines } from "../text/newlines.ts";
import { escapeText } from "./escape.ts";

/**
 * Makes a `<p>` of each paragraph and a `<br>` of each line break in it. Django: `linebreaks`.
 *
 * @param autoescape Whether to escape the paragraphs; text that is safe already is not escaped.
 */
export function linebreaks(text: string | SafeString, autoescape = false): string {
  const escaping = autoescape && !isSafe(text);
  return normalizeNewlines(String(text))
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${(escaping ? escapeText(paragraph) : paragraph).replaceAll("\n", "<br>")}</p>`)
    .join("\n\n");
}
