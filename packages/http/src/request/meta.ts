// A request as CGI variables, for what was written against them.

import type { RequestSource } from "../source.ts";

/** CGI variables by name; what is not there is undefined. */
export type Meta = Record<string, string | undefined>;

const WITHOUT_PREFIX: ReadonlyMap<string, string> = new Map([
  ["content-type", "CONTENT_TYPE"],
  ["content-length", "CONTENT_LENGTH"],
]);

/**
 * The CGI variables of a request. Headers whose names hold an underscore are left out: they could pass for others. So is
 * `Proxy`: many a library takes HTTP_PROXY for a setting.
 */
export function metaOf(source: RequestSource, pathInfo: string, query: string): Meta {
  const meta = Object.assign(Object.create(null) as Meta, source.environ, {
    REQUEST_METHOD: source.method,
    SCRIPT_NAME: source.scriptName ?? "",
    PATH_INFO: pathInfo,
    QUERY_STRING: query,
    SERVER_PROTOCOL: `HTTP/${source.httpVersion}`,
    SERVER_NAME: source.serverName,
    SERVER_PORT: String(source.serverPort),
    REMOTE_ADDR: source.remoteAddress,
  });
  if (source.remotePort !== undefined) meta["REMOTE_PORT"] = String(source.remotePort);
  for (let i = 0; i < source.rawHeaders.length; i += 2) {
    const name = (source.rawHeaders[i] ?? "").toLowerCase();
    if (name.includes("_") || name === "proxy") continue;
    const variable = WITHOUT_PREFIX.get(name) ?? `HTTP_${name.replaceAll("-", "_").toUpperCase()}`;
    // All lines of a name are joined when the first one is met: doing it for each would be quadratic work.
    if (!(variable in meta)) meta[variable] = source.header(name) ?? "";
  }
  return meta;
}

/** The lower-case name of the header behind a CGI variable: `HTTP_X_FORWARDED_PROTO` is `x-forwarded-proto`. */
export function headerNameOf(variable: string): string {
  return variable
    .replace(/^HTTP_/, "")
    .replaceAll("_", "-")
    .toLowerCase();
}
