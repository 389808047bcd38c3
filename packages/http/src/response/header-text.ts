// What may stand in a header, and how text that may not is written.

import { BadHeaderError } from "../exceptions.ts";

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const NOT_IN_VALUE = /[^\t\x20-\x7e\x80-\xff]/;
const LINE_BREAK = /[\r\n]/;
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const CONTROL = /[\0-\x08\x0a-\x1f\x7f]/;
const SURROGATE = /\p{Surrogate}/u;

/**
 * The name of a header, if it is one.
 *
 * @throws BadHeaderError for anything that is not a token of RFC 9110.
 */
export function checkHeaderName(name: string): string {
  if (!TOKEN.test(name))
    throw new BadHeaderError(`${JSON.stringify(name)} is not a header name: use letters, digits and hyphens.`);
  return name;
}

/**
 * The value of a header as it is written: text beyond Latin-1 as a MIME encoded word, the rest as it is.
 *
 * @throws BadHeaderError for line breaks, control characters and unpaired surrogates.
 */
export function headerValue(value: string | number): string {
  const text = String(value);
  if (!NOT_IN_VALUE.test(text)) return text;
  if (LINE_BREAK.test(text))
    throw new BadHeaderError(`Header values can't contain newlines (got ${JSON.stringify(text)})`);
  if (CONTROL.test(text) || SURROGATE.test(text))
    throw new BadHeaderError(`Header values can't contain control characters (got ${JSON.stringify(text)})`);
  return encodedWord(text);
}

// RFC 2047: whichever of its two encodings is shorter.
function encodedWord(text: string): string {
  const bytes = Buffer.from(text, "utf8");
  const base64 = bytes.toString("base64");
  const quoted = Array.from(bytes, quotedPrintable).join("");
  return base64.length < quoted.length ? `=?utf-8?b?${base64}?=` : `=?utf-8?q?${quoted}?=`;
}

function quotedPrintable(byte: number): string {
  const character = String.fromCharCode(byte);
  if (character === " ") return "_";
  return /[-!*+/A-Za-z0-9]/.test(character) ? character : `=${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}
