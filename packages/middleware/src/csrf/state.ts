// What is known of the CSRF secret of a request.

import { fromSettings } from "@tsgo/core/conf";
import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import type { HttpRequest } from "@tsgo/http/request";

import { maskSecret, newSecret, secretOf, type TokenFault, tokenFault } from "./tokens.ts";

/** The secret that came with a request, or what is wrong with it. */
export type StoredSecret = { readonly secret: string | undefined } | { readonly fault: TokenFault };

interface CsrfState {
  /** The secret in use: the one that came, or a new one. */
  secret: string | undefined;
  /** Whether the cookie has to be sent: it is new, or its time begins anew because it was used. */
  needsCookie: boolean;
  /** Whether the request has been checked, by this middleware or by one around it. */
  isDone: boolean;
  /** Whether the request need not be checked: it comes from a test. */
  isTrusted: boolean;
}

// Where templates look for it: their package is not allowed to know this one.
const CSRF_TOKEN = Symbol.for("tsgo.csrfToken");

const cookieName = fromSettings((settings) => {
  if (!settings.CSRF_USE_SESSIONS) return settings.CSRF_COOKIE_NAME;
  throw new ImproperlyConfigured("CSRF_USE_SESSIONS needs sessions, which are not there yet. Set it to false.");
});

const states = new WeakMap<HttpRequest, CsrfState>();

/** What is known of a request; made when first asked for. */
export function stateOf(request: HttpRequest): CsrfState {
  const known = states.get(request);
  if (known !== undefined) return known;
  const state: CsrfState = { secret: undefined, needsCookie: false, isDone: false, isTrusted: false };
  states.set(request, state);
  return state;
}

/** The secret that came with a request. */
export function storedSecret(request: HttpRequest): StoredSecret {
  const cookie = request.COOKIES[cookieName()];
  if (cookie === undefined) return { secret: undefined };
  const fault = tokenFault(cookie);
  return fault === undefined ? { secret: secretOf(cookie) } : { fault };
}

/** Takes the secret that came with a request into use, or a new one in the place of one of a wrong form. */
export function takeUpSecret(request: HttpRequest): void {
  Object.defineProperty(request, CSRF_TOKEN, { value: () => getToken(request), configurable: true });
  const stored = storedSecret(request);
  if ("fault" in stored) rotateToken(request);
  else stateOf(request).secret = stored.secret;
}

/**
 * A token for a form or a header of the page that answers this request. The cookie is sent with it. Django: `get_token`.
 */
export function getToken(request: HttpRequest): string {
  const state = stateOf(request);
  state.secret ??= newSecret();
  state.needsCookie = true;
  return maskSecret(state.secret);
}

/** Takes a new secret into use; to be called when somebody logs in. Django: `rotate_token`. */
export function rotateToken(request: HttpRequest): void {
  const state = stateOf(request);
  state.secret = newSecret();
  state.needsCookie = true;
}

/** Lets a request pass unchecked. For test clients; nothing that came over a network may lead here. */
export function dontEnforceCsrfChecks(request: HttpRequest): void {
  stateOf(request).isTrusted = true;
}
