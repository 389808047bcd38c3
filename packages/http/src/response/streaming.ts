// A response whose body is made while it is sent.

import { Readable } from "node:stream";

import { getLogger } from "@tsgo/core/logging";
import type { LazyText } from "@tsgo/utils/functional";
import type { SafeString } from "@tsgo/utils/safestring";

import { encodeText } from "../charset.ts";
import { HttpResponseBase, type ResponseOptions } from "./base.ts";

/** A piece of a body that is sent as it is made. */
export type StreamChunk = string | number | SafeString | LazyText | Uint8Array;

/** What a streamed body can come from: anything that gives pieces one after the other, at once or in time. */
export type StreamingContent = Iterable<StreamChunk> | AsyncIterable<StreamChunk>;

/** What a streamed body can be made from; a string or bytes are one piece. */
export type StreamingSource = StreamingContent | string | Uint8Array;

/**
 * An answer that is sent piece by piece. The next piece is asked for when the client has taken the one before; when the
 * client goes away, the source is closed. Django: `StreamingHttpResponse`.
 *
 * @example
 * async function* rows() {
 *   for await (const poll of Poll.objects.all()) yield `${poll.id},${poll.title}\n`;
 * }
 * return new StreamingHttpResponse(rows(), { contentType: "text/csv" });
 */
export class StreamingHttpResponse extends HttpResponseBase {
  #content: StreamingContent;

  constructor(streamingContent: StreamingSource = [], options: ResponseOptions = {}) {
    super(options);
    this.#content = piecesOf(streamingContent);
    this.#closeWithResponse(this.#content);
  }

  override get streaming(): boolean {
    return true;
  }

  /** Where the pieces come from. Middleware that changes the body puts another source in its place. */
  get streamingContent(): StreamingContent {
    return this.#content;
  }

  set streamingContent(content: StreamingSource) {
    this.#content = piecesOf(content);
    this.#closeWithResponse(this.#content);
  }

  /** The pieces as bytes, for the server. They can be taken once. */
  async *wireChunks(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of this.#content)
      yield chunk instanceof Uint8Array ? chunk : encodeText(String(chunk), this.charset);
  }

  // A file that was opened for the response is closed with it, even if nobody came to read it.
  #closeWithResponse(content: StreamingContent): void {
    if (content instanceof Readable) {
      // A file that cannot be opened fails before anybody reads it; whoever reads is told then.
      content.on("error", () => undefined);
      this.onClose(() => content.destroy());
    } else if ("return" in content && typeof content.return === "function") {
      const finish = content.return.bind(content);
      // Not waited for: a source that waits for something that never comes cannot end before that.
      this.onClose(() => {
        Promise.resolve(finish()).catch((error: unknown) => {
          getLogger("tsgo.request").error("The source of a streamed response failed while it was closed.", { error });
        });
      });
    } else if ("cancel" in content && typeof content.cancel === "function") {
      const cancel = content.cancel.bind(content);
      this.onClose(() => cancel());
    }
  }
}

// Both are iterable, by characters and by numbers, which is never meant.
function piecesOf(source: StreamingSource): StreamingContent {
  return typeof source === "string" || source instanceof Uint8Array ? [source] : source;
}
