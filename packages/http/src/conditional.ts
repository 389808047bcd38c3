// Requests that want an answer only if something has changed, or has not. RFC 9110, section 13.

import { createHash } from "node:crypto";

import { parseEtags, parseHttpDateSafe, quoteEtag } from "@tsgo/utils/http";

import type { HttpRequest } from "./request.ts";
import type { HttpResponseBase } from "./response/base.ts";
import { HttpResponse } from "./response/response.ts";
import { HttpResponseNotModified } from "./response/statuses.ts";

/** What is known of the thing that was asked for. */
export interface Validators {
  /** Its entity tag, with quotes. */
  readonly etag?: string | undefined;
  /** When it last changed, in whole seconds since 1970. */
  readonly lastModified?: number | undefined;
}

// What a 304 repeats of the answer that it stands for.
const KEPT_HEADERS = ["Cache-Control", "Content-Location", "Date", "ETag", "Expires", "Last-Modified", "Vary"];

/**
 * The answer to a conditional request: 304 where the client has it already, 412 where its condition does not hold, else
 * the response that was given. Django: `get_conditional_response`.
 */
export function getConditionalResponse<R extends HttpResponseBase | undefined>(
  request: HttpRequest,
  options: Validators & { readonly response: R },
): HttpResponse | R;
export function getConditionalResponse(request: HttpRequest, options: Validators): HttpResponse | undefined;
export function getConditionalResponse(
  request: HttpRequest,
  { etag, lastModified, response }: Validators & { readonly response?: HttpResponseBase | undefined },
): HttpResponseBase | undefined {
  if (response !== undefined && (response.statusCode < 200 || response.statusCode > 299)) return response;
  const isRead = request.method === "GET" || request.method === "HEAD";
  const verdict = evaluate(request, etag, lastModified, isRead);
  if (verdict === "failed") return new HttpResponse("", { status: 412 });
  return verdict === "unchanged" ? notModified(response) : response;
}

/** Puts a tag of its content on an answer that has content. Django: `set_response_etag`. */
export function setResponseEtag<R extends HttpResponseBase>(response: R): R {
  if (response instanceof HttpResponse && response.content.byteLength > 0)
    // A name for the content, as Django has it; nothing rests on nobody finding another content for it.
    response.headers.set("ETag", quoteEtag(createHash("md5").update(response.content).digest("hex")));
  return response;
}

type Verdict = "passed" | "failed" | "unchanged";

// In the order of RFC 9110, section 13.2.2: tags count before dates.
function evaluate(
  request: HttpRequest,
  etag: string | undefined,
  lastModified: number | undefined,
  isRead: boolean,
): Verdict {
  const { headers } = request;
  const ifMatch = parseEtags(headers.get("if-match") ?? "");
  const ifNoneMatch = parseEtags(headers.get("if-none-match") ?? "");
  const unmodifiedSince = parseHttpDateSafe(headers.get("if-unmodified-since") ?? "");
  const modifiedSince = parseHttpDateSafe(headers.get("if-modified-since") ?? "");
  if (ifMatch.length > 0) {
    if (!ifMatchPasses(etag, ifMatch)) return "failed";
  } else if (unmodifiedSince !== undefined && (lastModified === undefined || lastModified > unmodifiedSince))
    return "failed";
  if (ifNoneMatch.length > 0) {
    if (!ifNoneMatchPasses(etag, ifNoneMatch)) return isRead ? "unchanged" : "failed";
  } else if (isRead && modifiedSince !== undefined && lastModified !== undefined && lastModified <= modifiedSince)
    return "unchanged";
  return "passed";
}

// A weak tag is no promise of the same bytes, so it never matches here.
function ifMatchPasses(etag: string | undefined, tags: readonly string[]): boolean {
  if (etag === undefined) return false;
  return tags[0] === "*" || (!etag.startsWith("W/") && tags.includes(etag));
}

function ifNoneMatchPasses(etag: string | undefined, tags: readonly string[]): boolean {
  if (etag === undefined) return true;
  return tags[0] !== "*" && !tags.some((tag) => strong(tag) === strong(etag));
}

function strong(tag: string): string {
  return tag.replace(/^W\//, "");
}

function notModified(response: HttpResponseBase | undefined): HttpResponseNotModified {
  const unchanged = new HttpResponseNotModified();
  if (response === undefined) return unchanged;
  for (const name of KEPT_HEADERS) {
    const value = response.headers.get(name);
    if (value !== undefined) unchanged.headers.set(name, value);
  }
  for (const [name, cookie] of response.cookies) unchanged.cookies.set(name, cookie);
  return unchanged;
}
