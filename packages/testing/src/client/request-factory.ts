import { HttpRequest } from "@tsgo/http/request";
import { plainSource, type RequestSource } from "@tsgo/http/source";

import { encodeBody, encodeQuery, MULTIPART, type RequestData } from "./body.ts";

/** What a request of a test can be given. */
export interface RequestOptions {
  /** Parameters of the query string, beside those in the path. */
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the request comes by HTTPS. */
  readonly secure?: boolean;
}

/** What a request with a body can be given besides. */
export interface BodyOptions extends RequestOptions {
  /** Default `multipart/form-data`, and `application/json` for put and patch with an object. */
  readonly contentType?: string;
}

/** A request before it is one: what the client sends again where it is redirected. */
export interface Draft extends BodyOptions {
  readonly method: string;
  readonly path: string;
  readonly data?: RequestData | undefined;
}

/**
 * Makes requests for views that are called directly. Answers to Django's `RequestFactory`.
 *
 * @example
 * const response = await detail(new RequestFactory().get("/polls/1/"), { questionId: 1 });
 */
export class RequestFactory {
  readonly #defaults: RequestOptions;

  /** @param defaults For all requests. */
  constructor(defaults: RequestOptions = {}) {
    this.#defaults = defaults;
  }

  get(path: string, options: RequestOptions = {}): HttpRequest {
    return this.generic("GET", path, undefined, options);
  }

  head(path: string, options: RequestOptions = {}): HttpRequest {
    return this.generic("HEAD", path, undefined, options);
  }

  options(path: string, options: RequestOptions = {}): HttpRequest {
    return this.generic("OPTIONS", path, undefined, options);
  }

  post(path: string, data: RequestData = {}, options: BodyOptions = {}): HttpRequest {
    return this.generic("POST", path, data, options);
  }

  put(path: string, data?: RequestData, options: BodyOptions = {}): HttpRequest {
    return this.generic("PUT", path, data, options);
  }

  patch(path: string, data?: RequestData, options: BodyOptions = {}): HttpRequest {
    return this.generic("PATCH", path, data, options);
  }

  delete(path: string, data?: RequestData, options: BodyOptions = {}): HttpRequest {
    return this.generic("DELETE", path, data, options);
  }

  /** A request of any method. */
  generic(method: string, path: string, data?: RequestData, options: BodyOptions = {}): HttpRequest {
    return new HttpRequest(this.source({ method, path, data, ...options }));
  }

  /** What a server would hand over for a request. */
  source(draft: Draft, cookies = ""): RequestSource {
    const { method, path, data } = draft;
    const secure = draft.secure ?? this.#defaults.secure ?? false;
    const encoded = data === undefined ? undefined : encodeBody(data, draft.contentType ?? defaultType(method, data));
    const length = lengthOf(encoded?.body);
    return plainSource({
      method,
      target: targetOf(path, { ...this.#defaults.query, ...draft.query }),
      secure,
      headers: {
        Host: "testserver",
        ...(cookies !== "" && { Cookie: cookies }),
        ...(encoded && { "Content-Type": encoded.contentType }),
        ...(length !== undefined && { "Content-Length": String(length) }),
        ...this.#defaults.headers,
        ...draft.headers,
      },
      body: encoded?.body ?? null,
    });
  }
}

function defaultType(method: string, data: RequestData): string {
  if (typeof data === "string" || data instanceof Uint8Array) return "application/octet-stream";
  return method === "POST" ? MULTIPART : "application/json";
}

function targetOf(path: string, query: Readonly<Record<string, unknown>>): string {
  const { pathname, search } = new URL(path, "http://testserver");
  const more = encodeQuery(query);
  return pathname + (more === "" ? search : search === "" ? `?${more}` : `${search}&${more}`);
}

function lengthOf(body: unknown): number | undefined {
  if (typeof body === "string") return Buffer.byteLength(body);
  return body instanceof Uint8Array ? body.byteLength : undefined;
}
