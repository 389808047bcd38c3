// Whole pages out of the cache.

import { type Cache, caches } from "@tsgo/cache";
import { fromSettings } from "@tsgo/core/conf";
import { getMaxAge, patchResponseHeaders, patchVaryHeaders } from "@tsgo/http/cache";
import type { HttpRequest } from "@tsgo/http/request";
import type { HttpResponse, HttpResponseBase } from "@tsgo/http/response";
import type { Awaitable } from "@tsgo/utils/awaitable";
import { parseHttpDateSafe } from "@tsgo/utils/http";

import type { GetResponse, MaybeResponse, Middleware } from "../middleware.ts";
import { headerListKey, responseKey, varyNames } from "./keys.ts";
import { isPublic, isStorable, restore, store } from "./storable.ts";

/** How pages are cached, where not as the settings say. */
export interface PageCacheOptions {
  /** Seconds to keep each page, whatever its own max-age says. */
  readonly pageTimeout?: number;
  /** The name of the cache; CACHE_MIDDLEWARE_ALIAS unless given. */
  readonly cacheAlias?: string;
  /** Stands in front of every key; CACHE_MIDDLEWARE_KEY_PREFIX unless given. */
  readonly keyPrefix?: string;
}

const defaults = fromSettings((settings) => ({
  alias: settings.CACHE_MIDDLEWARE_ALIAS,
  prefix: settings.CACHE_MIDDLEWARE_KEY_PREFIX,
  seconds: settings.CACHE_MIDDLEWARE_SECONDS,
}));

// Requests whose responses are to be kept, if they may be: those that were looked for in vain.
const missed = new WeakSet<HttpRequest>();

abstract class PageCache {
  protected readonly options: PageCacheOptions;

  constructor(_getResponse?: GetResponse, options: PageCacheOptions = {}) {
    this.options = options;
  }

  protected get cache(): Cache {
    return caches.get(this.options.cacheAlias ?? defaults().alias);
  }

  protected get prefix(): string {
    return this.options.keyPrefix ?? defaults().prefix;
  }

  protected fetch(request: HttpRequest): MaybeResponse {
    return request.method === "GET" || request.method === "HEAD" ? this.#fetch(request) : undefined;
  }

  protected update(request: HttpRequest, response: HttpResponseBase): Awaitable<HttpResponseBase> {
    const isWanted = missed.has(request) && request.method === "GET" && isStorable(response);
    return isWanted ? this.#keep(request, response) : response;
  }

  async #fetch(request: HttpRequest): Promise<HttpResponse | undefined> {
    const response = restore(await this.#find(request));
    if (response === undefined) missed.add(request);
    else setAge(response);
    return response;
  }

  async #keep(request: HttpRequest, response: HttpResponse): Promise<HttpResponse> {
    const seconds = this.options.pageTimeout ?? getMaxAge(response) ?? defaults().seconds;
    if (seconds <= 0) return response;
    // What an authorized client sees may be shared only by saying so.
    const isShared = isPublic(response);
    if (!isShared && request.headers.has("authorization")) patchVaryHeaders(response, ["Authorization"]);
    patchResponseHeaders(response, seconds);
    const names = varyNames(response);
    if (!isShared && !names.includes("authorization")) names.push("authorization");
    const { cache, prefix } = this;
    await cache.set(headerListKey(request, prefix), names, { timeout: seconds });
    await cache.set(responseKey(request, names, prefix), store(response), { timeout: seconds });
    return response;
  }

  async #find(request: HttpRequest): Promise<unknown> {
    const names = await this.cache.get(headerListKey(request, this.prefix));
    return Array.isArray(names) ? this.cache.get(responseKey(request, names as string[], this.prefix)) : undefined;
  }
}

/**
 * Keeps pages on their way out. Stands before FetchFromCacheMiddleware in MIDDLEWARE, and both around whatever makes pages
 * differ. Django: `UpdateCacheMiddleware`.
 *
 * Kept are answers to GET of status 200 that set no cookie, do not vary by `*`, and whose Cache-Control does not say
 * private, no-store or no-cache: for as many seconds as its max-age says, or CACHE_MIDDLEWARE_SECONDS.
 */
export class UpdateCacheMiddleware extends PageCache implements Middleware {
  processResponse(request: HttpRequest, response: HttpResponseBase): Awaitable<HttpResponseBase> {
    return this.update(request, response);
  }
}

/** Answers GET and HEAD with pages that were kept. See UpdateCacheMiddleware. Django: `FetchFromCacheMiddleware`. */
export class FetchFromCacheMiddleware extends PageCache implements Middleware {
  processRequest(request: HttpRequest): MaybeResponse {
    return this.fetch(request);
  }
}

/** Both in one, for small sites and single views. Django: `CacheMiddleware`. */
export class CacheMiddleware extends PageCache implements Middleware {
  processRequest(request: HttpRequest): MaybeResponse {
    return this.fetch(request);
  }

  processResponse(request: HttpRequest, response: HttpResponseBase): Awaitable<HttpResponseBase> {
    return this.update(request, response);
  }
}

/** How many seconds ago the page was made, so that caches further on do not keep it longer than they may. */
function setAge(response: HttpResponse): void {
  const maxAge = getMaxAge(response);
  const expires = parseHttpDateSafe(response.headers.get("Expires") ?? "");
  if (maxAge === undefined || expires === undefined) return;
  const remaining = expires - Math.floor(Date.now() / 1000);
  response.headers.set("Age", Math.max(0, maxAge - remaining));
}
