// The bytes of a request's body, read once and never more than is allowed.

import { RequestDataTooBig } from "@tsgo/core/exceptions";

import { RawPostDataException, UnreadablePostError } from "../exceptions.ts";
import { httpSettings } from "../http-settings.ts";

/** Gives the body of one request whole or as a stream: whole as often as one likes, as a stream once. */
export class RequestBody {
  readonly #stream: AsyncIterable<Uint8Array> | null;
  readonly #declaredLength: number;
  #whole: Promise<Uint8Array> | undefined;
  #streamed = false;

  /** @param contentLength the header's value; only ever a reason to refuse early, never to believe. */
  constructor(stream: AsyncIterable<Uint8Array> | null, contentLength: string | undefined) {
    this.#stream = stream;
    this.#declaredLength = Number(contentLength ?? 0);
  }

  /**
   * All bytes.
   *
   * @throws RequestDataTooBig beyond DATA_UPLOAD_MAX_MEMORY_SIZE, RawPostDataException after `stream`,
   * UnreadablePostError where the connection breaks.
   */
  whole(): Promise<Uint8Array> {
    if (this.#streamed) return Promise.reject(new RawPostDataException());
    return (this.#whole ??= this.#collect());
  }

  /** The bytes as they arrive, without a limit; once, or as often as one likes after `whole`. */
  async *stream(): AsyncGenerator<Uint8Array, void, undefined> {
    if (this.#whole !== undefined) {
      yield await this.#whole;
      return;
    }
    if (this.#streamed) throw new RawPostDataException();
    this.#streamed = true;
    if (this.#stream !== null) yield* readable(this.#stream);
  }

  async #collect(): Promise<Uint8Array> {
    const limit = httpSettings().DATA_UPLOAD_MAX_MEMORY_SIZE ?? Infinity;
    if (this.#declaredLength > limit) throw tooBig();
    if (this.#stream === null) return new Uint8Array();
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of readable(this.#stream)) {
      length += chunk.byteLength;
      if (length > limit) throw tooBig();
      chunks.push(chunk);
    }
    const [only] = chunks;
    return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, length);
  }
}

/** The error of a body that is larger than DATA_UPLOAD_MAX_MEMORY_SIZE. */
export function tooBig(): RequestDataTooBig {
  return new RequestDataTooBig("Request body exceeded settings.DATA_UPLOAD_MAX_MEMORY_SIZE.");
}

// A loop that is left early would close the stream. It is the server's: what is left of it must be read away before the
// next request on the connection. So it is stepped by hand.
async function* readable(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = stream[Symbol.asyncIterator]();
  while (true) {
    let step: IteratorResult<Uint8Array>;
    try {
      // oxlint-disable-next-line no-await-in-loop -- each chunk comes after the one before
      step = await iterator.next();
    } catch (error) {
      throw new UnreadablePostError(error);
    }
    if (step.done === true) return;
    yield step.value;
  }
}
