// The question whether a request was meant.

import { fromSettings } from "@tsgo/core/conf";
import { UnreadablePostError } from "@tsgo/http/exceptions";
import type { HttpRequest } from "@tsgo/http/request";

import { isOriginTrusted, refererFault } from "./origins.ts";
import { storedSecret } from "./state.ts";
import { tokenFault, tokenMatches } from "./tokens.ts";

// By RFC 9110 these change nothing. Any other method has to prove itself, known or not.
const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

/** The field of a form that carries the token. */
export const TOKEN_FIELD = "csrfmiddlewaretoken";

/** `HTTP_X_CSRFTOKEN`, as the name is written in a request. */
const headerName = fromSettings(({ CSRF_HEADER_NAME }) =>
  CSRF_HEADER_NAME.replace(/^HTTP_/, "")
    .toLowerCase()
    .replaceAll(/(?:^|_)[a-z]/g, (start) => start.replace("_", "-").toUpperCase()),
);

/** Whether a method changes nothing, and so needs no proof. */
export function isSafeMethod(method: string): boolean {
  return SAFE_METHODS.has(method);
}

/** Why a request is not to be trusted; undefined for one that is. */
export async function csrfFault(request: HttpRequest): Promise<string | undefined> {
  const origin = request.headers.get("origin");
  if (origin !== undefined) {
    if (!isOriginTrusted(request, origin))
      return `Origin checking failed - ${origin} does not match any trusted origins.`;
  } else if (request.isSecure()) {
    const fault = refererFault(request);
    if (fault !== undefined) return fault;
  }
  return tokenFaultOf(request);
}

async function tokenFaultOf(request: HttpRequest): Promise<string | undefined> {
  const stored = storedSecret(request);
  if ("fault" in stored) return `CSRF cookie ${stored.fault}.`;
  if (stored.secret === undefined) return "CSRF cookie not set.";
  const { token, source } = await sentToken(request);
  if (token === undefined) return "CSRF token missing.";
  const fault = tokenFault(token) ?? (tokenMatches(token, stored.secret) ? undefined : "incorrect");
  return fault === undefined ? undefined : `CSRF token from ${source} ${fault}.`;
}

async function sentToken(request: HttpRequest): Promise<{ token: string | undefined; source: string }> {
  const field = request.method === "POST" ? await tokenField(request) : "";
  if (field !== "") return { token: field, source: "POST" };
  const name = headerName();
  return { token: request.headers.get(name), source: `the '${name}' HTTP header` };
}

// A client that has gone away gets its 403 unseen; that is no error of the site.
async function tokenField(request: HttpRequest): Promise<string> {
  try {
    return (await request.POST).get(TOKEN_FIELD) ?? "";
  } catch (error) {
    if (error instanceof UnreadablePostError) return "";
    throw error;
  }
}
