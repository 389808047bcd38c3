// The context processors that come with tsgo. Settings name them: "tsgo/template/context-processors:request".

import { settings } from "@tsgo/core/conf";
import type { HttpRequest } from "@tsgo/http/request";
import { getLanguage, getLanguageBidi } from "@tsgo/i18n/translation";
import { getCurrentTimezone } from "@tsgo/i18n/timezone";

import type { ContextValues } from "./context/context.ts";

const CSRF_TOKEN = Symbol.for("tsgo.csrfToken");

/** `request`: the request itself. */
export function request(current: HttpRequest): ContextValues {
  return { request: current };
}

/**
 * `csrf_token`: the token that proves a form to be ours. Worked out only where a template asks for it, by the function
 * that the CSRF middleware leaves on the request.
 */
export function csrf(current: HttpRequest): ContextValues {
  const makeToken = (current as { [CSRF_TOKEN]?: unknown })[CSRF_TOKEN];
  return { csrf_token: typeof makeToken === "function" ? () => String(makeToken.call(current)) : "NOTPROVIDED" };
}

/** `debug`: true while DEBUG is on and the client's address is one of INTERNAL_IPS. */
export function debug(current: HttpRequest): ContextValues {
  const address = current.META["REMOTE_ADDR"];
  return settings.DEBUG && typeof address === "string" && settings.INTERNAL_IPS.includes(address)
    ? { debug: true }
    : {};
}

/** `LANGUAGES`, `LANGUAGE_CODE` and `LANGUAGE_BIDI` of the active language. */
export function i18n(_current: HttpRequest): ContextValues {
  return {
    LANGUAGES: settings.LANGUAGES,
    LANGUAGE_CODE: getLanguage() ?? settings.LANGUAGE_CODE,
    LANGUAGE_BIDI: getLanguageBidi(),
  };
}

/** `TIME_ZONE`: the name of the active time zone. */
export function tz(_current: HttpRequest): ContextValues {
  return { TIME_ZONE: getCurrentTimezone() };
}

/** `STATIC_URL`. */
export function staticUrl(_current: HttpRequest): ContextValues {
  return { STATIC_URL: settings.STATIC_URL };
}

/** `MEDIA_URL`. */
export function media(_current: HttpRequest): ContextValues {
  return { MEDIA_URL: settings.MEDIA_URL };
}

export { staticUrl as static };
