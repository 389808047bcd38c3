import type { HttpRequest } from "@tsgo/http/request";
import type { HttpResponseBase } from "@tsgo/http/response";

export class FrameMiddleware {
  processResponse(_request: HttpRequest, response: HttpResponseBase): HttpResponseBase {
    response.headers.set("X-Frame-Options", "DENY");
    return response;
  }
}
