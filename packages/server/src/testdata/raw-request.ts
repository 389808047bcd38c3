import { connect } from "node:net";

/** Writes bytes to a server, ends, and gives everything that comes back. Clients repair what they send; this does not. */
export function rawRequest(port: number, bytes: string | Uint8Array, options: { keepOpen?: boolean } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    socket.setEncoding("latin1").on("data", (chunk: string) => (answer += chunk));
    socket.on("error", (error: NodeJS.ErrnoException) => (error.code === "ECONNRESET" ? resolve(answer) : reject(error)));
    socket.on("close", () => resolve(answer));
    if (options.keepOpen) socket.write(bytes);
    else socket.end(bytes);
  });
}

/** The status codes of the responses in what a server sent, in order. */
export function statusesOf(answer: string): number[] {
  return [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
}
