// The development server, in the parts that it is made of.

export { getInternalWsgiApplication, type RequestListener } from "./get-internal-wsgi-application.ts";
export { run, type RunOptions } from "./run.ts";
export { type LogLine, WSGIRequestHandler } from "./wsgi-request-handler.ts";
export { type ListenOptions, WSGIServer, type WSGIServerOptions } from "./wsgi-server.ts";
