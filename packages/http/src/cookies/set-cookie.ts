// What `response.setCookie` makes of its options.

import { httpDate } from "@tsgo/utils/http";

import { CookieError } from "../exceptions.ts";
import { Cookie, type CookieAttributes } from "./cookie.ts";

/** A length of time; `Temporal.Duration` is one. */
export interface DurationLike {
  total(unit: "seconds"): number;
}

/** How long a cookie lives and where it is sent. */
export interface SetCookieOptions {
  /** Seconds, or a Temporal.Duration. Without it and `expires` the cookie ends with the browser's session. */
  readonly maxAge?: number | DurationLike | null;
  /** The moment it ends, or an HTTP date as text. */
  readonly expires?: Date | string | null;
  /** Default "/"; null leaves it to the browser. */
  readonly path?: string | null;
  /** Null: this host alone. */
  readonly domain?: string | null;
  readonly secure?: boolean;
  /** Hide it from scripts. */
  readonly httponly?: boolean;
  /** `Lax`, `Strict` or `None`, in any case. */
  readonly samesite?: string | null;
  /** Keep it apart for each top-level site; needs `secure`. */
  readonly partitioned?: boolean;
}

/**
 * Makes the cookie that the options describe.
 *
 * @throws CookieError for a name, a `samesite`, or a pair of `expires` and `maxAge` that cannot be, and for a name with
 * the prefix `__Host-` or `__Secure-` whose conditions are not met: a browser would drop it without a word.
 */
export function makeCookie(name: string, value: string, options: SetCookieOptions): Cookie {
  const { path = "/", domain, secure = false, httponly = false, samesite, partitioned = false } = options;
  if (samesite && !["lax", "none", "strict"].includes(samesite.toLowerCase()))
    throw new CookieError(`samesite must be "lax", "none", or "strict", not ${JSON.stringify(samesite)}.`);
  const attributes: CookieAttributes = { ...lifetime(options), secure, httponly, partitioned };
  if (path !== null) attributes.path = path;
  if (domain) attributes.domain = domain;
  if (samesite) attributes.samesite = samesite;
  checkPrefix(name, attributes);
  return new Cookie(name, value, attributes);
}

/** The cookie that makes a browser forget one of the same name, path and domain. */
export function makeExpiredCookie(
  name: string,
  options: Pick<SetCookieOptions, "path" | "domain" | "samesite">,
): Cookie {
  const secure = /^__(?:Secure|Host)-/.test(name) || options.samesite?.toLowerCase() === "none";
  return makeCookie(name, "", { ...options, secure, maxAge: 0, expires: "Thu, 01 Jan 1970 00:00:00 GMT" });
}

function lifetime({ maxAge, expires }: SetCookieOptions): Pick<CookieAttributes, "expires" | "maxAge"> {
  if (expires instanceof Date) {
    if (maxAge !== undefined && maxAge !== null)
      throw new CookieError("'expires' and 'max_age' can't be used together: give one of them.");
    // Rounded up to the next whole second, so that the cookie lives at least as long as was asked.
    return fromMaxAge(Math.max(0, Math.floor((expires.getTime() - Date.now()) / 1000) + 1), undefined);
  }
  if (maxAge !== undefined && maxAge !== null)
    return fromMaxAge(typeof maxAge === "number" ? maxAge : maxAge.total("seconds"), expires ?? undefined);
  return expires ? { expires } : {};
}

// Old browsers know `expires` alone, so it is said beside Max-Age.
function fromMaxAge(seconds: number, expires: string | undefined): { expires: string; maxAge: number } {
  if (!Number.isFinite(seconds)) throw new CookieError(`maxAge must be a number of seconds, not ${String(seconds)}.`);
  return { expires: expires || httpDate(Date.now() / 1000 + seconds), maxAge: Math.trunc(seconds) };
}

function checkPrefix(name: string, { secure, path, domain }: CookieAttributes): void {
  if (/^__(?:Host|Secure)-/i.test(name) && !secure)
    throw new CookieError(`A cookie called ${JSON.stringify(name)} must be secure, or browsers drop it.`);
  if (/^__Host-/i.test(name) && (path !== "/" || domain !== undefined))
    throw new CookieError(`A cookie called ${JSON.stringify(name)} must have the path "/" and no domain.`);
}
