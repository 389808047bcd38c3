import type { HttpRequest } from "@tsgo/http/request";
import type { Urlconf } from "@tsgo/urls";

/** The URLconf that an earlier middleware has put on a request; undefined for that of the settings. */
export function urlconfOf(request: HttpRequest): Urlconf | undefined {
  return request.urlconf === null ? undefined : (request.urlconf as Urlconf | undefined);
}
