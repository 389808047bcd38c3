// What a front end hands over for one request. Everything that HttpRequest knows comes from here.

/**
 * One request as a front end received it: HTTP, `fetch`, uwsgi, FastCGI, a test. HttpRequest reads it lazily, so a
 * front end should make one cheaply, with getters where a value costs something.
 */
export interface RequestSource {
  /** As on the request line. */
  readonly method: string;
  /** As on the request line: path and query still percent-encoded; an absolute URL where a client sent one. */
  readonly target: string;
  /** `"1.1"`. */
  readonly httpVersion: string;
  /** Names and values in turn, as received, one pair for each line. */
  readonly rawHeaders: readonly string[];
  /** Whether this connection is encrypted; what a proxy in front says is not this one's business. */
  readonly secure: boolean;
  /** The address of the peer; empty where there is none (a pipe, a test). */
  readonly remoteAddress: string;
  readonly remotePort: number | undefined;
  /** The name and port that the server listens on, for requests that name no host. */
  readonly serverName: string;
  readonly serverPort: number;
  /** The part of the path that the server took off before the application, decoded, without a slash at its end. */
  readonly scriptName?: string;
  /** Further CGI variables that the front end's server passed on (`REMOTE_USER`), seen in `request.META` only. */
  readonly environ?: Readonly<Record<string, string>>;
  /** The bytes of the body as they arrive; null where the request has none. Consumed once at most. */
  readonly body: AsyncIterable<Uint8Array> | null;
  /** The value of a header by its lower-case name; lines of the same name joined as HTTP says. */
  header(name: string): string | undefined;
}

/** What `plainSource` is made from. */
export interface PlainSourceOptions {
  /** Default GET. */
  readonly method?: string;
  /** Path and query, percent-encoded. Default "/". */
  readonly target?: string;
  readonly httpVersion?: string;
  /** Names in any case; a list makes one line for each value. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly secure?: boolean;
  readonly remoteAddress?: string;
  readonly remotePort?: number;
  readonly serverName?: string;
  readonly serverPort?: number;
  readonly scriptName?: string;
  readonly environ?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array> | null;
}

/**
 * A source from plain values: for tests, request factories and front ends without a connection.
 *
 * @example
 * const request = new HttpRequest(plainSource({ target: "/polls/?page=2", headers: { Host: "example.com" } }));
 */
export function plainSource(options: PlainSourceOptions = {}): RequestSource {
  const rawHeaders = Object.entries(options.headers ?? {}).flatMap(([name, value]) =>
    typeof value === "string" ? [name, value] : value.flatMap((line) => [name, line]),
  );
  const secure = options.secure ?? false;
  return {
    method: options.method ?? "GET",
    target: options.target ?? "/",
    httpVersion: options.httpVersion ?? "1.1",
    rawHeaders,
    secure,
    remoteAddress: options.remoteAddress ?? "127.0.0.1",
    remotePort: options.remotePort,
    serverName: options.serverName ?? "testserver",
    serverPort: options.serverPort ?? (secure ? 443 : 80),
    scriptName: options.scriptName ?? "",
    environ: options.environ ?? {},
    body: bodyOf(options.body),
    header: headerLookup(rawHeaders),
  };
}

/**
 * Finds headers in a flat list of names and values, by their lower-case names; several lines become one value. The list is
 * gone through once, when the first header is asked for.
 */
export function headerLookup(rawHeaders: readonly string[]): (name: string) => string | undefined {
  let headers: Map<string, string> | undefined;
  return (name) => (headers ??= joinHeaders(rawHeaders)).get(name);
}

function joinHeaders(rawHeaders: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] ?? "").toLowerCase();
    const value = rawHeaders[i + 1] ?? "";
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : before + (name === "cookie" ? "; " : ", ") + value);
  }
  return headers;
}

function bodyOf(body: PlainSourceOptions["body"]): AsyncIterable<Uint8Array> | null {
  if (body === undefined || body === null) return null;
  if (typeof body === "string") return once(new TextEncoder().encode(body));
  return body instanceof Uint8Array ? once(body) : body;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
