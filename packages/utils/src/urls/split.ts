// URLs taken apart and put together by their text alone: nothing is resolved, repaired or lower-cased but the scheme.

/** The five parts of a URL. Each is the text between its delimiters, an empty string where it is missing. */
export interface SplitUrl {
  readonly scheme: string;
  readonly netloc: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

const SCHEME = /^[a-z][a-z\d+.-]*$/i;
const USES_NETLOC = new Set(["", "ftp", "http", "https", "file", "ws", "wss"]);

/**
 * Takes a URL apart. Python: `urllib.parse.urlsplit`.
 *
 * @throws RangeError where brackets of an IPv6 address do not pair, or the host holds characters that stand for a
 * delimiter once they are normalised.
 */
export function splitUrl(url: string): SplitUrl {
  let rest = stripControls(url).replaceAll(/[\t\n\r]/g, "");
  let scheme = "";
  const colon = rest.indexOf(":");
  if (colon > 0 && SCHEME.test(rest.slice(0, colon))) {
    scheme = rest.slice(0, colon).toLowerCase();
    rest = rest.slice(colon + 1);
  }
  let netloc = "";
  if (rest.startsWith("//")) {
    const end = rest.slice(2).search(/[/?#]/);
    netloc = end === -1 ? rest.slice(2) : rest.slice(2, end + 2);
    rest = rest.slice(netloc.length + 2);
    checkNetloc(netloc);
  }
  const [beforeFragment, fragment] = cut(rest, "#");
  const [path, query] = cut(beforeFragment, "?");
  return { scheme, netloc, path, query, fragment };
}

/** Puts the parts of a URL together again. Python: `urllib.parse.urlunsplit`. */
export function unsplitUrl({ scheme, netloc, path, query, fragment }: SplitUrl): string {
  let url = path;
  if (netloc !== "" || (scheme !== "" && USES_NETLOC.has(scheme) && !url.startsWith("//"))) {
    if (url !== "" && !url.startsWith("/")) url = `/${url}`;
    url = `//${netloc}${url}`;
  }
  if (scheme !== "") url = `${scheme}:${url}`;
  if (query !== "") url += `?${query}`;
  return fragment === "" ? url : `${url}#${fragment}`;
}

// WHATWG removes C0 controls and spaces at both ends; only the beginning can hide a scheme.
function stripControls(url: string): string {
  let start = 0;
  while (start < url.length && url.charCodeAt(start) <= 32) start += 1;
  return url.slice(start);
}

function cut(text: string, delimiter: string): [string, string] {
  const at = text.indexOf(delimiter);
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function checkNetloc(netloc: string): void {
  if (netloc.includes("[") !== netloc.includes("]")) {
    throw new RangeError(`The host of a URL has a bracket without its partner: '${netloc}'.`);
  }
  const bare = netloc.replaceAll(/[@:#?]/g, "");
  const normalised = bare.normalize("NFKC");
  if (normalised !== bare && /[/?#@:]/.test(normalised)) {
    throw new RangeError(`The host of a URL holds characters that read as a delimiter once normalised: '${netloc}'.`);
  }
}
