// One middleware around the rest of the chain.

import type { HttpRequest } from "@tsgo/http/request";
import type { HttpResponseBase } from "@tsgo/http/response";
import { type Awaitable, isPromise } from "@tsgo/utils/awaitable";

import type { GetResponse, Middleware } from "../middleware.ts";
import { checkResponse } from "./check-response.ts";

/** Turns what was thrown into a response. Django: `response_for_exception`. */
export type ConvertException = (request: HttpRequest, error: unknown) => Awaitable<HttpResponseBase>;

/**
 * Makes sure that a layer answers: what it throws becomes a response, so that the layers around see responses only.
 * Django: `convert_exception_to_response`.
 */
export function guarded(layer: GetResponse, convert: ConvertException): GetResponse {
  return (request) => {
    try {
      const response = layer(request);
      return isPromise(response) ? response.catch((error: unknown) => convert(request, error)) : response;
    } catch (error) {
      return convert(request, error);
    }
  };
}

/** The request and response phases of a middleware of class style, around the rest of the chain. */
export function layerOf(middleware: Middleware, name: string, rest: GetResponse): GetResponse {
  const inner = middleware.processRequest === undefined ? rest : withRequestPhase(middleware, rest);
  return middleware.processResponse === undefined ? inner : withResponsePhase(middleware, name, inner);
}

function withRequestPhase(middleware: Middleware, rest: GetResponse): GetResponse {
  return (request) => {
    const early = middleware.processRequest?.(request);
    if (isPromise(early)) return early.then((response) => response ?? rest(request));
    return early ?? rest(request);
  };
}

function withResponsePhase(middleware: Middleware, name: string, inner: GetResponse): GetResponse {
  const giver = `${name}.processResponse`;
  const finish = (request: HttpRequest, response: HttpResponseBase): Awaitable<HttpResponseBase> => {
    const finished = middleware.processResponse?.(request, response) as Awaitable<HttpResponseBase>;
    return isPromise(finished) ? finished.then((there) => checkResponse(there, giver)) : checkResponse(finished, giver);
  };
  return (request) => {
    const response = inner(request);
    return isPromise(response) ? response.then((there) => finish(request, there)) : finish(request, response);
  };
}
