import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";

import type { RequestSource } from "@tsgo/http/source";

/** A request of Node's HTTP server as the framework sees it. Reads nothing that is not asked for. */
export class NodeSource implements RequestSource {
  readonly #message: IncomingMessage;

  constructor(message: IncomingMessage) {
    this.#message = message;
  }

  get method(): string {
    return this.#message.method ?? "GET";
  }

  get target(): string {
    return this.#message.url ?? "/";
  }

  get httpVersion(): string {
    return this.#message.httpVersion;
  }

  get rawHeaders(): readonly string[] {
    return this.#message.rawHeaders;
  }

  get secure(): boolean {
    return this.#message.socket instanceof TLSSocket;
  }

  get remoteAddress(): string {
    return this.#message.socket.remoteAddress ?? "";
  }

  get remotePort(): number | undefined {
    return this.#message.socket.remotePort;
  }

  get serverName(): string {
    return this.#message.socket.localAddress ?? "localhost";
  }

  get serverPort(): number {
    return this.#message.socket.localPort ?? 0;
  }

  get body(): AsyncIterable<Uint8Array> | null {
    return announcesBody(this.#message.rawHeaders) ? this.#message : null;
  }

  header(name: string): string | undefined {
    const { headers } = this.#message;
    if (!Object.hasOwn(headers, name)) return undefined;
    const value = headers[name];
    return typeof value === "string" ? value : value?.join(", ");
  }
}

// Node makes its object of headers when it is first asked for; most requests are answered without it.
function announcesBody(rawHeaders: readonly string[]): boolean {
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? "";
    if (name.length === 14 && name.toLowerCase() === "content-length") return rawHeaders[i + 1] !== "0";
    if (name.length === 17 && name.toLowerCase() === "transfer-encoding") return true;
  }
  return false;
}
