// The views that a root URLconf exports for requests that failed.

import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import { importString, loadedExport } from "@tsgo/core/loading";

import type { ErrorView } from "../view.ts";
import type { Included } from "./included.ts";
import { describe } from "./urlconf.ts";

/** The statuses for which a root URLconf may export a view. */
export type ErrorStatus = 400 | 403 | 404 | 500;

const ERROR_STATUSES: readonly ErrorStatus[] = [400, 403, 404, 500];

/** Loads those that are references. Throws ImproperlyConfigured for one that is no function. */
export async function loadErrorHandlers(root: Included): Promise<void> {
  for (const status of ERROR_STATUSES) {
    const handler = root.module[`handler${status}`];
    const from = `handler${status} of ${root.label}`;
    // oxlint-disable-next-line no-await-in-loop -- four at most, and the first that fails is the one to tell
    if (typeof handler === "string") await importString(handler, { from });
    errorHandlerOf(root, status);
  }
}

/** The view for a status; undefined where the URLconf exports none. */
export function errorHandlerOf(root: Included, status: ErrorStatus): ErrorView | undefined {
  const exported = root.module[`handler${status}`];
  const handler: unknown = typeof exported === "string" ? loadedExport(exported) : exported;
  if (handler === undefined || isErrorView(handler)) return handler;
  throw new ImproperlyConfigured(
    `The 'handler${status}' of ${root.label} is ${describe(handler)}. ` +
      'Export a view, or a reference to one ("mysite/views:notFound").',
  );
}

function isErrorView(value: unknown): value is ErrorView {
  return typeof value === "function";
}
