import { isolateRequest, isolateRequests, runRequest } from "@tsgo/core/context";
import { requestFinished, requestStarted } from "@tsgo/core/server-signals";
import { settings } from "@tsgo/core/conf";
import { HttpRequest } from "@tsgo/http/request";
import { HttpResponse, type HttpResponseBase } from "@tsgo/http/response";
import type { RequestSource } from "@tsgo/http/source";
import { prepareI18n } from "@tsgo/i18n/setup";
import { type AroundView, buildHandler, type GetResponse, loadMiddleware } from "@tsgo/middleware";
import { prepareUrlconf, preparedResolver, type ResolverMatch, setScriptPrefix, setUrlconf } from "@tsgo/urls";
import { type Awaitable, isPromise, recovering, whenThere } from "@tsgo/utils/awaitable";

import { loadAtomicView } from "./atomic-requests.ts";
import { type ErrorPages, loadErrorPages } from "./error-pages.ts";
import { ExceptionConverter } from "./exceptions.ts";
import { urlconfOf } from "./handler-settings.ts";
import { isAsync, mayWait } from "./asynchrony.ts";
import { logFailure, logResponse } from "./log.ts";
import { isRepeated } from "./repeated-headers.ts";

/** Writes a response to whoever asked; a promise where that takes time. Told of errors by throwing or rejecting. */
export type Send = (response: HttpResponseBase, request: HttpRequest) => void | Promise<void>;

/**
 * From a request to its response: the middleware, the URLconf, the view, and what becomes of errors. Answers to
 * Django's `WSGIHandler`; all front ends call its `handle`.
 */
export class WSGIHandler {
  readonly #getResponse: GetResponse;
  readonly #errors: ExceptionConverter;

  private constructor(
    pages: ErrorPages,
    middleware: Awaited<ReturnType<typeof loadMiddleware>>,
    aroundView: AroundView | undefined,
  ) {
    this.#errors = new ExceptionConverter(pages, this);
    this.#getResponse = buildHandler({
      middleware,
      resolve,
      convertException: (request, error) => this.#errors.convert(request, error),
      aroundView,
    });
  }

  /**
   * Loads the URLconf and the middleware that the settings name and builds the chain.
   *
   * @param pages The pages for errors; those of `tsgo/views` where nothing is said.
   * @throws ImproperlyConfigured with the setting, or the file and line, that is wrong.
   */
  static async load(pages?: ErrorPages): Promise<WSGIHandler> {
    const [errorPages, middleware, atomicView] = await Promise.all([
      pages ?? loadErrorPages(),
      loadMiddleware(settings.MIDDLEWARE),
      loadAtomicView(),
      prepareUrlconf(settings.ROOT_URLCONF),
      settings.USE_I18N ? prepareI18n() : undefined,
    ]);
    if (atomicView !== undefined || middleware.some(mayWait)) isolateRequests();
    return new WSGIHandler(errorPages, middleware, atomicView);
  }

  /**
   * Answers one request in a context of its own: makes the request, gets the response, has `send` deliver it, and
   * closes it. Never throws and never rejects; what goes wrong while sending is logged.
   */
  handle(source: RequestSource, send: Send): void | Promise<void> {
    const getResponse = isRepeated(source.rawHeaders) ? refuseRepeated : this.#respond;
    return this.#handle(new HttpRequest(source), getResponse, send);
  }

  /** Like `handle`, for a request that is made already, as that of a test's client is. */
  handleRequest(request: HttpRequest, send: Send): void | Promise<void> {
    return this.#handle(request, this.#respond, send);
  }

  /** The response to a request, errors included. */
  getResponse(request: HttpRequest): Awaitable<HttpResponseBase> {
    setScriptPrefix(request.scriptName === "" ? "/" : `${request.scriptName}/`);
    const response = recovering(
      () => this.#getResponse(request),
      (error) => this.#errors.convert(request, error),
    );
    return isPromise(response) ? response.then((there) => noted(request, there)) : noted(request, response);
  }

  readonly #respond = (request: HttpRequest): Awaitable<HttpResponseBase> => this.getResponse(request);

  #handle(request: HttpRequest, getResponse: GetResponse, send: Send): void | Promise<void> {
    return runRequest(() =>
      recovering<void>(() => {
        requestStarted.send({ sender: this });
        return whenThere(getResponse(request), (response) => this.#deliver(request, response, send));
      }, logFailure),
    );
  }

  #deliver(request: HttpRequest, response: HttpResponseBase, send: Send): void | Promise<void> {
    const sent = recovering<void>(() => send(response, request), logFailure);
    return whenThere(sent, () => this.#close(request, response));
  }

  #close(request: HttpRequest, response: HttpResponseBase): void | Promise<void> {
    if (request.hasOpenFiles) response.onClose(() => request.close());
    return whenThere(
      recovering<void>(() => response.close(), logFailure),
      () => {
        requestFinished.send({ sender: this });
      },
    );
  }
}

function resolve(request: HttpRequest): Awaitable<ResolverMatch> {
  const urlconf = urlconfOf(request);
  if (request.urlconf !== undefined) setUrlconf(urlconf);
  const resolver = preparedResolver(urlconf) ?? prepareUrlconf(urlconf);
  return whenThere(resolver, (there) => {
    const match = there.resolve(request.pathInfo);
    if (isAsync(match.func)) isolateRequest();
    request.resolverMatch = match;
    return match;
  });
}

function noted(request: HttpRequest, response: HttpResponseBase): HttpResponseBase {
  if (response.statusCode >= 400) logResponse(request, response);
  return response;
}

// Which of two values was meant is a question that a proxy in front may answer otherwise.
function refuseRepeated(request: HttpRequest): HttpResponseBase {
  const response = new HttpResponse("<h1>Bad Request (400)</h1>", { status: 400 });
  logResponse(request, response, { subject: `${request.path} (a header that may stand once was given twice)` });
  return response;
}
