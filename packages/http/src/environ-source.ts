// Requests that another server has parsed already: uwsgi, FastCGI, SCGI.

import { quote } from "@tsgo/utils/urls";

import { type RequestSource, headerLookup } from "./source.ts";

/** CGI variables, each character standing for one byte. */
export type Environ = Readonly<Record<string, string>>;

/**
 * A source from the CGI variables of a server in front. What lies behind CONTENT_LENGTH is not read: without a valid one
 * there is no body.
 *
 * @example
 * new HttpRequest(environSource({ REQUEST_METHOD: "GET", PATH_INFO: "/polls/", HTTP_HOST: "example.com" }, null));
 */
export function environSource(environ: Environ, body: AsyncIterable<Uint8Array> | null): RequestSource {
  const rawHeaders = headersOf(environ);
  const query = environ["QUERY_STRING"] ?? "";
  const length = contentLength(environ["CONTENT_LENGTH"]);
  return {
    method: environ["REQUEST_METHOD"] ?? "GET",
    // The server in front has decoded the path; the escapes are put back, so that there is one way to read it.
    target: quote(Buffer.from(environ["PATH_INFO"] ?? "", "latin1"), PATH_SAFE) + (query === "" ? "" : `?${query}`),
    httpVersion: (environ["SERVER_PROTOCOL"] ?? "HTTP/1.1").replace(/^HTTP\//, ""),
    rawHeaders,
    secure: environ["REQUEST_SCHEME"] === "https" || /^(?:on|1)$/i.test(environ["HTTPS"] ?? ""),
    remoteAddress: environ["REMOTE_ADDR"] ?? "",
    remotePort: portOf(environ["REMOTE_PORT"]),
    serverName: environ["SERVER_NAME"] ?? "",
    serverPort: portOf(environ["SERVER_PORT"]) ?? 80,
    scriptName: Buffer.from(environ["SCRIPT_NAME"] ?? "", "latin1").toString("utf8"),
    environ,
    body: body === null || length === 0 ? null : firstBytes(body, length),
    header: headerLookup(rawHeaders),
  };
}

const PATH_SAFE = "/:@&+$,-_.!~*'()=;";

function headersOf(environ: Environ): string[] {
  const headers: string[] = [];
  for (const [name, value] of Object.entries(environ)) {
    if (name === "CONTENT_TYPE" || name === "CONTENT_LENGTH") {
      if (value !== "") headers.push(headerName(name), value);
    } else if (name.startsWith("HTTP_")) headers.push(headerName(name.slice("HTTP_".length)), value);
  }
  return headers;
}

// X_FORWARDED_HOST becomes X-Forwarded-Host.
function headerName(variable: string): string {
  return variable
    .toLowerCase()
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("-");
}

function portOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function contentLength(text: string | undefined): number {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : 0;
}

async function* firstBytes(
  body: AsyncIterable<Uint8Array>,
  length: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let left = length;
  for await (const chunk of body) {
    yield chunk.subarray(0, left);
    left -= chunk.byteLength;
    if (left <= 0) return;
  }
}
