import type { IncomingMessage, ServerResponse } from "node:http";

import type { RequestSource } from "@tsgo/http/source";

import type { Send, WSGIHandler } from "../handler/wsgi-handler.ts";
import { discardBody } from "./discard-body.ts";
import { fetchSource, toFetch } from "./fetch.ts";
import { NodeSource } from "./node-source.ts";
import { sendToNode } from "./send-to-node.ts";

/**
 * The project as a server sees it: what `wsgi.ts` exports.
 *
 * @example
 * http.createServer(application).listen(8000);
 * const response = await application.fetch(new Request("http://localhost/polls/"));
 */
export interface WSGIApplication {
  /** A request listener of `node:http`. */
  (message: IncomingMessage, reply: ServerResponse): void;
  /** Answers a `Request` of the fetch standard. */
  fetch(request: Request): Promise<Response>;
  /** What all front ends call: answers `source` and has `send` deliver the response. Never throws or rejects. */
  handle(source: RequestSource, send: Send): void | Promise<void>;
}

/** Makes the application of a handler. */
export function makeApplication(handler: WSGIHandler): WSGIApplication {
  const listener = (message: IncomingMessage, reply: ServerResponse): void => {
    const source = new NodeSource(message);
    if (source.body !== null) reply.once("finish", () => discardBody(message));
    void handler.handle(source, (response) => sendToNode(response, reply));
  };
  return Object.assign(listener, {
    handle: (source: RequestSource, send: Send) => handler.handle(source, send),
    fetch: (request: Request) =>
      new Promise<Response>((resolve, reject) => {
        const handled = handler.handle(fetchSource(request), (response) => {
          try {
            const delivery = toFetch(response, request.method);
            resolve(delivery.response);
            return delivery.done;
          } catch (error) {
            reject(error);
            throw error;
          }
        });
        void handled;
      }),
  });
}
