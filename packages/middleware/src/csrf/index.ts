// Protection against requests that a browser was tricked into.

import { fromSettings, settings } from "@tsgo/core/conf";
import { importString } from "@tsgo/core/loading";
import { escapeControl, getLogger } from "@tsgo/core/logging";
import { patchVaryHeaders } from "@tsgo/http/cache";
import type { HttpRequest } from "@tsgo/http/request";
import { type HttpResponseBase, markLogged } from "@tsgo/http/response";
import type { AnyView, View } from "@tsgo/urls";

import type { MaybeResponse, Middleware } from "../middleware.ts";
import { csrfFault, isSafeMethod } from "./check.ts";
import { stateOf, takeUpSecret } from "./state.ts";

export { dontEnforceCsrfChecks, getToken, rotateToken } from "./state.ts";

const cookie = fromSettings((settings) => ({
  name: settings.CSRF_COOKIE_NAME,
  options: {
    ...(settings.CSRF_COOKIE_AGE !== null && { maxAge: settings.CSRF_COOKIE_AGE }),
    ...(settings.CSRF_COOKIE_DOMAIN !== null && { domain: settings.CSRF_COOKIE_DOMAIN }),
    path: settings.CSRF_COOKIE_PATH,
    secure: settings.CSRF_COOKIE_SECURE,
    httponly: settings.CSRF_COOKIE_HTTPONLY,
    ...(settings.CSRF_COOKIE_SAMESITE !== false &&
      settings.CSRF_COOKIE_SAMESITE !== null && { samesite: settings.CSRF_COOKIE_SAMESITE }),
  },
}));

/**
 * Answers 403 to a request that may change something unless it proves that a page of this site sent it: by its Origin (or
 * Referer, over https), and by a token in the form field `csrfmiddlewaretoken` or in the header of CSRF_HEADER_NAME that
 * fits the cookie. Django: `CsrfViewMiddleware`.
 *
 * A view whose property `csrfExempt` is true is not protected: it needs a defence of its own, also when it takes JSON,
 * which a foreign page can send as text.
 */
export class CsrfViewMiddleware implements Middleware {
  processRequest(request: HttpRequest): undefined {
    takeUpSecret(request);
  }

  processView(request: HttpRequest, view: AnyView): MaybeResponse {
    const state = stateOf(request);
    if (state.isDone || isExempt(view)) return undefined;
    if (isSafeMethod(request.method) || state.isTrusted) {
      state.isDone = true;
      return undefined;
    }
    return this.#check(request);
  }

  processResponse(request: HttpRequest, response: HttpResponseBase): HttpResponseBase {
    const state = stateOf(request);
    if (!state.needsCookie || state.secret === undefined) return response;
    // The cookie is sent once, though this middleware may stand around a view as well.
    state.needsCookie = false;
    const { name, options } = cookie();
    response.setCookie(name, state.secret, options);
    patchVaryHeaders(response, ["Cookie"]);
    return response;
  }

  async #check(request: HttpRequest): Promise<HttpResponseBase | undefined> {
    const reason = await csrfFault(request);
    if (reason !== undefined) return reject(request, reason);
    stateOf(request).isDone = true;
    return undefined;
  }
}

function isExempt(view: AnyView): boolean {
  return "csrfExempt" in view && view.csrfExempt === true;
}

async function reject(request: HttpRequest, reason: string): Promise<HttpResponseBase> {
  const failureView = (await importString(settings.CSRF_FAILURE_VIEW, { from: "CSRF_FAILURE_VIEW" })) as View<{
    reason: string;
  }>;
  const response = await failureView(request, { reason });
  getLogger("tsgo.security.csrf").warning(`Forbidden (${escapeControl(reason)}): ${escapeControl(request.path)}`, {
    request,
    statusCode: response.statusCode,
  });
  markLogged(response);
  return response;
}
