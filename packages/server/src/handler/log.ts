import { escapeControl, getLogger } from "@tsgo/core/logging";
import type { HttpRequest } from "@tsgo/http/request";
import type { HttpResponseBase } from "@tsgo/http/response";

import { describeError } from "./describe-error.ts";

const logged = new WeakSet<HttpResponseBase>();

/**
 * Notes once that a response is an error: 5xx with what was thrown, 4xx as a warning. Answers to Django's
 * `log_response`. `subject` is what the message names, mostly the path.
 */
export function logResponse(
  request: HttpRequest,
  response: HttpResponseBase,
  error?: unknown,
  subject = request.path,
): void {
  if (response.statusCode < 400 || logged.has(response)) return;
  logged.add(response);
  const message = `${response.reasonPhrase}: ${escapeControl(subject)}`;
  const extra = { request, statusCode: response.statusCode };
  const logger = getLogger("tsgo.request");
  if (response.statusCode >= 500)
    logger.error(message, { ...extra, ...(error !== undefined && { error: describeError(error) }) });
  else logger.warning(message, extra);
}

/** Notes what no honest client does, under a name that tells what it was: `tsgo.security.DisallowedHost`. */
export function logSuspicion(request: HttpRequest, response: HttpResponseBase, error: Error): void {
  logged.add(response);
  getLogger(`tsgo.security.${error.name}`).error(escapeControl(error.message), {
    request,
    statusCode: response.statusCode,
  });
}

/** Notes what went wrong after the response was made, when there is nobody left to tell. */
export function logFailure(error: unknown): void {
  getLogger("tsgo.server").error("Sending a response failed.", { error: describeError(error) });
}
