import type { HttpRequest } from "@tsgo/http/request";
import { HttpResponse, type HttpResponseBase } from "@tsgo/http/response";
import { Resolver404 } from "@tsgo/urls";
import { escapeUriPath } from "@tsgo/utils/encoding";

import { ownPage } from "./own-page.ts";
import { plainPage } from "./plain-page.ts";

/** The page for a request that makes no sense: the template `400.html`, or a plain one. Django: `bad_request`. */
export function badRequest(request: HttpRequest): Promise<HttpResponseBase> {
  return answer(request, 400, "Bad Request (400)", "", {});
}

/**
 * The page for what a user may not do: the template `403.html` with `exception`, the message of the error, or a plain
 * one. Django: `permission_denied`.
 */
export function permissionDenied(request: HttpRequest, error?: unknown): Promise<HttpResponseBase> {
  return answer(request, 403, "403 Forbidden", "", { exception: messageOf(error) });
}

/**
 * The page for what is not there: the template `404.html` with `requestPath` and `exception`, or a plain one.
 * Django: `page_not_found`.
 */
export function pageNotFound(request: HttpRequest, error?: unknown): Promise<HttpResponseBase> {
  // Which patterns were tried is for developers.
  const exception = error instanceof Resolver404 ? "Resolver404" : messageOf(error);
  const context = { requestPath: escapeUriPath(request.path), exception };
  return answer(request, 404, "Not Found", "The requested resource was not found on this server.", context);
}

/** The page for a fault of the site: the template `500.html`, without a context, or a plain one. Django: `server_error`. */
export function serverError(request: HttpRequest): Promise<HttpResponseBase> {
  return answer(request, 500, "Server Error (500)", "", {});
}

async function answer(
  request: HttpRequest,
  status: 400 | 403 | 404 | 500,
  title: string,
  detail: string,
  context: Readonly<Record<string, unknown>>,
): Promise<HttpResponseBase> {
  // What broke the page may break a context processor too: these two go without.
  const withRequest = status === 403 || status === 404 ? request : undefined;
  const page = await ownPage(`${status}.html`, context, withRequest);
  return new HttpResponse(page ?? plainPage(title, detail), { status });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}
