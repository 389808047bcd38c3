// Whether a request comes from a page that may send it.

import { fromSettings } from "@tsgo/core/conf";
import { DisallowedHost } from "@tsgo/core/exceptions";
import type { HttpRequest } from "@tsgo/http/request";
import { isSameDomain } from "@tsgo/utils/http";
import { type SplitUrl, splitUrl } from "@tsgo/utils/urls";

interface TrustedOrigins {
  readonly exact: ReadonlySet<string>;
  /** Hosts that begin with a dot and stand for all their subdomains, by scheme. */
  readonly subdomains: ReadonlyMap<string, readonly string[]>;
  /** The hosts of all of them. */
  readonly hosts: readonly string[];
}

const trusted = fromSettings(({ CSRF_TRUSTED_ORIGINS }): TrustedOrigins => {
  const subdomains = new Map<string, string[]>();
  for (const { scheme, netloc } of CSRF_TRUSTED_ORIGINS.filter((origin) => origin.includes("*")).map(splitUrl)) {
    subdomains.set(scheme, [...(subdomains.get(scheme) ?? []), withoutStar(netloc)]);
  }
  return {
    exact: new Set(CSRF_TRUSTED_ORIGINS.filter((origin) => !origin.includes("*"))),
    subdomains,
    hosts: CSRF_TRUSTED_ORIGINS.map((origin) => withoutStar(splitUrl(origin).netloc)),
  };
});

const cookieDomain = fromSettings((settings) => settings.CSRF_COOKIE_DOMAIN);

/** Whether an Origin header names this site, scheme and port included, or one of CSRF_TRUSTED_ORIGINS. */
export function isOriginTrusted(request: HttpRequest, origin: string): boolean {
  const host = allowedHost(request);
  if (host !== undefined && origin === `${request.scheme}://${host}`) return true;
  const { exact, subdomains } = trusted();
  if (exact.has(origin)) return true;
  const parsed = splitOrUndefined(origin);
  if (parsed === undefined) return false;
  return (subdomains.get(parsed.scheme) ?? []).some((domain) => isSameDomain(parsed.netloc, domain));
}

/** Why the Referer header of a request that came by https is no proof of its origin; undefined where it is one. */
export function refererFault(request: HttpRequest): string | undefined {
  const written = request.headers.get("referer");
  if (written === undefined) return "Referer checking failed - no Referer.";
  const referer = splitOrUndefined(written);
  if (referer === undefined || referer.scheme === "" || referer.netloc === "") {
    return "Referer checking failed - Referer is malformed.";
  }
  // Whoever listens to http could have put the request there.
  if (referer.scheme !== "https") return "Referer checking failed - Referer is insecure while host is secure.";
  if (trusted().hosts.some((host) => isSameDomain(referer.netloc, host))) return undefined;
  const own = ownHost(request);
  if (own !== undefined && isSameDomain(referer.netloc, own)) return undefined;
  return `Referer checking failed - ${written} does not match any trusted origins.`;
}

/** What a referer is compared with: the domain of the cookie, since the other hosts there can set it, or this host. */
function ownHost(request: HttpRequest): string | undefined {
  const domain = cookieDomain();
  if (domain === null) return allowedHost(request);
  const port = request.getPort();
  return port === "443" || port === "80" ? domain : `${domain}:${port}`;
}

function allowedHost(request: HttpRequest): string | undefined {
  try {
    return request.getHost();
  } catch (error) {
    if (error instanceof DisallowedHost) return undefined;
    throw error;
  }
}

function splitOrUndefined(url: string): SplitUrl | undefined {
  try {
    return splitUrl(url);
  } catch {
    return undefined;
  }
}

function withoutStar(host: string): string {
  return host.replace(/^\*+/, "");
}
