import type { RequestSource } from "@tsgo/http/source";
import { headerLookup } from "@tsgo/http/source";

import { type HttpResponseBase, isStreaming, type StreamingResponse, wholeBody } from "./response-kinds.ts";
import { wireHead } from "./wire-headers.ts";

/** The source of a `Request` of the fetch standard. The Host header is the one sent, or that of the URL. */
export function fetchSource(request: Request): RequestSource {
  const url = new URL(request.url);
  const rawHeaders = [...request.headers].flat();
  if (!request.headers.has("host")) rawHeaders.push("host", url.host);
  const secure = url.protocol === "https:";
  return {
    method: request.method,
    target: url.pathname + url.search,
    httpVersion: "1.1",
    rawHeaders,
    secure,
    remoteAddress: "127.0.0.1",
    remotePort: undefined,
    serverName: url.hostname,
    serverPort: url.port === "" ? (secure ? 443 : 80) : Number(url.port),
    body: request.body,
    header: headerLookup(rawHeaders),
  };
}

/** The fetch standard's response, and the promise that ends when its body has been read or given up. */
export interface Delivery {
  readonly response: Response;
  readonly done: void | Promise<void>;
}

/** Turns a response into one of the fetch standard. */
export function toFetch(response: HttpResponseBase, method: string): Delivery {
  const { statusCode } = response;
  if (statusCode < 200) throw new RangeError(`A response had the status ${statusCode}, which ends no request.`);
  const bodyless = statusCode === 204 || statusCode === 304 || statusCode === 205;
  const body = isStreaming(response) || bodyless ? null : wholeBody(response);
  const byteLength = typeof body === "string" ? Buffer.byteLength(body) : body?.byteLength;
  const init = {
    status: statusCode,
    statusText: response.reasonPhrase,
    headers: pairs(wireHead(response, method === "HEAD" ? undefined : byteLength).headers),
  };
  if (bodyless || method === "HEAD") return { response: new Response(null, init), done: undefined };
  if (!isStreaming(response)) return { response: new Response(body, init), done: undefined };
  const { stream, done } = streamOf(response);
  return { response: new Response(stream, init), done };
}

function streamOf(response: StreamingResponse): { stream: ReadableStream<Uint8Array>; done: Promise<void> } {
  const { promise: done, resolve, reject } = deferred();
  const chunks = response.wireChunks()[Symbol.asyncIterator]();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await chunks.next();
        if (!next.done) return controller.enqueue(next.value);
        controller.close();
        resolve();
      } catch (error) {
        controller.error(error);
        reject(error);
      }
    },
    cancel() {
      resolve();
      void chunks.return?.().then(undefined, () => undefined);
    },
  });
  return { stream, done };
}

function deferred() {
  let resolve!: () => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<void>((settle, fail) => {
    resolve = settle;
    reject = fail;
  });
  return { promise, resolve, reject };
}

function pairs(flat: readonly string[]): [string, string][] {
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i] ?? "", flat[2 * i + 1] ?? ""]);
}
