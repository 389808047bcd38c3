// From a request to its response.

export { type DebugPage, type ErrorPages, loadErrorPages } from "./error-pages.ts";
export { type Send, WSGIHandler } from "./wsgi-handler.ts";
