import type { ServerResponse } from "node:http";
import { finished } from "node:stream";

import { type HttpResponseBase, isStreaming, type StreamingResponse, wholeBody } from "./response-kinds.ts";
import { wireHead, withoutLength } from "./wire-headers.ts";

/**
 * Writes a response to Node's reply: at once where its body is there, else chunk by chunk, no faster than the
 * client reads, until the client has gone. Rejects when the body fails or lies about its length; the connection
 * is closed then, since what follows on it could be taken for the rest.
 */
export function sendToNode(response: HttpResponseBase, reply: ServerResponse): void | Promise<void> {
  if (reply.destroyed) return;
  const { statusCode } = response;
  // The answer to a request is never an interim one: the client would wait for another.
  if (statusCode < 200) return refuse(reply, `A response had the status ${statusCode}, which ends no request.`);
  const bodyless = statusCode === 204 || statusCode === 304 || reply.req.method === "HEAD";
  if (isStreaming(response)) return bodyless ? sendHead(response, reply) : sendStream(response, reply);
  if (bodyless) return sendHead(response, reply);
  sendWhole(response, reply);
}

function sendWhole(response: HttpResponseBase, reply: ServerResponse): void {
  const body = wholeBody(response);
  const { headers } = wireHead(response, typeof body === "string" ? Buffer.byteLength(body) : body.byteLength);
  reply.writeHead(response.statusCode, response.reasonPhrase, headers);
  reply.end(body);
}

function sendHead(response: HttpResponseBase, reply: ServerResponse): void {
  const { headers } = wireHead(response, undefined);
  reply.writeHead(
    response.statusCode,
    response.reasonPhrase,
    response.statusCode === 204 ? withoutLength(headers) : headers,
  );
  reply.end();
}

async function sendStream(response: StreamingResponse, reply: ServerResponse): Promise<void> {
  const { headers, announced } = wireHead(response, undefined);
  reply.writeHead(response.statusCode, response.reasonPhrase, headers);
  reply.flushHeaders();
  const gone = new Promise<typeof GONE>((resolve) => {
    finished(reply, () => resolve(GONE));
  });
  const chunks = response.wireChunks()[Symbol.asyncIterator]();
  let written = 0;
  try {
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- one chunk after the other
      const next = await Promise.race([chunks.next(), gone]);
      if (next === GONE) return leave(chunks);
      if (next.done) break;
      written += next.value.byteLength;
      if (announced !== undefined && written > announced) throw new LengthError(announced, "more");
      // oxlint-disable-next-line no-await-in-loop -- no faster than the client reads
      if (!reply.write(next.value)) await Promise.race([drained(reply), gone]);
    }
    if (announced !== undefined && written < announced) throw new LengthError(announced, `only ${written}`);
    reply.end();
  } catch (error) {
    reply.destroy();
    leave(chunks);
    throw error;
  }
}

const GONE = Symbol("the client has gone");

class LengthError extends Error {
  constructor(announced: number, given: string) {
    super(`A streamed response announced ${announced} bytes and gave ${given}. The connection was closed.`);
    this.name = "LengthError";
  }
}

// An iterator that waits for something of its own cannot be made to return before that comes; nobody waits for it.
function leave(chunks: AsyncIterator<Uint8Array>): void {
  void chunks.return?.().then(undefined, () => undefined);
}

function drained(reply: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    reply.once("drain", resolve);
  });
}

function refuse(reply: ServerResponse, reason: string): never {
  reply.writeHead(500, { "Content-Length": 0 });
  reply.end();
  throw new RangeError(reason);
}
