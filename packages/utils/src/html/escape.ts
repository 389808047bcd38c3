// Escaping for HTML. The template engine calls this for every value that it prints, so it is written for speed.

import { SafeString, isSafe } from "../safestring.ts";
import { textForm } from "../text-form.ts";

const SPECIAL = /[&<>"']/;

/**
 * Escapes `& < > " '` in a text. The result is a plain string for code that builds HTML piece by piece; `escape`
 * gives the same as a SafeString.
 *
 * @example
 * escapeText(`<a href="x">`); // "&lt;a href=&quot;x&quot;&gt;"
 */
export function escapeText(text: string): string {
  // Most values hold nothing to escape: one search decides, and the text itself is the answer.
  const first = text.search(SPECIAL);
  return first === -1 ? text : escapeFrom(text, first);
}

function escapeFrom(text: string, first: number): string {
  let escaped = "";
  let copied = 0;
  for (let index = first; index < text.length; index += 1) {
    const entity = entityOf(text.charCodeAt(index));
    if (entity === "") continue;
    if (index > copied) escaped += text.slice(copied, index);
    escaped += entity;
    copied = index + 1;
  }
  return copied < text.length ? escaped + text.slice(copied) : escaped;
}

function entityOf(code: number): string {
  switch (code) {
    case 38:
      return "&amp;";
    case 60:
      return "&lt;";
    case 62:
      return "&gt;";
    case 34:
      return "&quot;";
    case 39:
      return "&#x27;";
    default:
      return "";
  }
}

/** The text form of any value, escaped for HTML whether it was safe before or not. Django: `escape`. */
export function escape(value: unknown): SafeString {
  return new SafeString(escapeText(textForm(value)));
}

/** Escapes a value for HTML unless it is safe already. Django: `conditional_escape`. */
export function conditionalEscape(value: unknown): SafeString {
  return isSafe(value) ? value : escape(value);
}
