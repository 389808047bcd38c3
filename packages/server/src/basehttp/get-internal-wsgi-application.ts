import type { IncomingMessage, ServerResponse } from "node:http";

import { settings } from "@tsgo/core/conf";
import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import { importString } from "@tsgo/core/loading";

import { getWsgiApplication } from "../wsgi/get-wsgi-application.ts";

/** What a server calls for each request: an application, or anything made to stand in its place. */
export type RequestListener = (message: IncomingMessage, reply: ServerResponse) => void;

/**
 * The handler that `runserver` serves: what WSGI_APPLICATION names, or a new application where it is null.
 * Answers to Django's `get_internal_wsgi_application`.
 *
 * @throws ImproperlyConfigured that begins "WSGI application 'x' could not be loaded;" and says why.
 */
export async function getInternalWsgiApplication(): Promise<RequestListener> {
  const reference = settings.WSGI_APPLICATION;
  if (reference === null) return getWsgiApplication();
  const application = await importString(reference).catch((error: unknown) => {
    throw notLoaded(reference, error instanceof Error ? error.message : String(error), error);
  });
  if (isListener(application)) return application;
  throw notLoaded(reference, "it is no function. Export what `await getWsgiApplication()` gives.");
}

function notLoaded(reference: string, why: string, cause?: unknown): ImproperlyConfigured {
  return new ImproperlyConfigured(`WSGI application '${reference}' could not be loaded; ${why}`, { cause });
}

function isListener(value: unknown): value is RequestListener {
  return typeof value === "function";
}
