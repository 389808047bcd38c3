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

/** The responses in what a server sent, as a client that believes their Content-Length reads them. */
export function readResponses(answer: string): { status: number; body: string }[] {
  const responses: { status: number; body: string }[] = [];
  for (let at = 0; at < answer.length; ) {
    const end = answer.indexOf("\r\n\r\n", at);
    const head = answer.slice(at, end);
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]);
    const length = status === 204 || status === 304 ? 0 : Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0);
    responses.push({ status, body: answer.slice(end + 4, end + 4 + length) });
    if (end < 0 || Number.isNaN(status)) break;
    at = end + 4 + length;
  }
  return responses;
}
