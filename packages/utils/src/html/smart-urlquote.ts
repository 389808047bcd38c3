// URLs written by people, encoded.

import { quote, unquote } from "../urls/percent.ts";
import { punycode } from "../urls/punycode.ts";
import { formatQuery, parseQuery } from "../urls/query.ts";
import { type SplitUrl, splitUrl, unsplitUrl } from "../urls/split.ts";

// The characters that RFC 3986 reserves, and the tilde.
const RESERVED = "!$&'()*+,;=:/?#[]@~";

/**
 * Encodes a URL that may be encoded in part already. A host of letters of other scripts becomes what DNS has; what
 * cannot be taken apart is encoded as a whole. Django: `smart_urlquote`.
 */
export function smartUrlquote(url: string): string {
  const parts = takeApart(url);
  if (parts === undefined) return requote(url);
  const { scheme, netloc, path, query, fragment } = parts;
  return unsplitUrl({
    scheme,
    netloc,
    path: requote(path),
    query: query === "" ? "" : formatQuery(parseQuery(query).map(([name, value]) => [unquote(name), unquote(value)])),
    fragment: requote(fragment),
  });
}

function takeApart(url: string): SplitUrl | undefined {
  try {
    const parts = splitUrl(url);
    return { ...parts, netloc: punycode(parts.netloc) };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function requote(text: string): string {
  return quote(unquote(text), RESERVED);
}
