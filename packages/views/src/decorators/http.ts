// Views that answer some methods only.

import { escapeControl, getLogger } from "@tsgo/core/logging";
import type { HttpRequest } from "@tsgo/http/request";
import { type HttpResponseBase, HttpResponseNotAllowed, markLogged } from "@tsgo/http/response";
import type { Awaitable } from "@tsgo/urls";

type AnyArguments = readonly never[];
type ViewOf<A extends AnyArguments> = (request: HttpRequest, ...args: A) => Awaitable<HttpResponseBase>;

/**
 * Makes a view answer only some methods; all others get a 405 that names these. Answers to Django's
 * `require_http_methods`.
 *
 * @example
 * export const vote = requireHttpMethods(["GET", "POST"])(async (request, { questionId }: { questionId: number }) => { ... });
 */
export function requireHttpMethods(methods: readonly string[]): <A extends AnyArguments>(view: ViewOf<A>) => ViewOf<A> {
  return (view) => {
    const guarded: typeof view = (request, ...args) => {
      if (methods.includes(request.method)) return view(request, ...args);
      const response = new HttpResponseNotAllowed(methods);
      const { method, path } = request;
      getLogger("tsgo.request").warning(`Method Not Allowed (${method}): ${escapeControl(path)}`, {
        request,
        statusCode: response.statusCode,
      });
      markLogged(response);
      return response;
    };
    return Object.defineProperty(guarded, "name", { value: view.name });
  };
}

/** Makes a view answer GET only. Answers to `require_GET`. */
export const requireGET = requireHttpMethods(["GET"]);

/** Makes a view answer POST only. Answers to `require_POST`. */
export const requirePOST = requireHttpMethods(["POST"]);

/** Makes a view answer only what changes nothing: GET and HEAD. Answers to `require_safe`. */
export const requireSafe = requireHttpMethods(["GET", "HEAD"]);
