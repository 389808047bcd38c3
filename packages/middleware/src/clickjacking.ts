import { fromSettings } from "@tsgo/core/conf";
import type { HttpRequest } from "@tsgo/http/request";
import type { HttpResponseBase } from "@tsgo/http/response";

import type { Middleware } from "./middleware.ts";

const frameOptions = fromSettings((settings) => settings.X_FRAME_OPTIONS.toUpperCase());

/**
 * Tells browsers who may show a page in a frame: X_FRAME_OPTIONS, unless the response says so itself or has a property
 * `xframeOptionsExempt` that is true. Django: `XFrameOptionsMiddleware`.
 */
export class XFrameOptionsMiddleware implements Middleware {
  processResponse(request: HttpRequest, response: HttpResponseBase): HttpResponseBase {
    if ("xframeOptionsExempt" in response && response.xframeOptionsExempt === true) return response;
    response.headers.setDefault("X-Frame-Options", this.getXframeOptionsValue(request, response));
    return response;
  }

  /** The value of the header. A subclass may decide by request. */
  protected getXframeOptionsValue(_request: HttpRequest, _response: HttpResponseBase): string {
    return frameOptions();
  }
}
