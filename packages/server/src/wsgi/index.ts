// The application that servers serve.

export { type WSGIApplication } from "./application.ts";
export { getWsgiApplication } from "./get-wsgi-application.ts";
