// The Content-Type header of responses. Asked for at each of them, so what was found out is kept.

import { httpSettings } from "../http-settings.ts";
import { headerValue } from "./header-text.ts";

const CHARSET = /;\s*charset=([^\s;]+)/i;
// Far more than a site has types; what is beyond is looked at each time.
const MAX_KNOWN = 200;

const charsets = new Map<string, string | undefined>();
const defaults = new Map<string, string>();

/** The character set that a content type names. */
export function charsetOf(contentType: string): string | undefined {
  if (charsets.has(contentType)) return charsets.get(contentType);
  const charset = CHARSET.exec(contentType)?.[1]?.replaceAll('"', "");
  if (charsets.size < MAX_KNOWN) charsets.set(contentType, charset);
  return charset;
}

/** What a response is where nothing else is said: HTML, in the character set given or in DEFAULT_CHARSET. */
export function defaultContentType(charset: string = httpSettings().DEFAULT_CHARSET): string {
  const known = defaults.get(charset);
  if (known !== undefined) return known;
  const contentType = headerValue(`text/html; charset=${charset}`);
  if (defaults.size < MAX_KNOWN) defaults.set(charset, contentType);
  return contentType;
}
