// What a URL pattern leads to.

import type { HttpRequest } from "@tsgo/http/request";
import type { HttpResponseBase } from "@tsgo/http/response";
import type { Awaitable } from "@tsgo/utils/awaitable";

export type { Awaitable } from "@tsgo/utils/awaitable";

/**
 * A view: takes the request, the named parameters of its route and, for `rePath` with unnamed groups, these groups in
 * order; gives the response.
 *
 * @example
 * const detail: View<{ questionId: number }> = (request, { questionId }) => new HttpResponse(`Question ${questionId}`);
 */
export type View<
  Kwargs = Record<string, unknown>,
  Args extends readonly unknown[] = readonly (string | undefined)[],
> = (request: HttpRequest, kwargs: Kwargs, ...args: Args) => Awaitable<HttpResponseBase>;

/** A view of which nothing is known but that it is one: what a pattern holds. */
export type AnyView = (request: HttpRequest, kwargs: never, ...args: never[]) => Awaitable<HttpResponseBase>;

/** What answers in place of a view that failed: `handler404` and its like. `error` is what was thrown. */
export type ErrorView = (request: HttpRequest, error?: unknown) => Awaitable<HttpResponseBase>;
