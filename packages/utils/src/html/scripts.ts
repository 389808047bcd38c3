// Values put into scripts.

import { SafeString, isSafe } from "../safestring.ts";
import { textForm } from "../text-form.ts";
import { escapeText } from "./escape.ts";

// Everything that could end a string, a script or an attribute, and the line ends that only JavaScript knows.
// oxlint-disable-next-line no-control-regex -- control characters are what has to be found
const UNSAFE_IN_JS = /[\0-\x1f\\'"<>&=;`\u2028\u2029-]/g;
const UNSAFE_IN_JSON = /[<>&\u2028\u2029]/g;

function unicodeEscape(character: string): string {
  return String.raw`\u` + character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
}

/** Escapes a value for use inside a string of JavaScript. Django: `escapejs`. */
export function escapejs(value: unknown): SafeString {
  return new SafeString(textForm(value).replaceAll(UNSAFE_IN_JS, unicodeEscape));
}

/**
 * Writes a value as JSON into a `<script type="application/json">`, from which nothing in it can break out. Django:
 * `json_script`.
 *
 * @param elementId The id of the element; it has none where this is left out.
 */
export function jsonScript(value: unknown, elementId?: string | SafeString | null): SafeString {
  const json = (JSON.stringify(value ?? null, jsonValue) ?? "null").replaceAll(UNSAFE_IN_JSON, unicodeEscape);
  const id = elementId === null || elementId === undefined || elementId === "" ? "" : ` id="${attribute(elementId)}"`;
  return new SafeString(`<script${id} type="application/json">${json}</script>`);
}

// JSON has no numbers of any size: a bigint that a number cannot hold is written as a string.
function jsonValue(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Map) return Object.fromEntries(value);
  return value instanceof Set ? [...value] : value;
}

function attribute(text: string | SafeString): string {
  return isSafe(text) ? text.value : escapeText(text);
}
