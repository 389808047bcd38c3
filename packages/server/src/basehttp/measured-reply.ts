import { type IncomingMessage, ServerResponse } from "node:http";

type Chunk = string | Uint8Array;

/** A reply that knows how long its body became, for the line in the terminal. */
export class MeasuredReply<R extends IncomingMessage = IncomingMessage> extends ServerResponse<R> {
  bodyBytes = 0;

  override write(chunk: Chunk, ...rest: unknown[]): boolean {
    this.#count(chunk);
    return super.write(chunk, ...(rest as [BufferEncoding]));
  }

  override end(...given: unknown[]): this {
    const [chunk] = given;
    if (typeof chunk === "string" || chunk instanceof Uint8Array) this.#count(chunk);
    return super.end(...(given as [Chunk, BufferEncoding]));
  }

  #count(chunk: Chunk): void {
    this.bodyBytes += typeof chunk === "string" ? Buffer.byteLength(chunk) : chunk.byteLength;
  }
}
