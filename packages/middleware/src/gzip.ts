import { patchVaryHeaders } from "@tsgo/http/cache";
import type { HttpRequest } from "@tsgo/http/request";
import { HttpResponse, type HttpResponseBase, StreamingHttpResponse } from "@tsgo/http/response";

import { compress, compressStream } from "./gzip/compress.ts";
import type { Middleware } from "./middleware.ts";

// Below this, the headers of the format outweigh what is saved.
const SHORTEST = 200;

/**
 * Compresses responses for clients that take gzip. A random number of bytes is added to each, so that the length of a page
 * does not tell what is in it (BREACH). Django: `GZipMiddleware`.
 */
export class GZipMiddleware implements Middleware {
  /** How many random bytes are added at most. */
  protected readonly maxRandomBytes: number = 100;

  processResponse(request: HttpRequest, response: HttpResponseBase): HttpResponseBase | Promise<HttpResponseBase> {
    if (response instanceof HttpResponse && response.contentLength < SHORTEST) return response;
    if (response.headers.has("Content-Encoding")) return response;
    patchVaryHeaders(response, ["Accept-Encoding"]);
    if (!acceptsGzip(request.headers.get("accept-encoding") ?? "")) return response;
    if (response instanceof HttpResponse) return this.#compress(response);
    if (response instanceof StreamingHttpResponse) {
      // The pieces as bytes, by a response that goes on reading them when this one has others.
      const plain = new StreamingHttpResponse(response.streamingContent, { charset: response.charset });
      response.streamingContent = compressStream(plain.wireChunks(), this.maxRandomBytes);
      response.headers.delete("Content-Length");
      return markCompressed(response);
    }
    return response;
  }

  async #compress(response: HttpResponse): Promise<HttpResponse> {
    const { content } = response;
    const compressed = await compress(content, this.maxRandomBytes);
    if (compressed.byteLength >= content.byteLength) return response;
    response.content = compressed;
    response.headers.set("Content-Length", compressed.byteLength);
    return markCompressed(response);
  }
}

function markCompressed<R extends HttpResponseBase>(response: R): R {
  // The bytes are no longer those that the tag stands for, though the page is.
  const etag = response.headers.get("ETag");
  if (etag?.startsWith('"') === true) response.headers.set("ETag", `W/${etag}`);
  response.headers.set("Content-Encoding", "gzip");
  return response;
}

/** Whether an Accept-Encoding header lists gzip, and not with a weight of zero. */
function acceptsGzip(header: string): boolean {
  return header.split(",").some((coding) => {
    const [name = "", ...parameters] = coding.split(";").map((part) => part.trim().toLowerCase());
    return name === "gzip" && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
  });
}
