import type { HttpRequest } from "@tsgo/http/request";
import { HttpResponse, type HttpResponseBase } from "@tsgo/http/response";
import { inAtomicBlock } from "@tsgo/orm/db";

/** Answers for views that fail, and says whether a transaction is open around them. */
export class RescueMiddleware {
  processException(_request: HttpRequest, error: unknown): HttpResponse {
    return new HttpResponse(`rescued: ${(error as Error).message}; ${inAtomicBlock()}`, { status: 500 });
  }

  processResponse(_request: HttpRequest, response: HttpResponseBase): HttpResponseBase {
    response.headers.set("X-Atomic", String(inAtomicBlock()));
    return response;
  }
}
