// Where a response is kept: by what the request says that the response depends on.

import { createHash } from "node:crypto";

import { fromSettings } from "@tsgo/core/conf";
import type { HttpRequest } from "@tsgo/http/request";
import type { HttpResponseBase } from "@tsgo/http/response";
import { getCurrentTimezone } from "@tsgo/i18n/timezone";
import { getLanguage } from "@tsgo/i18n/translation";

const policy = fromSettings((settings) => ({ usesI18n: settings.USE_I18N, usesTimezones: settings.USE_TZ }));

/** The key under which the names of the headers are kept that a URL's responses depend on. */
export function headerListKey(request: HttpRequest, prefix: string): string {
  return `views.decorators.cache.cache_header.${prefix}.${digest([placeOf(request)])}`;
}

/**
 * The key of a response. Each combination of header values has its own, also one of a header that is missing and one that
 * is empty: the parts are written so that none can run into the next.
 */
export function responseKey(request: HttpRequest, headerNames: readonly string[], prefix: string): string {
  const values = headerNames.map((name) => [name, request.headers.get(name) ?? null]);
  return `views.decorators.cache.cache_page.${prefix}.GET.${digest([placeOf(request), values])}`;
}

/** The names of the headers that a response depends on, lower-case and sorted. */
export function varyNames(response: HttpResponseBase): string[] {
  const names = (response.headers.get("Vary") ?? "").split(",").map((name) => name.trim().toLowerCase());
  return [...new Set(names.filter((name) => name !== ""))].toSorted();
}

/** What tells pages apart besides headers. */
function placeOf(request: HttpRequest): readonly (string | null)[] {
  const { usesI18n, usesTimezones } = policy();
  return [request.buildAbsoluteUri(), usesI18n ? getLanguage() : null, usesTimezones ? getCurrentTimezone() : null];
}

function digest(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
