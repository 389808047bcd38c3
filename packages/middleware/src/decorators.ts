// A middleware around a single view.

import type { HttpRequest } from "@tsgo/http/request";
import type { HttpResponseBase } from "@tsgo/http/response";
import type { AnyView, View } from "@tsgo/urls";
import { type Awaitable, recovering, whenThere } from "@tsgo/utils/awaitable";

import { checkResponse } from "./chain/check-response.ts";
import { type GetResponse, isUnrendered, type Middleware, type MiddlewareClass } from "./middleware.ts";

/** Wraps a view, and leaves its type as it is. */
export type ViewDecorator = <V extends AnyView>(view: V) => V;

/**
 * Turns a middleware class into a decorator of views. Django: `decorator_from_middleware`.
 *
 * @example
 * const conditional = decoratorFromMiddleware(ConditionalGetMiddleware);
 * path("feed/", conditional(feed));
 */
export function decoratorFromMiddleware(middleware: MiddlewareClass): ViewDecorator {
  return decoratorFromMiddlewareWithArgs(middleware)();
}

/**
 * Turns a middleware class whose constructor takes more than `getResponse` into a decorator that is given the rest.
 * Django: `decorator_from_middleware_with_args`.
 *
 * @example
 * const cachePage = decoratorFromMiddlewareWithArgs(CacheMiddleware);
 * path("news/", cachePage(600)(news));
 */
export function decoratorFromMiddlewareWithArgs<Args extends readonly unknown[]>(
  middleware: MiddlewareClass<Args>,
): (...args: Args) => ViewDecorator {
  return (...args) =>
    (view) => {
      // A middleware made for a view has no chain behind it; the view itself is the nearest thing.
      const instance = new middleware(view as unknown as GetResponse, ...args);
      const wrapped: View<object, unknown[]> = (request, kwargs, ...rest) =>
        throughPhases(instance, view, request, kwargs, rest);
      Object.defineProperty(wrapped, "name", { value: view.name });
      return Object.assign(wrapped as unknown as typeof view, view);
    };
}

type CallableView = (request: HttpRequest, kwargs: object, ...args: unknown[]) => Awaitable<HttpResponseBase>;

function throughPhases(
  middleware: Middleware,
  view: AnyView,
  request: HttpRequest,
  kwargs: object,
  args: unknown[],
): Awaitable<HttpResponseBase> {
  const positional = args as (string | undefined)[];
  return whenThere(middleware.processRequest?.(request), (early) =>
    whenThere(early ?? middleware.processView?.(request, view, { ...kwargs }, positional), (response) => {
      if (response !== undefined && response !== null) return response;
      return callView(middleware, view as CallableView, request, kwargs, args);
    }),
  );
}

function callView(
  middleware: Middleware,
  view: CallableView,
  request: HttpRequest,
  kwargs: object,
  args: unknown[],
): Awaitable<HttpResponseBase> {
  const response = recovering<{ readonly response: HttpResponseBase; readonly failed: boolean }>(
    () =>
      whenThere(view(request, kwargs, ...args), (there) => ({ response: checkResponse(there, view), failed: false })),
    (error) =>
      whenThere(middleware.processException?.(request, error), (answer) => {
        if (answer === undefined || answer === null) throw error;
        return { response: answer, failed: true };
      }),
  );
  return whenThere(response, (outcome) =>
    outcome.failed ? outcome.response : finish(middleware, request, outcome.response),
  );
}

function finish(middleware: Middleware, request: HttpRequest, response: HttpResponseBase): Awaitable<HttpResponseBase> {
  if (!isUnrendered(response)) return middleware.processResponse?.(request, response) ?? response;
  return whenThere(middleware.processTemplateResponse?.(request, response) ?? response, (changed) => {
    if (!isUnrendered(changed)) return middleware.processResponse?.(request, changed) ?? changed;
    // The body is there only when the template has been rendered.
    changed.addPostRenderCallback((rendered) => middleware.processResponse?.(request, rendered));
    return changed;
  });
}
