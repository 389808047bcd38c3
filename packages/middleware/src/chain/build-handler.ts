import { fromSettings } from "@tsgo/core/conf";
import { MiddlewareNotUsed } from "@tsgo/core/exceptions";
import { getLogger } from "@tsgo/core/logging";
import type { HttpRequest } from "@tsgo/http/request";
import { type Awaitable, isPromise } from "@tsgo/utils/awaitable";

import { type GetResponse, isMiddlewareClass, type Middleware, type MiddlewareSource } from "../middleware.ts";
import { type ConvertException, guarded, layerOf } from "./layer.ts";
import { type AroundView, type Resolved, ViewRunner } from "./view-phases.ts";

/** What a chain is made of. */
export interface HandlerParts {
  /** Outermost first, as in MIDDLEWARE. */
  readonly middleware: readonly MiddlewareSource[];
  /** Finds the view of a request; what it throws is converted like anything else. */
  readonly resolve: (request: HttpRequest) => Awaitable<Resolved>;
  /** Called where a layer throws; the layers around see the response that it gives. */
  readonly convertException: ConvertException;
  /** What every view is called with around it. Rendering, and all that middleware do, happens outside of it. */
  readonly aroundView?: AroundView | undefined;
}

const isDebug = fromSettings((settings) => settings.DEBUG);

/**
 * Builds the chain: the middleware in their order around the view. Done once; what is synchronous in the chain stays so,
 * and a request for which nothing gives a promise is answered without one. Django: `BaseHandler.load_middleware`.
 *
 * A middleware that throws MiddlewareNotUsed is left out.
 */
export function buildHandler({ middleware, resolve, convertException, aroundView }: HandlerParts): GetResponse {
  const view: Middleware[] = [];
  const templateResponse: Middleware[] = [];
  const exception: Middleware[] = [];
  const runner = new ViewRunner({ view, templateResponse, exception }, aroundView);
  let handler = guarded((request) => {
    const resolved = resolve(request);
    return isPromise(resolved) ? resolved.then((there) => runner.run(request, there)) : runner.run(request, resolved);
  }, convertException);

  for (const source of middleware.toReversed()) {
    const made = make(source, handler);
    if (made === undefined) continue;
    if (typeof made === "object") {
      // The list was turned round: the way in is put right again, the way out is not.
      if (made.processView !== undefined) view.unshift(made);
      if (made.processTemplateResponse !== undefined) templateResponse.push(made);
      if (made.processException !== undefined) exception.push(made);
    }
    const layer = typeof made === "object" ? layerOf(made, shortName(source), handler) : made;
    if (layer !== handler) handler = guarded(layer, convertException);
  }
  return handler;
}

function make({ name, middleware }: MiddlewareSource, next: GetResponse): Middleware | GetResponse | undefined {
  try {
    const made = isMiddlewareClass(middleware) ? new middleware(next) : middleware(next);
    if (typeof made === "function" || typeof made === "object") return made;
    throw new TypeError(
      `The middleware factory '${name}' returned ${String(made)} instead of a function of the request.`,
    );
  } catch (error) {
    if (!(error instanceof MiddlewareNotUsed)) throw error;
    noteUnused(name, error);
    return undefined;
  }
}

function noteUnused(name: string, error: MiddlewareNotUsed): void {
  if (!isDebug()) return;
  const reason = error.message === "" ? "" : `: ${error.message}`;
  getLogger("tsgo.request").debug(`MiddlewareNotUsed('${name}')${reason}`);
}

function shortName({ name }: MiddlewareSource): string {
  return name.slice(name.indexOf(":") + 1);
}
