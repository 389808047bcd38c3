// What goes wrong with requests and responses. The errors that other parts raise too are core's.

import { BadRequest, TsgoError } from "@tsgo/core/exceptions";

/**
 * There is no such page. The handler answers 404; with DEBUG the page shows the message. Django: `Http404`.
 *
 * @example
 * if (question === null) throw new Http404("No question with this number.");
 */
export class Http404 extends TsgoError {
  constructor(message = "", options: { cause?: unknown } = {}) {
    super(message, { code: "http_404", ...options });
  }
}

/** A header name or value that would break the response apart. Django: `BadHeaderError`. */
export class BadHeaderError extends TsgoError {
  constructor(message: string) {
    super(message, { code: "bad_header" });
  }
}

/** A cookie with a name or an attribute that no cookie can have. Python: `http.cookies.CookieError`. */
export class CookieError extends TsgoError {
  constructor(message: string) {
    super(message, { code: "cookie" });
  }
}

/** The body was asked for whole after it had been read as a stream. Django: `RawPostDataException`. */
export class RawPostDataException extends TsgoError {
  constructor(message = "You cannot access body after reading from request's data stream.") {
    super(message, { code: "raw_post_data" });
  }
}

/** The connection broke before the body had arrived. The handler answers 400. Django: `UnreadablePostError`. */
export class UnreadablePostError extends BadRequest {
  constructor(cause: unknown) {
    super("The request body could not be read to its end: the connection broke.", { code: "unreadable_post", cause });
  }
}

/** A multipart body, or its content type, that cannot be understood. The handler answers 400. */
export class MultiPartParserError extends BadRequest {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, { code: "multipart_parser", ...options });
  }
}
