import { settings } from "@tsgo/core/conf";
import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import { importString } from "@tsgo/core/loading";

import type { MiddlewareClass, MiddlewareFactory, MiddlewareSource } from "./middleware.ts";

/**
 * Loads middleware by reference, by default what MIDDLEWARE names.
 *
 * @throws ImproperlyConfigured for a reference that leads nowhere, with its place and the nearest name, and for an
 * export that is neither a class nor a function.
 */
export async function loadMiddleware(references: readonly string[] = settings.MIDDLEWARE): Promise<MiddlewareSource[]> {
  return Promise.all(
    references.map(async (name, index) => {
      const from = `MIDDLEWARE[${index}]`;
      const middleware = await importString(name, { from });
      if (!isMiddleware(middleware)) {
        throw new ImproperlyConfigured(
          `${from}: '${name}' is no middleware but of type ${typeof middleware}. Export a class with phases, or a ` +
            "function that takes getResponse and returns a function of the request.",
        );
      }
      return { name, middleware };
    }),
  );
}

function isMiddleware(value: unknown): value is MiddlewareClass | MiddlewareFactory {
  return typeof value === "function";
}
