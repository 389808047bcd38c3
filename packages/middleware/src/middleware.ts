// What a middleware is.

import type { HttpRequest } from "@tsgo/http/request";
import type { HttpResponseBase } from "@tsgo/http/response";
import type { AnyView } from "@tsgo/urls";
import type { Awaitable } from "@tsgo/utils/awaitable";

/** Answers a request: a view with all that stands before it, or the rest of the chain. Django: `get_response`. */
export type GetResponse = (request: HttpRequest) => Awaitable<HttpResponseBase>;

/** Nothing, or a response that ends the phase. */
export type MaybeResponse = Awaitable<HttpResponseBase | null | undefined | void>;

/** A response whose template is rendered when the middleware has had its turn. Django: `SimpleTemplateResponse`. */
export interface UnrenderedResponse extends HttpResponseBase {
  readonly isRendered: boolean;
  render(): Awaitable<HttpResponseBase>;
  /** Has `callback` called when the template has been rendered; what it returns takes the place of the response. */
  addPostRenderCallback(callback: (response: HttpResponseBase) => Awaitable<HttpResponseBase | undefined>): void;
}

/**
 * A middleware by its phases, each of which may be missing. They take part in the order of MIDDLEWARE on the way in
 * (`processRequest`, `processView`), and in the opposite order on the way out.
 *
 * @example
 * class TimingMiddleware implements Middleware {
 *   processResponse(request: HttpRequest, response: HttpResponseBase) {
 *     response.headers.set("Server-Timing", "app");
 *     return response;
 *   }
 * }
 */
export interface Middleware {
  /** Before the URL is resolved. A response answers the request: what comes behind does not see it. */
  processRequest?(request: HttpRequest): MaybeResponse;
  /** Before the view is called. A response takes the place of the view's. */
  processView?(
    request: HttpRequest,
    view: AnyView,
    kwargs: Readonly<Record<string, unknown>>,
    args: readonly (string | undefined)[],
  ): MaybeResponse;
  /** For a response that is yet to be rendered. */
  processTemplateResponse?(request: HttpRequest, response: UnrenderedResponse): Awaitable<HttpResponseBase>;
  /** For every response that comes from behind, or from its own `processRequest`. */
  processResponse?(request: HttpRequest, response: HttpResponseBase): Awaitable<HttpResponseBase>;
  /** For what the view threw. A response answers the request, and no other middleware is asked. */
  processException?(request: HttpRequest, error: unknown): MaybeResponse;
}

/** A class of middleware. It is made once for a chain; it may throw MiddlewareNotUsed to be left out. */
export type MiddlewareClass<Args extends readonly unknown[] = []> = new (
  getResponse: GetResponse,
  ...args: Args
) => Middleware;

/**
 * A middleware as a function around the rest of the chain. Called once; may throw MiddlewareNotUsed to be left out.
 *
 * @example
 * const timing: MiddlewareFactory = (getResponse) => async (request) => {
 *   const response = await getResponse(request);
 *   response.headers.set("Server-Timing", "app");
 *   return response;
 * };
 */
export type MiddlewareFactory = (getResponse: GetResponse) => GetResponse;

/** A middleware with the name by which messages call it. */
export interface MiddlewareSource {
  readonly name: string;
  readonly middleware: MiddlewareClass | MiddlewareFactory;
}

/** Whether a response is yet to be rendered. */
export function isUnrendered(response: HttpResponseBase | UnrenderedResponse): response is UnrenderedResponse {
  return "isRendered" in response && !response.isRendered;
}

/** Whether a function is a class: its prototype cannot be replaced. */
export function isMiddlewareClass(middleware: MiddlewareClass | MiddlewareFactory): middleware is MiddlewareClass {
  return Object.getOwnPropertyDescriptor(middleware, "prototype")?.writable === false;
}
