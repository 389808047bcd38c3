// XML written element by element.

import { textForm } from "../text-form.ts";

/** Attributes of an element; those that are null or undefined are left out. */
export type Attributes = Readonly<Record<string, string | null | undefined>>;

/** Raised for text that no XML can hold. Django: `UnserializableContentError`. */
export class UnserializableContentError extends Error {
  readonly code = "unserializable_content";

  constructor() {
    super("Control characters are not supported in XML 1.0. Take them out of the text.");
    this.name = "UnserializableContentError";
  }
}

// oxlint-disable-next-line no-control-regex -- control characters are what XML does not have
const UNSUPPORTED = /[\0-\x08\v\f\x0e-\x1f]/;

/** An element with text, or with elements that are written already. Attributes stand in the order of their names. */
export function element(name: string, content: unknown = "", attributes: Attributes = {}): string {
  return wrap(name, escapeXml(textForm(content), false), attributes);
}

/** An element around others. */
export function wrap(name: string, inner: string, attributes: Attributes = {}): string {
  const pairs = Object.entries(attributes).filter((pair): pair is [string, string] => typeof pair[1] === "string");
  const written = pairs
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => ` ${key}="${escapeXml(value, true)}"`)
    .join("");
  return inner === "" ? `<${name}${written}/>` : `<${name}${written}>${inner}</${name}>`;
}

function escapeXml(text: string, isAttribute: boolean): string {
  if (UNSUPPORTED.test(text)) throw new UnserializableContentError();
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  if (!isAttribute) return escaped;
  return escaped.replaceAll('"', "&quot;").replaceAll("\n", "&#10;").replaceAll("\r", "&#13;").replaceAll("\t", "&#9;");
}
