// HTML put together from a template and values that are escaped on their way in.

import { SafeString } from "../safestring.ts";
import { conditionalEscape } from "./escape.ts";

const FIELD = /\{\{|\}\}|\{(\w*)\}/g;

/**
 * Fills `{}`, `{0}` or `{name}` in a template with values, each escaped unless it is safe. `{{` and `}}` stand for
 * the braces themselves. Django: `format_html`.
 *
 * @param named Values for `{name}`: a plain object as the last argument.
 * @throws RangeError where the template asks for a value that was not given.
 *
 * @example
 * formatHtml("<b>{}</b> {}", name, markSafe(link));
 */
export function formatHtml(template: string, ...values: readonly unknown[]): SafeString {
  const named = values.at(-1);
  let next = 0;
  const html = template.replaceAll(FIELD, (field, name: string | undefined) => {
    if (name === undefined) return field.charAt(0);
    const key = name === "" ? String(next++) : name;
    return conditionalEscape(lookUp(key, values, named, template)).value;
  });
  return new SafeString(html);
}

function lookUp(key: string, values: readonly unknown[], named: unknown, template: string): unknown {
  const index = Number(key);
  if (Number.isInteger(index) && index < values.length) return values[index];
  if (typeof named === "object" && named !== null && Object.hasOwn(named, key)) {
    return (named as Record<string, unknown>)[key];
  }
  throw new RangeError(`The template ${JSON.stringify(template)} asks for {${key}}, which was not given.`);
}

/**
 * `formatHtml` for each row of values, joined by a separator that is escaped unless it is safe. Django:
 * `format_html_join`.
 *
 * @example
 * formatHtmlJoin("\n", "<li>{}</li>", users.map((user) => [user.name]));
 */
export function formatHtmlJoin(
  separator: string | SafeString,
  template: string,
  rows: Iterable<readonly unknown[] | Readonly<Record<string, unknown>>>,
): SafeString {
  const parts = Array.from(
    rows,
    (row) => (Array.isArray(row) ? formatHtml(template, ...row) : formatHtml(template, row)).value,
  );
  return new SafeString(parts.join(conditionalEscape(separator).value));
}
