// Data as JSON.

import { encodeJson } from "@tsgo/utils/json";

import type { ResponseOptions } from "./base.ts";
import { HttpResponse } from "./response.ts";

/** What a JsonResponse can be given besides. */
export interface JsonResponseOptions extends ResponseOptions {
  /** Writes the data; default `encodeJson`, which knows dates, durations and decimals. */
  readonly encoder?: (data: unknown) => string;
  /** Spaces in front of each level; default everything in one line. */
  readonly indent?: number;
  /** False to send something other than an object at the top. */
  readonly safe?: boolean;
}

/** What may stand at the top of an answer: an object, neither a list nor one that is promised. */
type TopLevel<T> = T & (T extends PromiseLike<unknown> | readonly unknown[] ? never : object);

/**
 * Data as JSON. The type says of what, for callers and tests. Django: `JsonResponse`.
 *
 * @throws TypeError for something other than an object at the top, unless `safe` is false; JsonEncodeError for values that
 * JSON cannot hold.
 *
 * @example
 * return new JsonResponse({ question: question.text, votes: 3 });
 * return new JsonResponse([1, 2, 3], { safe: false });
 */
export class JsonResponse<T = unknown> extends HttpResponse {
  // Never there at run time: the compiler tells one JsonResponse from another by it.
  declare protected readonly dataType?: T;

  constructor(data: TopLevel<T>, options?: JsonResponseOptions);
  constructor(data: T, options: JsonResponseOptions & { readonly safe: false });
  constructor(data: unknown, options: JsonResponseOptions = {}) {
    const { encoder, indent, safe = true, ...rest } = options;
    if (safe && (typeof data !== "object" || data === null || Array.isArray(data)))
      throw new TypeError(
        "A JsonResponse is made of an object: to send something else at the top, set the option safe to false.",
      );
    super(encoder?.(data) ?? encodeJson(data, indent === undefined ? {} : { indent }), withJsonType(rest));
  }
}

function withJsonType(options: ResponseOptions): ResponseOptions {
  const named = Object.keys(options.headers ?? {}).some((name) => name.toLowerCase() === "content-type");
  return options.contentType !== undefined || named ? options : { ...options, contentType: "application/json" };
}
