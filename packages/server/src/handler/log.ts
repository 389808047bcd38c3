import { escapeControl, getLogger } from "@tsgo/core/logging";
import type { HttpRequest } from "@tsgo/http/request";
import { type HttpResponseBase, isLogged, markLogged } from "@tsgo/http/response";

import { describeError } from "./describe-error.ts";

/** What is told about a response besides its status. */
export interface ResponseNote {
  /** What was thrown; anything can be, also undefined. Left out where a view answered so by itself. */
  readonly error?: unknown;
  /** What the message names; by default the path. */
  readonly subject?: string;
}

/**
 * Notes once that a response is an error: 5xx with what was thrown, 4xx as a warning. Answers to Django's
 * `log_response`.
 */
export function logResponse(request: HttpRequest, response: HttpResponseBase, note: ResponseNote = {}): void {
  if (response.statusCode < 400 || isLogged(response)) return;
  markLogged(response);
  const message = `${response.reasonPhrase}: ${escapeControl(note.subject ?? request.path)}`;
  const fields = { request, statusCode: response.statusCode };
  const logger = getLogger("tsgo.request");
  if (response.statusCode < 500) logger.warning(message, fields);
  else logger.error(message, "error" in note ? { ...fields, error: describeError(note.error) } : fields);
}

/** Notes what no honest client does, under a name that tells what it was: `tsgo.security.DisallowedHost`. */
export function logSuspicion(request: HttpRequest, response: HttpResponseBase, error: Error): void {
  markLogged(response);
  getLogger(`tsgo.security.${error.name}`).error(escapeControl(error.message), {
    request,
    statusCode: response.statusCode,
  });
}

/** Notes what went wrong after the response was made, when there is nobody left to tell. */
export function logFailure(error: unknown): void {
  getLogger("tsgo.server").error("Sending a response failed.", { error: describeError(error) });
}
