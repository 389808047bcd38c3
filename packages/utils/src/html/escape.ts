// Escaping for HTML. The template engine calls this for every value that it prints, so it is written for speed.

import { SafeString, isSafe } from "../safestring.ts";
import { textForm } from "../text-form.ts";

const SPECIAL = /[&<>"']/;
/** Up to this length, looking at each character costs less than a search that decides whether to. */
const SHORT = 24;
const LAST_SPECIAL = ">".charCodeAt(0);

// The methods themselves rather than `text.charCodeAt`: where a library makes objects that inherit from String.prototype,
// as nunjucks does, V8 11 (Node 20) finds methods of strings five to ten times as slowly from then on.
// oxlint-disable-next-line typescript/unbound-method -- bound by `call`
const charCodeAt = Function.prototype.call.bind(String.prototype.charCodeAt) as (text: string, index: number) => number;
// oxlint-disable-next-line typescript/unbound-method -- bound by `call`
const slice = Function.prototype.call.bind(String.prototype.slice) as (
  text: string,
  start: number,
  end?: number,
) => string;

/**
 * Escapes `& < > " '` in a text. The result is a plain string for code that builds HTML piece by piece; `escape`
 * gives the same as a SafeString.
 *
 * @example
 * escapeText(`<a href="x">`); // "&lt;a href=&quot;x&quot;&gt;"
 */
export function escapeText(text: string): string {
  const { length } = text;
  if (length > SHORT && !SPECIAL.test(text)) return text;
  let escaped = "";
  let copied = 0;
  for (let index = 0; index < length; index += 1) {
    const code = charCodeAt(text, index);
    if (code > LAST_SPECIAL) continue;
    const entity = entityOf(code);
    if (entity === "") continue;
    escaped += slice(text, copied, index) + entity;
    copied = index + 1;
  }
  // Most values hold nothing to escape: the text itself is the answer.
  return copied === 0 ? text : escaped + slice(text, copied);
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
