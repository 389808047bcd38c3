import { fromSettings } from "@tsgo/core/conf";
import type { HttpRequest } from "@tsgo/http/request";
import type { Urlconf } from "@tsgo/urls";

/** What every request needs to know of the settings, read once. */
export const handlerSettings = fromSettings((settings) => ({
  debug: settings.DEBUG,
  rootUrlconf: settings.ROOT_URLCONF,
  propagateExceptions: settings.DEBUG_PROPAGATE_EXCEPTIONS,
}));

/** The URLconf of a request: its own, or that of the site. What a middleware puts there is its own affair. */
export function urlconfOf(request: HttpRequest): Urlconf {
  return (request.urlconf as Urlconf | null | undefined) ?? handlerSettings().rootUrlconf;
}
