// Whether a response may be given to somebody else than the one who asked.

import { hasVaryHeader } from "@tsgo/http/cache";
import { HttpResponse, type HttpResponseBase } from "@tsgo/http/response";

/** What is kept of a response. */
export interface StoredResponse {
  readonly status: number;
  readonly reason: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

// `no-cache` allows keeping for those who ask the site before each use, which this cache does not.
const FORBIDDING = new Set(["private", "no-store", "no-cache"]);

/**
 * Whether a response may be kept for others: it is whole, says nothing to the contrary, does not depend on everything, and
 * sets no cookie, since what is in a cookie is meant for one.
 */
export function isStorable(response: HttpResponseBase): response is HttpResponse {
  if (!(response instanceof HttpResponse) || response.statusCode !== 200) return false;
  if (response.cookies.size > 0 || response.headers.has("Set-Cookie") || hasVaryHeader(response, "*")) return false;
  return !directivesOf(response).some((directive) => FORBIDDING.has(directive));
}

/** Whether a response says itself that everybody may have it. */
export function isPublic(response: HttpResponseBase): boolean {
  return directivesOf(response).includes("public");
}

/** What is to be kept of a response. */
export function store(response: HttpResponse): StoredResponse {
  return {
    status: response.statusCode,
    reason: response.reasonPhrase,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(response.content),
  };
}

/** The response that was kept; undefined for anything else that may lie in the cache. */
export function restore(stored: unknown): HttpResponse | undefined {
  if (typeof stored !== "object" || stored === null || !("body" in stored)) return undefined;
  const { status, reason, headers, body } = stored as StoredResponse;
  return new HttpResponse(new Uint8Array(body), { status, reason, headers });
}

function directivesOf(response: HttpResponseBase): string[] {
  const directives = (response.headers.get("Cache-Control") ?? "").split(",");
  return directives.map((directive) => (directive.split("=", 1)[0] ?? "").trim().toLowerCase());
}
