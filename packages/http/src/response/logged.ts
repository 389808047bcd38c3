// Which responses the log tells of already. Whoever refuses a request knows best why, and the handler, which logs every
// other error response, must not say it again.

import type { HttpResponseBase } from "./base.ts";

const logged = new WeakSet<HttpResponseBase>();

/** Notes that the log tells of a response. Django: `_has_been_logged`. */
export function markLogged(response: HttpResponseBase): void {
  logged.add(response);
}

/** Whether the log tells of a response. */
export function isLogged(response: HttpResponseBase): boolean {
  return logged.has(response);
}
