import type { HttpResponse, HttpResponseBase } from "@tsgo/http/response";

export type { HttpResponse, HttpResponseBase };

/** A response whose body comes in pieces. */
export type StreamingResponse = HttpResponseBase & { wireChunks(): AsyncIterable<Uint8Array> };

/** Whether the body comes in pieces; else it is there as a whole. */
export function isStreaming(response: HttpResponseBase): response is StreamingResponse {
  return response.streaming;
}

/** The body of a response that is there as a whole. */
export function wholeBody(response: HttpResponseBase): string | Uint8Array {
  return (response as HttpResponse).wireBody();
}
