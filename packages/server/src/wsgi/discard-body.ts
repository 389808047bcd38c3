import type { IncomingMessage } from "node:http";

// A browser shows an answer only when it could send all it had; beyond this, ending the connection is cheaper.
const PATIENCE_BYTES = 1024 * 1024;

/**
 * Reads away what is left of a body after its request was answered, so that the next request on the connection is
 * found where it begins. A rest that is too long ends the connection.
 */
export function discardBody(message: IncomingMessage): void {
  if (message.complete) return;
  if (Number(message.headers["content-length"] ?? 0) > PATIENCE_BYTES) {
    message.socket.destroySoon();
    return;
  }
  let discarded = 0;
  // Who read the body and stopped in the middle still holds it back.
  message.removeAllListeners("readable");
  message.on("data", (chunk: Uint8Array) => {
    discarded += chunk.byteLength;
    if (discarded > PATIENCE_BYTES) message.socket.destroy();
  });
  message.resume();
}
