// Stands between a program and a server, so that a test can take the server away and bring it back.

import { type AddressInfo, type Server, type Socket, connect, createServer } from "node:net";

/** A server that hands everything on to a port of this machine, for as long as it is up. */
export class TcpRelay {
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  constructor(target: number) {
    this.#target = target;
  }

  get port(): number {
    return this.#port;
  }

  /** How many connections lead through. */
  get connections(): number {
    return this.#sockets.size / 2;
  }

  async up(): Promise<void> {
    const server = createServer((socket) => {
      const onwards = connect(this.#target, "127.0.0.1");
      socket.pipe(onwards);
      onwards.pipe(socket);
      for (const end of [socket, onwards]) {
        this.#sockets.add(end);
        end.on("error", () => undefined);
        end.on("close", () => {
          this.#sockets.delete(end);
          socket.destroy();
          onwards.destroy();
        });
      }
    });
    this.#server = server;
    await new Promise<void>((resolve) => {
      server.listen(this.#port, "127.0.0.1", resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
  }

  /** Breaks all connections, and lets none in. */
  async down(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
