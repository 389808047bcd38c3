// Whether a name, or a URL, belongs to this site.

import { type SplitUrl, splitUrl } from "../urls/split.ts";

/**
 * Whether a host is the one that the pattern names, or with a leading dot that one and its subdomains. The pattern may be
 * in any case, the host is in lower case. Django: `is_same_domain`.
 *
 * @example
 * isSameDomain("www.example.com", ".example.com"); // true
 */
export function isSameDomain(host: string, pattern: string): boolean {
  if (pattern === "") return false;
  const lower = pattern.toLowerCase();
  return lower.startsWith(".") ? host.endsWith(lower) || host === lower.slice(1) : lower === host;
}

/** What `urlHasAllowedHostAndScheme` allows. */
export interface AllowedHosts {
  /** Hosts that may be named, beside none at all. */
  readonly allowedHosts: string | Iterable<string> | null;
  /** Whether `http:` is refused. */
  readonly requireHttps?: boolean;
}

/**
 * Whether a redirect to a URL that a client gave stays on this site: it names no host or an allowed one, and the scheme is
 * http or https. Django: `url_has_allowed_host_and_scheme`.
 *
 * @example
 * urlHasAllowedHostAndScheme("//evil.example/", { allowedHosts: ["example.com"] }); // false
 */
export function urlHasAllowedHostAndScheme(url: string | null, options: AllowedHosts): boolean {
  const trimmed = url?.trim() ?? "";
  if (trimmed === "") return false;
  const { allowedHosts, requireHttps = false } = options;
  const hosts = new Set(typeof allowedHosts === "string" ? [allowedHosts] : (allowedHosts ?? []));
  // Browsers read a backslash as a slash.
  return [trimmed, trimmed.replaceAll("\\", "/")].every((spelling) => staysOn(spelling, hosts, requireHttps));
}

const MAX_URL_LENGTH = 16_384;
const CONTROL = /^\p{C}/u;

function staysOn(url: string, hosts: ReadonlySet<string>, requireHttps: boolean): boolean {
  // Browsers take `///example.com` for a host, and other parsers take it for a path.
  if (url.startsWith("///") || url.length > MAX_URL_LENGTH || CONTROL.test(url)) return false;
  const parts = safeSplit(url);
  if (parts === undefined) return false;
  // `http:///example.com` and `http:example.com` mean a host to some browsers.
  if (parts.netloc === "" && parts.scheme !== "") return false;
  const scheme = parts.scheme === "" && parts.netloc !== "" ? "http" : parts.scheme;
  const schemes = requireHttps ? ["https"] : ["http", "https"];
  return (parts.netloc === "" || hosts.has(parts.netloc)) && (scheme === "" || schemes.includes(scheme));
}

function safeSplit(url: string): SplitUrl | undefined {
  try {
    return splitUrl(url);
  } catch {
    return undefined;
  }
}

/**
 * Makes a path that begins with two slashes one that begins with a single one: a browser would read a host there.
 * Django: `escape_leading_slashes`.
 */
export function escapeLeadingSlashes(url: string): string {
  return url.startsWith("//") ? `/%2F${url.slice(2)}` : url;
}
