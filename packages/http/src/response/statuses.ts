// Responses that stand for one status each.

import { HttpResponse, type ResponseContent } from "./response.ts";
import type { ResponseOptions } from "./base.ts";

/** 304: what the client has is still right. Without a body, and without a content type. */
export class HttpResponseNotModified extends HttpResponse {
  constructor(options: ResponseOptions = {}) {
    super("", options, 304);
    this.headers.delete("Content-Type");
  }

  /** Always empty. */
  override get content(): Uint8Array {
    return super.content;
  }

  override set content(content: ResponseContent) {
    if (content !== "") throw new TypeError("You cannot set content to a 304 (Not Modified) response");
    super.content = content;
  }
}

/** 400: the request cannot be understood. */
export class HttpResponseBadRequest extends HttpResponse {
  constructor(content: ResponseContent = "", options: ResponseOptions = {}) {
    super(content, options, 400);
  }
}

/** 403: the client may not do this. */
export class HttpResponseForbidden extends HttpResponse {
  constructor(content: ResponseContent = "", options: ResponseOptions = {}) {
    super(content, options, 403);
  }
}

/** 404: there is no such page. */
export class HttpResponseNotFound extends HttpResponse {
  constructor(content: ResponseContent = "", options: ResponseOptions = {}) {
    super(content, options, 404);
  }
}

/** 405: not with this method. Names the methods that are allowed. */
export class HttpResponseNotAllowed extends HttpResponse {
  constructor(permittedMethods: Iterable<string>, content: ResponseContent = "", options: ResponseOptions = {}) {
    super(content, options, 405);
    this.headers.set("Allow", [...permittedMethods].join(", "));
  }
}

/** 410: there was such a page, and there will be none again. */
export class HttpResponseGone extends HttpResponse {
  constructor(content: ResponseContent = "", options: ResponseOptions = {}) {
    super(content, options, 410);
  }
}

/** 500: the server failed. */
export class HttpResponseServerError extends HttpResponse {
  constructor(content: ResponseContent = "", options: ResponseOptions = {}) {
    super(content, options, 500);
  }
}
