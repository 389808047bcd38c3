import type { Duplex } from "node:stream";

import { escapeControl, getLogger } from "@tsgo/core/logging";

const STATUS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "413 Payload Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/** Answers what is no HTTP, or did not arrive in time: one line for the client, one in the log, and the end. */
export function answerBrokenRequest(
  error: Error & { code?: string },
  socket: Duplex & { remoteAddress?: string },
): void {
  const code = error.code ?? "";
  // The client left; there is nobody to tell and nothing to know.
  if (code === "ECONNRESET" || code === "EPIPE" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUS[code] ?? "400 Bad Request";
  getLogger("tsgo.server").warning(
    `${status} to ${socket.remoteAddress ?? "a client"}: ${escapeControl(error.message)} (${code})`,
    {
      statusCode: Number.parseInt(status, 10),
    },
  );
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
