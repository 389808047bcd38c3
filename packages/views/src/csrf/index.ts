import { settings } from "@tsgo/core/conf";
import type { HttpRequest } from "@tsgo/http/request";
import { HttpResponse, type HttpResponseBase } from "@tsgo/http/response";

import { ownPage } from "../defaults/own-page.ts";
import { plainPage } from "../defaults/plain-page.ts";

const TITLE = "Forbidden (403)";
const FOR_VISITORS =
  "The request could not be verified. If cookies or the Referer header are turned off in your browser, turn them on for " +
  "this site, and try again from the page before.";

/**
 * The page for a request that failed the CSRF check: the template `403_csrf.html` with `reason`, or a plain one, which
 * tells the reason only with DEBUG. What CSRF_FAILURE_VIEW names by default. Django: `csrf_failure`.
 */
export async function csrfFailure(request: HttpRequest, { reason }: { reason: string }): Promise<HttpResponseBase> {
  const page = await ownPage("403_csrf.html", { reason }, request);
  const detail = settings.DEBUG ? `CSRF verification failed: ${reason}` : FOR_VISITORS;
  return new HttpResponse(page ?? plainPage(TITLE, detail), { status: 403 });
}
