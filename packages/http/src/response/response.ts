// A response whose body is there as a whole.

import type { LazyText } from "@tsgo/utils/functional";
import type { SafeString } from "@tsgo/utils/safestring";

import { decodeText, encodeText, isUtf8 } from "../charset.ts";
import { HttpResponseBase, type ResponseOptions } from "./base.ts";

/** A piece of a body. */
type ContentPiece = string | number | bigint | SafeString | LazyText | Uint8Array;

/** What a body can be made from; the pieces of an iterable are joined. */
export type ResponseContent = ContentPiece | Iterable<ContentPiece>;

/**
 * An answer with a body. Django: `HttpResponse`.
 *
 * @example
 * return new HttpResponse("Hello, world.", { contentType: "text/plain" });
 */
export class HttpResponse extends HttpResponseBase {
  // Text to be written as UTF-8 stays a string: the socket takes it together with the headers in one piece.
  #body: string | Uint8Array;

  constructor(content: ResponseContent = "", options?: ResponseOptions, defaultStatus = 200) {
    super(options, defaultStatus);
    this.#body = typeof content === "string" && isUtf8(this.charset) ? content : this.#bodyFrom(content);
  }

  override get streaming(): boolean {
    return false;
  }

  /** The body as bytes. */
  get content(): Uint8Array {
    return typeof this.#body === "string" ? Buffer.from(this.#body, "utf8") : this.#body;
  }

  set content(content: ResponseContent) {
    this.#body = this.#bodyFrom(content);
  }

  /** The body as text in the character set of the response. Django: `response.text`. */
  get text(): string {
    return typeof this.#body === "string" ? this.#body : decodeText(this.#body, this.charset);
  }

  /** Adds to the body. */
  write(content: ResponseContent): void {
    const more = this.#bodyFrom(content);
    this.#body =
      typeof this.#body === "string" && typeof more === "string"
        ? this.#body + more
        : Buffer.concat([this.content, typeof more === "string" ? Buffer.from(more, "utf8") : more]);
  }

  override wireHeaders(): string[] {
    const list = super.wireHeaders();
    const status = this.statusCode;
    const bodyless = status < 200 || status === 204 || status === 304;
    if (!bodyless && !this.headers.has("Content-Length")) list.push("Content-Length", String(this.contentLength));
    return list;
  }

  /** The body for the socket: a string is to be written as UTF-8. */
  wireBody(): string | Uint8Array {
    return this.#body;
  }

  /** The length of the body in bytes; text is counted without being encoded. */
  get contentLength(): number {
    return typeof this.#body === "string" ? Buffer.byteLength(this.#body, "utf8") : this.#body.byteLength;
  }

  #bodyFrom(content: ResponseContent): string | Uint8Array {
    if (content instanceof Uint8Array) return content;
    if (typeof content === "object" && Symbol.iterator in content) return this.#join(content);
    refuseUnsendable(content);
    const text = String(content);
    return isUtf8(this.charset) ? text : encodeText(text, this.charset);
  }

  #join(pieces: Iterable<ContentPiece>): Uint8Array {
    return Buffer.concat(
      Array.from(pieces, (piece) => {
        const body = this.#bodyFrom(piece);
        return typeof body === "string" ? Buffer.from(body, "utf8") : body;
      }),
    );
  }
}

// The types say it already, but a forgotten `await` in plain JavaScript would send "[object Promise]".
function refuseUnsendable(content: unknown): void {
  if (content === null || content === undefined)
    throw new TypeError(`A response cannot be made of ${String(content)}: give a string or bytes.`);
  if (typeof content !== "object") return;
  if ("then" in content) throw new TypeError("A response cannot be made of a promise: await it first.");
  if (!("toString" in content) || content.toString === Object.prototype.toString)
    throw new TypeError("A response cannot be made of a plain object: use JsonResponse, or give a string or bytes.");
}
