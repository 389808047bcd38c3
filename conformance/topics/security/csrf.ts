// The CSRF check and its tokens.

import { environSource } from "@tsgo/http/environ-source";
import { HttpRequest } from "@tsgo/http/request";
import { csrfFault, isSafeMethod } from "../../../packages/middleware/src/csrf/check.ts";
import { maskSecret, tokenFault, tokenMatches, unmaskToken } from "../../../packages/middleware/src/csrf/tokens.ts";

import type { Calls } from "../../calls.ts";

interface RecordedCheck {
  readonly method?: string;
  readonly secure?: boolean;
  readonly host?: string;
  readonly serverPort?: string;
  readonly cookie?: string | null;
  readonly postToken?: string | null;
  readonly headerToken?: string | null;
  readonly origin?: string | null;
  readonly referer?: string | null;
}

/** By the dotted names of the cases. */
export const csrfCalls: Calls = {
  "middleware.csrf._check_token_format": (token: string) => tokenFault(token) ?? null,
  "middleware.csrf._does_token_match": tokenMatches,
  "middleware.csrf._mask_cipher_secret": (secret: string, { mask }: { mask: string }) => maskSecret(secret, mask),
  "middleware.csrf._unmask_cipher_token": unmaskToken,
  "middleware.csrf.CsrfViewMiddleware": async (recorded: RecordedCheck) => {
    const request = requestOf(recorded);
    return isSafeMethod(request.method) ? null : ((await csrfFault(request)) ?? null);
  },
};

function requestOf(recorded: RecordedCheck): HttpRequest {
  const {
    method = "POST",
    secure = false,
    host = "example.com",
    cookie,
    postToken,
    headerToken,
    origin,
    referer,
  } = recorded;
  const body =
    postToken === undefined || postToken === null ? "" : `csrfmiddlewaretoken=${encodeURIComponent(postToken)}`;
  const environ: Record<string, string> = {
    REQUEST_METHOD: method,
    PATH_INFO: "/",
    SERVER_NAME: "example.com",
    SERVER_PORT: recorded.serverPort ?? (secure ? "443" : "80"),
    SERVER_PROTOCOL: "HTTP/1.1",
    REQUEST_SCHEME: secure ? "https" : "http",
    HTTP_HOST: host,
    CONTENT_TYPE: "application/x-www-form-urlencoded",
    CONTENT_LENGTH: String(body.length),
  };
  const headers = {
    HTTP_COOKIE: typeof cookie === "string" ? `csrftoken=${cookie}` : undefined,
    HTTP_X_CSRFTOKEN: headerToken,
  };
  for (const [name, value] of Object.entries({ ...headers, HTTP_ORIGIN: origin, HTTP_REFERER: referer })) {
    if (value !== undefined && value !== null) environ[name] = value;
  }
  return new HttpRequest(environSource(environ, once(body)));
}

async function* once(body: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(body);
}
