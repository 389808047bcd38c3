// Relative URLs, with Python's rules.

import { splitUrl, unsplitUrl } from "./split.ts";

const RELATIVE = new Set(["", "ftp", "http", "https", "file", "ws", "wss"]);

/**
 * What `url` means on the page `base`. Nothing is normalised but the dots of the path. Python: `urllib.parse.urljoin`.
 *
 * @throws RangeError where one of the two has a host that cannot be one.
 *
 * @example
 * joinUrl("http://example.com/a/b", "../c"); // "http://example.com/c"
 */
export function joinUrl(base: string, url: string): string {
  if (base === "" || url === "") return base || url;
  const from = splitUrl(base);
  const to = splitUrl(url);
  const scheme = to.scheme || from.scheme;
  if (scheme !== from.scheme || !RELATIVE.has(scheme)) return url;
  if (to.netloc !== "") return unsplitUrl({ ...to, scheme });
  const { netloc } = from;
  if (to.path === "")
    return unsplitUrl({ ...to, scheme, netloc, path: from.path, query: to.query === "" ? from.query : to.query });
  return unsplitUrl({ ...to, scheme, netloc, path: joinPaths(from.path, to.path) });
}

function joinPaths(base: string, path: string): string {
  const parts = path.startsWith("/") ? path.split("/") : relativeParts(base, path);
  const resolved: string[] = [];
  for (const part of parts) {
    if (part === "..") resolved.pop();
    else if (part !== ".") resolved.push(part);
  }
  const last = parts.at(-1);
  if (last === "." || last === "..") resolved.push("");
  return resolved.join("/") || "/";
}

// The last part of the base is a file, unless it ends with a slash. Empty parts inside are dropped, as Python does.
function relativeParts(base: string, path: string): string[] {
  const baseParts = base.split("/");
  if (baseParts.at(-1) !== "") baseParts.pop();
  const parts = [...baseParts, ...path.split("/")];
  return parts.filter((part, index) => part !== "" || index === 0 || index === parts.length - 1);
}
