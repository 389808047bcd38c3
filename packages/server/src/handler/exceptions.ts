// From what was thrown to what is answered.

import { BadRequest, PermissionDenied, SuspiciousOperation } from "@tsgo/core/exceptions";
import { gotRequestException } from "@tsgo/core/server-signals";
import { Http404 } from "@tsgo/http/exceptions";
import type { HttpRequest } from "@tsgo/http/request";
import type { HttpResponseBase } from "@tsgo/http/response";
import { type ErrorStatus, preparedResolver, Resolver404 } from "@tsgo/urls";
import { type Awaitable, recovering, whenThere } from "@tsgo/utils/awaitable";
import { SuspiciousOperation as SuspiciousInput } from "@tsgo/utils/suspicious";

import { type ErrorPages, lastResort } from "./error-pages.ts";
import { handlerSettings, urlconfOf } from "./handler-settings.ts";
import { logResponse, logSuspicion } from "./log.ts";
import { render } from "./render.ts";

type Answer = Awaitable<HttpResponseBase>;

/** Turns errors of views and middleware into responses. Answers to Django's `response_for_exception`. */
export class ExceptionConverter {
  readonly #pages: ErrorPages;
  readonly #sender: unknown;

  /** @param sender The sender of `gotRequestException`. */
  constructor(pages: ErrorPages, sender: unknown) {
    this.#pages = pages;
    this.#sender = sender;
  }

  /** The response for an error. Throws it again where DEBUG_PROPAGATE_EXCEPTIONS says so. */
  convert(request: HttpRequest, error: unknown): Answer {
    const status = statusOf(error);
    if (status === 500) return this.#fault(request, error);
    const answer = recovering(
      () => this.#page(request, error, status),
      (failure) => this.#fault(request, failure),
    );
    return whenThere(answer, (response) => {
      if (isSuspicious(error)) logSuspicion(request, response, error);
      else logResponse(request, response, { error, subject: subjectOf(request, error) });
      return response;
    });
  }

  // A fault of the site, not of the client.
  #fault(request: HttpRequest, error: unknown): Answer {
    gotRequestException.sendRobust({ sender: this.#sender, request, error });
    if (handlerSettings().propagateExceptions) throw error;
    const answer = recovering(
      () => this.#page(request, error, 500),
      (failure) => {
        // The page for the error failed itself; that is worth knowing besides the error.
        logResponse(request, lastResort(), { error: failure });
        return lastResort();
      },
    );
    return whenThere(answer, (response) => {
      logResponse(request, response, { error });
      return response;
    });
  }

  #page(request: HttpRequest, error: unknown, status: ErrorStatus): Answer {
    const { debug } = handlerSettings();
    // What a user may not do is no riddle for a developer: 403 has no debug page.
    if (debug && status !== 403) return this.#pages.forDeveloper(request, error, status);
    const own = preparedResolver(urlconfOf(request))?.errorHandler(status);
    return render((own ?? this.#pages.forVisitors(status))(request, error));
  }
}

function statusOf(error: unknown): ErrorStatus {
  if (error instanceof Http404 || error instanceof Resolver404) return 404;
  if (error instanceof PermissionDenied) return 403;
  return error instanceof BadRequest || isSuspicious(error) ? 400 : 500;
}

// The pure functions of utils know nothing of core and have an error of their own.
function isSuspicious(error: unknown): error is Error {
  return error instanceof SuspiciousOperation || error instanceof SuspiciousInput;
}

function subjectOf(request: HttpRequest, error: unknown): string {
  return error instanceof BadRequest && error.message !== "" ? `${request.path} (${error.message})` : request.path;
}
