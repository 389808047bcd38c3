import { settings } from "@tsgo/core/conf";
import type { HttpRequest } from "@tsgo/http/request";
import { HttpResponse } from "@tsgo/http/response";
import { Resolver404 } from "@tsgo/urls";

import { ExceptionReporter, makeReporter } from "./exception-reporter.ts";
import { notFoundPage } from "./not-found-page.ts";
import { welcomePage } from "./welcome-page.ts";

const TEXT = "text/plain; charset=utf-8";
const HTML = "text/html; charset=utf-8";

/**
 * Everything about an error, for the developer: a page, or text for a client that asks for no HTML. Only shown where
 * DEBUG is on. Answers to Django's `technical_500_response`.
 */
export async function technicalErrorResponse(
  request: HttpRequest,
  error: unknown,
  status = 500,
): Promise<HttpResponse> {
  const reporter = await makeReporter(request, error);
  return wantsHtml(request)
    ? new HttpResponse(await reporter.getTracebackHtml(), { status, contentType: HTML })
    : new HttpResponse(await reporter.getTracebackText(), { status, contentType: TEXT });
}

/**
 * A 404 for the developer: the patterns that were tried, or at the root of a project without any, a welcome.
 * Answers to Django's `technical_404_response`.
 */
export function technical404Response(request: HttpRequest, error: unknown): HttpResponse {
  if (error instanceof Resolver404 && request.path === "/" && error.tried.length === 0)
    return new HttpResponse(welcomePage(settings.ROOT_URLCONF), { contentType: HTML });
  return new HttpResponse(notFoundPage(request, error), { status: 404, contentType: HTML });
}

/** The page for a project that could not be loaded, when there is no request that a view could have answered. */
export function technicalStartupPage(error: unknown): Promise<string> {
  return new ExceptionReporter(undefined, error).getTracebackHtml();
}

// Scripts of a page and programs show what they get to nobody, or to a terminal.
function wantsHtml(request: HttpRequest): boolean {
  return request.headers.get("x-requested-with") !== "XMLHttpRequest" && request.accepts("text/html");
}
