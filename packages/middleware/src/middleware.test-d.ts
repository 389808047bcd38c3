// What must compile, and what must not.

import type { HttpRequest } from "@tsgo/http/request";
import { HttpResponse, type HttpResponseBase } from "@tsgo/http/response";
import {
  decoratorFromMiddleware,
  decoratorFromMiddlewareWithArgs,
  type GetResponse,
  type Middleware,
  type MiddlewareClass,
  type MiddlewareFactory,
} from "@tsgo/middleware";
import { CacheMiddleware } from "@tsgo/middleware/cache";
import { LocaleMiddleware } from "@tsgo/middleware/locale";
import { SecurityMiddleware } from "@tsgo/middleware/security";
import { path } from "@tsgo/urls";
import { expectTypeOf } from "vitest";

const builtIn: MiddlewareClass[] = [SecurityMiddleware, LocaleMiddleware, CacheMiddleware];
expectTypeOf(builtIn).toEqualTypeOf<MiddlewareClass[]>();

export const passing: MiddlewareFactory = (getResponse) => getResponse;
export const waiting: MiddlewareFactory = (getResponse) => async (request) => getResponse(request);
// @ts-expect-error -- a factory gives a function of the request
export const answering: MiddlewareFactory = () => new HttpResponse("");

export class Answering implements Middleware {
  // @ts-expect-error -- the response phase has to give a response
  processResponse(_request: HttpRequest, _response: HttpResponseBase): undefined {}
}

class Tagging implements Middleware {
  readonly tag: string;
  constructor(_getResponse: GetResponse, tag: string) {
    this.tag = tag;
  }
  processResponse(_request: HttpRequest, response: HttpResponseBase): HttpResponseBase {
    return response;
  }
}
// @ts-expect-error -- its constructor wants more than getResponse
decoratorFromMiddleware(Tagging);
const tagged = decoratorFromMiddlewareWithArgs(Tagging);
// @ts-expect-error -- a string
tagged(5);

const detail = (_request: HttpRequest, { id }: { id: number }): HttpResponse => new HttpResponse(String(id));
expectTypeOf(tagged("x")(detail)).toEqualTypeOf<typeof detail>();
path("<int:id>/", tagged("x")(detail));
// @ts-expect-error -- what is decorated is still checked against its route
path("<slug:id>/", tagged("x")(detail));
