// From the resolved URL to the response of the view, with the phases that stand around it.

import type { HttpRequest } from "@tsgo/http/request";
import type { HttpResponseBase } from "@tsgo/http/response";
import type { AnyView } from "@tsgo/urls";
import { type Awaitable, isPromise, recovering, whenThere } from "@tsgo/utils/awaitable";

import { isUnrendered, type MaybeResponse, type Middleware, type UnrenderedResponse } from "../middleware.ts";
import { checkResponse } from "./check-response.ts";

/** What a URL leads to. `ResolverMatch` of the urls package is one. */
export interface Resolved {
  readonly func: AnyView;
  readonly args: readonly (string | undefined)[];
  readonly kwargs: Readonly<Record<string, unknown>>;
}

/** The middleware that have a part in the phases around the view, each list in the order of its calls. */
export interface ViewPhases {
  readonly view: readonly Middleware[];
  readonly templateResponse: readonly Middleware[];
  readonly exception: readonly Middleware[];
}

/** Calls a view by `call`, with something around it: a transaction. The middleware around the view see what it gives. */
export type AroundView = (view: AnyView, call: () => Awaitable<HttpResponseBase>) => Awaitable<HttpResponseBase>;

type CallableView = (request: HttpRequest, kwargs: object, ...args: unknown[]) => Awaitable<HttpResponseBase>;

/** Calls views with what the middleware have to say to it. */
export class ViewRunner {
  readonly #phases: ViewPhases;
  readonly #around: AroundView | undefined;

  constructor(phases: ViewPhases, around?: AroundView) {
    this.#phases = phases;
    this.#around = around;
  }

  /** The response of the view, or of a middleware in its place; rendered. */
  run(request: HttpRequest, resolved: Resolved): Awaitable<HttpResponseBase> {
    const { view } = this.#phases;
    if (view.length === 0) return this.#callView(request, resolved);
    const { func, kwargs, args } = resolved;
    const early = firstResponse(view, (middleware) => middleware.processView?.(request, func, kwargs, args));
    return whenThere(early, (response) =>
      response === undefined ? this.#callView(request, resolved) : this.#render(request, response),
    );
  }

  #callView(request: HttpRequest, { func, kwargs, args }: Resolved): Awaitable<HttpResponseBase> {
    const view = func as CallableView;
    const around = this.#around;
    let response: Awaitable<HttpResponseBase>;
    try {
      if (around !== undefined) response = around(func, () => view(request, kwargs, ...args));
      else response = args.length === 0 ? view(request, kwargs) : view(request, kwargs, ...args);
    } catch (error) {
      return this.#answerFor(request, error);
    }
    if (!isPromise(response)) return this.#render(request, checkResponse(response, func));
    return response.then(
      (there) => this.#render(request, checkResponse(there, func)),
      (error: unknown) => this.#answerFor(request, error),
    );
  }

  #answerFor(request: HttpRequest, error: unknown): Awaitable<HttpResponseBase> {
    return whenThere(this.#recover(request, error), (response) => this.#render(request, response));
  }

  #render(request: HttpRequest, response: HttpResponseBase): Awaitable<HttpResponseBase> {
    if (!isUnrendered(response)) return response;
    return whenThere(this.#changeTemplate(request, response, 0), (changed) =>
      isUnrendered(changed)
        ? recovering<HttpResponseBase>(
            () => changed.render(),
            (error) => this.#recover(request, error),
          )
        : changed,
    );
  }

  #changeTemplate(request: HttpRequest, response: UnrenderedResponse, from: number): Awaitable<HttpResponseBase> {
    const middleware = this.#phases.templateResponse[from];
    if (middleware?.processTemplateResponse === undefined) return response;
    const giver = `${middleware.constructor.name}.processTemplateResponse`;
    return whenThere(middleware.processTemplateResponse(request, response), (changed) => {
      const checked = checkResponse(changed, giver);
      return isUnrendered(checked) ? this.#changeTemplate(request, checked, from + 1) : checked;
    });
  }

  #recover(request: HttpRequest, error: unknown): Awaitable<HttpResponseBase> {
    const answer = firstResponse(this.#phases.exception, (middleware) => middleware.processException?.(request, error));
    return whenThere(answer, (response) => {
      if (response === undefined) throw error;
      return response;
    });
  }
}

/** The first response that one of the middleware gives; those behind it are not asked. */
function firstResponse(
  list: readonly Middleware[],
  call: (middleware: Middleware) => MaybeResponse,
  from = 0,
): Awaitable<HttpResponseBase | undefined> {
  for (let index = from; index < list.length; index += 1) {
    const middleware = list[index];
    const response = middleware === undefined ? undefined : call(middleware);
    if (isPromise(response)) return response.then((there) => there ?? firstResponse(list, call, index + 1));
    if (response !== undefined && response !== null) return response;
  }
  return undefined;
}
