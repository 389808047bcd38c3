import { getConditionalResponse, setResponseEtag } from "@tsgo/http/conditional";
import type { HttpRequest } from "@tsgo/http/request";
import type { HttpResponseBase } from "@tsgo/http/response";
import { parseHttpDateSafe } from "@tsgo/utils/http";

import type { Middleware } from "./middleware.ts";

/**
 * Answers a GET for what the client has already with 304: by ETag, which it sets where there is none, and by
 * Last-Modified. Django: `ConditionalGetMiddleware`.
 */
export class ConditionalGetMiddleware implements Middleware {
  processResponse(request: HttpRequest, response: HttpResponseBase): HttpResponseBase {
    // Whatever is not read has happened already, and a HEAD has no body to make a tag of.
    if (request.method !== "GET") return response;
    if (this.needsEtag(response) && !response.headers.has("ETag")) setResponseEtag(response);
    const etag = response.headers.get("ETag");
    const changed = response.headers.get("Last-Modified");
    const lastModified = changed === undefined ? undefined : parseHttpDateSafe(changed);
    if (etag === undefined && lastModified === undefined) return response;
    return getConditionalResponse(request, { etag, lastModified, response });
  }

  /** Whether a response is worth a tag: nobody compares what nobody may keep. */
  protected needsEtag(response: HttpResponseBase): boolean {
    const directives = (response.headers.get("Cache-Control") ?? "").split(/\s*,\s*/);
    return !directives.some((directive) => directive.toLowerCase() === "no-store");
  }
}
