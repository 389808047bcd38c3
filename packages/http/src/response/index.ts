export { HttpResponseBase, type ResponseOptions } from "./base.ts";
export { ResponseHeaders } from "./headers.ts";
export { HttpResponsePermanentRedirect, HttpResponseRedirect, type RedirectOptions } from "./redirect.ts";
export { HttpResponse, type ResponseContent } from "./response.ts";
export {
  HttpResponseBadRequest,
  HttpResponseForbidden,
  HttpResponseGone,
  HttpResponseNotAllowed,
  HttpResponseNotFound,
  HttpResponseNotModified,
  HttpResponseServerError,
} from "./statuses.ts";
export { StreamingHttpResponse, type StreamChunk, type StreamingContent, type StreamingSource } from "./streaming.ts";
