import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { setTimeout } from "node:timers/promises";

import { getLogger } from "@tsgo/core/logging";
import { noStyle, type Style } from "@tsgo/core/management";

import { answerBrokenRequest } from "./broken-request.ts";
import type { RequestListener } from "./get-internal-wsgi-application.ts";
import { MeasuredReply } from "./measured-reply.ts";
import { type LogLine, WSGIRequestHandler } from "./wsgi-request-handler.ts";

// How long a server that closes waits for the request of a client that has connected: browsers connect ahead, too.
const FIRST_REQUEST_MS = 300;

export interface WSGIServerOptions {
  /** Whether requests are worked on beside each other; else one at a time, in the order in which they came. */
  readonly threading?: boolean;
  /** Whether a connection is closed after its first request, so that the next reaches the newest code. */
  readonly onePerConnection?: boolean;
  readonly log?: LogLine;
  readonly style?: Style;
}

/** Where a server listens. */
export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly ipv6Only?: boolean;
}

/**
 * The development server's HTTP server. Answers to Django's `WSGIServer`. The limits on headers, on the time that a
 * request may take to arrive and on idle connections are Node's own.
 */
export class WSGIServer {
  readonly #server: Server<typeof IncomingMessage, typeof MeasuredReply>;
  readonly #options: WSGIServerOptions;
  readonly #application: RequestListener;
  #last: Promise<void> = Promise.resolve();

  constructor(application: RequestListener, options: WSGIServerOptions = {}) {
    this.#application = application;
    this.#options = options;
    this.#server = createServer({ ServerResponse: MeasuredReply }, (message, reply) => {
      this.#unasked.delete(message.socket);
      if (options.onePerConnection) reply.shouldKeepAlive = false;
      const handler = new WSGIRequestHandler(
        message,
        reply,
        options.log ?? (() => undefined),
        options.style ?? noStyle,
      );
      this.#handle(handler);
    });
    this.#server.on("clientError", (error: Error, socket: Duplex) => answerBrokenRequest(error, socket));
    this.#server.on("connect", (_request: IncomingMessage, socket: Duplex) => {
      socket.end(
        "HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\nConnection: close\r\n\r\n",
      );
    });
    this.#server.on("connection", (socket: Socket) => {
      socket.on("error", () => socket.destroy());
      this.#unasked.add(socket);
      socket.once("close", () => this.#unasked.delete(socket));
    });
  }

  /** Opens the socket. Resolves to the port; rejects with the system's error, `EADDRINUSE` for one. */
  async listen(options: ListenOptions): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(options, () => {
        this.#server.off("error", reject);
        this.#server.on("error", (error) => getLogger("tsgo.server").error("The server's socket failed.", { error }));
        resolve();
      });
    });
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : options.port;
  }

  /** Takes a connection that somebody else has accepted. */
  accept(socket: Socket): void {
    this.#server.emit("connection", socket);
    socket.resume();
  }

  /** Takes no more connections; resolves when the requests that are begun, or about to begin, are answered. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeIdleConnections();
    });
    await this.#firstRequests();
    await this.#pending();
  }

  /** Ends all connections, whatever is being answered. */
  closeAllConnections(): void {
    this.#server.closeAllConnections();
  }

  // Connections on which no request has arrived yet; it may be on its way.
  readonly #unasked = new Set<Socket>();

  async #firstRequests(): Promise<void> {
    const end = Date.now() + FIRST_REQUEST_MS;
    while (this.#unasked.size > 0 && Date.now() < end) await setTimeout(10);
  }

  readonly #active = new Set<Promise<void>>();

  #pending(): Promise<unknown> {
    return Promise.all(this.#active);
  }

  #handle(handler: WSGIRequestHandler): void {
    const threading = this.#options.threading ?? true;
    const answered = threading
      ? handler.handle(this.#application)
      : (this.#last = this.#last.then(() => handler.handle(this.#application)));
    this.#active.add(answered);
    void answered.then(() => this.#active.delete(answered));
  }
}
