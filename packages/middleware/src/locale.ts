import { fromSettings } from "@tsgo/core/conf";
import { patchVaryHeaders } from "@tsgo/http/cache";
import type { HttpRequest } from "@tsgo/http/request";
import { type HttpResponseBase, HttpResponseRedirect } from "@tsgo/http/response";
import { activate, getLanguage, getLanguageFromHints, getLanguageFromPath } from "@tsgo/i18n/translation";
import { getScriptPrefix, isValidPath, languagePrefixUse, preparedResolver, prepareUrlconf } from "@tsgo/urls";

import type { MaybeResponse, Middleware } from "./middleware.ts";
import { urlconfOf } from "./urlconf-of.ts";

declare module "@tsgo/http/request" {
  interface HttpRequest {
    /** The language that LocaleMiddleware has activated. */
    LANGUAGE_CODE?: string;
  }
}

const policy = fromSettings((settings) => ({
  appendSlash: settings.APPEND_SLASH,
  cookieName: settings.LANGUAGE_COOKIE_NAME,
  defaultLanguage: settings.LANGUAGE_CODE,
}));

/**
 * Activates the language of a request: of its path (`i18nPatterns`), its cookie or its Accept-Language header, else that of
 * the settings. Redirects a path that is found only with a language in front of it. Django: `LocaleMiddleware`.
 */
export class LocaleMiddleware implements Middleware {
  processRequest(request: HttpRequest): MaybeResponse {
    const urlconf = urlconfOf(request);
    if (preparedResolver(urlconf) !== undefined) return activateFor(request);
    // One that an earlier middleware chose, met for the first time.
    return prepareUrlconf(urlconf).then(() => activateFor(request));
  }

  processResponse(request: HttpRequest, response: HttpResponseBase): HttpResponseBase {
    const language = getLanguage() ?? policy().defaultLanguage;
    const prefixes = languagePrefixUse(urlconfOf(request));
    const hasPrefix = getLanguageFromPath(request.pathInfo) !== null;
    if (response.statusCode === 404 && !hasPrefix && prefixes.used && prefixes.prefixDefaultLanguage) {
      const url = prefixedUrl(request, language);
      if (url !== undefined) return this.redirectTo(url);
    }
    if (!(prefixes.used && hasPrefix)) patchVaryHeaders(response, ["Accept-Language"]);
    response.headers.setDefault("Content-Language", language);
    return response;
  }

  /** Makes the redirect. Whoever keeps it must know that it was for one language. */
  protected redirectTo(url: string): HttpResponseBase {
    const redirect = new HttpResponseRedirect(url);
    patchVaryHeaders(redirect, ["Accept-Language", "Cookie"]);
    return redirect;
  }
}

function activateFor(request: HttpRequest): undefined {
  const prefixes = languagePrefixUse(urlconfOf(request));
  const isUnprefixed = prefixes.used && !prefixes.prefixDefaultLanguage;
  // Where the default language has no prefix, a path without one says as much as one with.
  const language =
    isUnprefixed && getLanguageFromPath(request.pathInfo) === null
      ? policy().defaultLanguage
      : languageOf(request, prefixes.used);
  activate(language);
  request.LANGUAGE_CODE = getLanguage() ?? language;
}

function languageOf(request: HttpRequest, checkPath: boolean): string {
  return getLanguageFromHints({
    path: checkPath ? request.pathInfo : undefined,
    cookie: request.COOKIES[policy().cookieName],
    acceptLanguage: request.headers.get("accept-language"),
  });
}

/** The URL with the language behind the script prefix, if that leads anywhere. */
function prefixedUrl(request: HttpRequest, language: string): string | undefined {
  const path = `/${language}${request.pathInfo}`;
  const urlconf = urlconfOf(request);
  const isValid = isValidPath(path, urlconf);
  const forceAppendSlash = !isValid && policy().appendSlash && !path.endsWith("/") && isValidPath(`${path}/`, urlconf);
  if (!isValid && !forceAppendSlash) return undefined;
  const prefix = getScriptPrefix();
  return `${prefix}${language}/${request.getFullPath({ forceAppendSlash }).slice(prefix.length)}`;
}
