// Exceptions from the CSRF check, and the check for single views.

import type { HttpRequest } from "@tsgo/http/request";
import { decoratorFromMiddleware, type ViewDecorator } from "@tsgo/middleware";
import { CsrfViewMiddleware, getToken } from "@tsgo/middleware/csrf";
import type { AnyView } from "@tsgo/urls";

/** Protects a view where CsrfViewMiddleware is not in MIDDLEWARE. Django: `csrf_protect`. */
export const csrfProtect: ViewDecorator = decoratorFromMiddleware(CsrfViewMiddleware);

/**
 * Takes a view out of the protection. It needs another one: a signature, a key in a header. Taking JSON only is none, since
 * a foreign page can send JSON as text. Django: `csrf_exempt`.
 *
 * @example
 * path("hooks/payment/", csrfExempt(paymentHook));
 */
export function csrfExempt<V extends AnyView>(view: V): V {
  // A copy, since the same view may stand in another pattern, protected.
  const exempt = Object.assign(view.bind(undefined) as V, view, { csrfExempt: true });
  return Object.defineProperty(exempt, "name", { value: view.name });
}

class EnsureCsrfCookie extends CsrfViewMiddleware {
  override processRequest(request: HttpRequest): undefined {
    super.processRequest(request);
    getToken(request);
  }

  // Only the cookie is wanted, whatever the request proves.
  override processView(): undefined {}
}

class RequiresCsrfToken extends CsrfViewMiddleware {
  // The page says that something failed; that the request did is no reason not to show it.
  override processView(): undefined {}
}

/**
 * Has the cookie sent with a view though no template asks for a token: for pages that send requests by script.
 * Django: `ensure_csrf_cookie`.
 */
export const ensureCsrfCookie: ViewDecorator = decoratorFromMiddleware(EnsureCsrfCookie);

/** Gives a view's template a token where the request was not checked: for error pages. Django: `requires_csrf_token`. */
export const requiresCsrfToken: ViewDecorator = decoratorFromMiddleware(RequiresCsrfToken);
