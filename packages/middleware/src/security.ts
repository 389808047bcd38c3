import { fromSettings, type Settings } from "@tsgo/core/conf";
import type { HttpRequest } from "@tsgo/http/request";
import { type HttpResponseBase, HttpResponsePermanentRedirect } from "@tsgo/http/response";
import { compileRegex } from "@tsgo/utils/regex";

import type { Middleware } from "./middleware.ts";

/** What every request needs to know, made once. */
interface SecurityPolicy {
  readonly redirects: boolean;
  readonly redirectHost: string | null;
  readonly redirectExempt: readonly RegExp[];
  /** Undefined for no promise. */
  readonly strictTransport: string | undefined;
  /** Names and values of the headers that every response gets. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

const policy = fromSettings(makePolicy);

/**
 * Redirects to https where SECURE_SSL_REDIRECT says so, and sets the headers of the SECURE_ settings: HSTS,
 * X-Content-Type-Options, Referrer-Policy and Cross-Origin-Opener-Policy, each unless the response has it already.
 * Django: `SecurityMiddleware`.
 */
export class SecurityMiddleware implements Middleware {
  /** A redirect of a request that came by http and should not. */
  processRequest(request: HttpRequest): HttpResponseBase | undefined {
    const { redirects, redirectHost, redirectExempt } = policy();
    if (!redirects || request.isSecure()) return undefined;
    const path = request.path.replace(/^\/+/, "");
    if (redirectExempt.some((pattern) => pattern.test(path))) return undefined;
    return new HttpResponsePermanentRedirect(`https://${redirectHost ?? request.getHost()}${request.getFullPath()}`);
  }

  processResponse(request: HttpRequest, response: HttpResponseBase): HttpResponseBase {
    const { strictTransport, headers } = policy();
    // A promise of https that came by http could come from anybody.
    if (strictTransport !== undefined && request.isSecure()) {
      response.headers.setDefault("Strict-Transport-Security", strictTransport);
    }
    for (const [name, value] of headers) response.headers.setDefault(name, value);
    return response;
  }
}

function makePolicy(settings: Settings): SecurityPolicy {
  return {
    redirects: settings.SECURE_SSL_REDIRECT,
    redirectHost: settings.SECURE_SSL_HOST,
    redirectExempt: settings.SECURE_REDIRECT_EXEMPT.map(withoutState),
    strictTransport: strictTransportOf(settings),
    headers: [...headersOf(settings)],
  };
}

function* headersOf(settings: Settings): Generator<readonly [string, string]> {
  if (settings.SECURE_CONTENT_TYPE_NOSNIFF) yield ["X-Content-Type-Options", "nosniff"];
  const policies = settings.SECURE_REFERRER_POLICY ?? [];
  const list = typeof policies === "string" ? policies.split(",") : policies;
  const referrerPolicy = list.map((name) => name.trim()).join(",");
  if (referrerPolicy !== "") yield ["Referrer-Policy", referrerPolicy];
  const openerPolicy = settings.SECURE_CROSS_ORIGIN_OPENER_POLICY ?? "";
  if (openerPolicy !== "") yield ["Cross-Origin-Opener-Policy", openerPolicy];
}

function strictTransportOf(settings: Settings): string | undefined {
  if (settings.SECURE_HSTS_SECONDS === 0) return undefined;
  const subdomains = settings.SECURE_HSTS_INCLUDE_SUBDOMAINS ? "; includeSubDomains" : "";
  const preload = settings.SECURE_HSTS_PRELOAD ? "; preload" : "";
  return `max-age=${settings.SECURE_HSTS_SECONDS}${subdomains}${preload}`;
}

/** An expression that finds the same every time: the flags g and y would have it go on from where it was. */
function withoutState(pattern: RegExp | string): RegExp {
  if (typeof pattern === "string") return compileRegex(pattern).regexp;
  return new RegExp(pattern.source, pattern.flags.replaceAll(/[gy]/g, ""));
}
