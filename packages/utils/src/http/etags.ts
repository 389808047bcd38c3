// Entity tags.

// RFC 9110: an optional W/ and quotes around anything but quotes and controls.
const ETAG = /^\s*((?:W\/)?"[^"]*")\s*$/;

/** The tags of an If-Match or If-None-Match header; `*` stands alone. What is no tag is left out. Django: `parse_etags`. */
export function parseEtags(header: string): string[] {
  if (header.trim() === "*") return ["*"];
  return header.split(",").flatMap((tag) => ETAG.exec(tag)?.[1] ?? []);
}

/** Puts quotes around a tag, unless it has them. Django: `quote_etag`. */
export function quoteEtag(tag: string): string {
  return ETAG.test(tag) ? tag : `"${tag}"`;
}
