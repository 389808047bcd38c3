export { HttpResponseBase, type ResponseOptions } from "./base.ts";
export { contentDispositionHeader } from "./content-disposition.ts";
export { FileResponse, type FileResponseOptions, type FileSource } from "./file-response.ts";
export { ResponseHeaders } from "./headers.ts";
export { JsonResponse, type JsonResponseOptions } from "./json-response.ts";
export { isLogged, markLogged } from "./logged.ts";
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
