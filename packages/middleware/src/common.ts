import { fromSettings } from "@tsgo/core/conf";
import { PermissionDenied } from "@tsgo/core/exceptions";
import type { HttpRequest } from "@tsgo/http/request";
import { HttpResponse, type HttpResponseBase, HttpResponsePermanentRedirect } from "@tsgo/http/response";
import { preparedResolver, Resolver404, type ResolverMatch } from "@tsgo/urls";
import { escapeLeadingSlashes } from "@tsgo/utils/http";

import type { Middleware } from "./middleware.ts";
import { urlconfOf } from "./urlconf-of.ts";

const policy = fromSettings((settings) => ({
  appendSlash: settings.APPEND_SLASH,
  debug: settings.DEBUG,
  disallowedAgents: settings.DISALLOWED_USER_AGENTS,
  prependWww: settings.PREPEND_WWW,
}));

const BODY_METHODS = new Set(["DELETE", "POST", "PUT", "PATCH"]);

/**
 * Turns away DISALLOWED_USER_AGENTS and hosts that are not allowed, redirects to www. (PREPEND_WWW) and to the path with a
 * slash (APPEND_SLASH, where only that leads to a view), and sets Content-Length. Django: `CommonMiddleware`.
 *
 * A view whose property `shouldAppendSlash` is false is never redirected to.
 */
export class CommonMiddleware implements Middleware {
  /**
   * @throws PermissionDenied for a user agent that is not allowed.
   * @throws DisallowedHost
   */
  processRequest(request: HttpRequest): HttpResponseBase | undefined {
    const { disallowedAgents, prependWww } = policy();
    if (disallowedAgents.length > 0) refuseAgents(request, disallowedAgents);
    // Asked for even where nothing is done with it: a host that is not allowed must not come further.
    const host = request.getHost();
    if (!prependWww || host.startsWith("www.")) return undefined;
    const path = this.shouldRedirectWithSlash(request) ? this.getFullPathWithSlash(request) : request.getFullPath();
    return this.redirectTo(`${request.scheme}://www.${host}${path}`);
  }

  processResponse(request: HttpRequest, response: HttpResponseBase): HttpResponseBase {
    // The patterns are asked only when nothing was found, so that a site without such links pays nothing.
    if (response.statusCode === 404 && this.shouldRedirectWithSlash(request)) {
      return this.redirectTo(this.getFullPathWithSlash(request));
    }
    if (response instanceof HttpResponse) response.headers.setDefault("Content-Length", response.contentLength);
    return response;
  }

  /** Makes the redirect, a permanent one. A subclass may make another. */
  protected redirectTo(url: string): HttpResponseBase {
    return new HttpResponsePermanentRedirect(url);
  }

  /** Whether a path leads nowhere as it is and to a view with a slash at its end. */
  protected shouldRedirectWithSlash(request: HttpRequest): boolean {
    if (!policy().appendSlash || request.pathInfo.endsWith("/")) return false;
    if (find(request, request.pathInfo) !== undefined) return false;
    const match = find(request, `${request.pathInfo}/`);
    return match !== undefined && !("shouldAppendSlash" in match.func && match.func.shouldAppendSlash === false);
  }

  /**
   * The path and query to redirect to.
   *
   * @throws Error with DEBUG for a method that has a body, which the redirect would lose.
   */
  protected getFullPathWithSlash(request: HttpRequest): string {
    // A path that begins with two slashes would lead to another host.
    const path = escapeLeadingSlashes(request.getFullPath({ forceAppendSlash: true }));
    if (policy().debug && BODY_METHODS.has(request.method)) {
      throw new Error(
        `The URL of this ${request.method} has no slash at its end, and the data would be lost in the redirect that ` +
          `APPEND_SLASH makes. Send it to ${request.getHost()}${path}, or set APPEND_SLASH to false.`,
      );
    }
    return path;
  }
}

function refuseAgents(request: HttpRequest, disallowed: readonly RegExp[]): void {
  const agent = request.headers.get("user-agent");
  // `search` starts anew each time, whatever the flags.
  if (agent === undefined || !disallowed.some((pattern) => agent.search(pattern) !== -1)) return;
  throw new PermissionDenied("Forbidden user agent");
}

function find(request: HttpRequest, path: string): ResolverMatch | undefined {
  try {
    return preparedResolver(urlconfOf(request))?.resolve(path);
  } catch (error) {
    if (error instanceof Resolver404) return undefined;
    throw error;
  }
}
