import type { HttpRequest } from "@tsgo/http/request";
import type { HttpResponse, HttpResponseBase, ResponseHeaders } from "@tsgo/http/response";

import type { Captured, RenderedTemplate } from "./captured.ts";

type Streaming = HttpResponseBase & { wireChunks(): AsyncIterable<Uint8Array> };

/** What a client of a test gets: the response as it was sent, and what led to it. */
export class TestResponse {
  /** The response that the view gave. */
  readonly response: HttpResponseBase;
  readonly request: HttpRequest;
  /** The body as bytes; a streamed one read to its end. */
  readonly content: Uint8Array;
  /** Where redirects led before this response: URL and status of each. Empty where none was followed. */
  readonly redirectChain: readonly (readonly [url: string, statusCode: number])[];
  /** The templates that were rendered, outermost first. */
  readonly templates: readonly RenderedTemplate[];

  constructor(
    response: HttpResponseBase,
    request: HttpRequest,
    content: Uint8Array,
    captured: Captured,
    redirectChain: readonly (readonly [string, number])[],
  ) {
    this.response = response;
    this.request = request;
    this.content = content;
    this.templates = captured.templates;
    this.redirectChain = redirectChain;
  }

  get statusCode(): number {
    return this.response.statusCode;
  }

  get headers(): ResponseHeaders {
    return this.response.headers;
  }

  get cookies(): HttpResponseBase["cookies"] {
    return this.response.cookies;
  }

  /** The body as text, in its character set. */
  get text(): string {
    return new TextDecoder(this.response.charset).decode(this.content);
  }

  /** The body as JSON. Throws a TypeError for a response of another type. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says what it expects, as for Body.json
  json<T = unknown>(): T {
    const contentType = this.headers.get("Content-Type") ?? "";
    if (/^application\/(?:.+\+)?json\b/.test(contentType)) return JSON.parse(this.text) as T;
    throw new TypeError(`The response is '${contentType}' and not application/json.`);
  }

  /** What the URL led to; undefined where it led nowhere. */
  get resolverMatch(): HttpRequest["resolverMatch"] {
    return this.request.resolverMatch;
  }

  /** The variables of all templates that were rendered; of a name in several, the one of the outermost. */
  get context(): Readonly<Record<string, unknown>> {
    return Object.assign({}, ...this.templates.map(({ context }) => context).toReversed()) as Record<string, unknown>;
  }
}

/** The body of a response, read to its end. */
export async function readContent(response: HttpResponseBase): Promise<Uint8Array> {
  if (!response.streaming) return (response as HttpResponse).content;
  const chunks: Uint8Array[] = [];
  for await (const chunk of (response as Streaming).wireChunks()) chunks.push(chunk);
  return Buffer.concat(chunks);
}
