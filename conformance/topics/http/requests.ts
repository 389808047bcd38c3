// Recorded requests as tsgo's, and what the cases ask of them.

import { environSource } from "@tsgo/http/environ-source";
import { HttpRequest, MediaType } from "@tsgo/http/request";
import { quote } from "@tsgo/utils/urls";

/** How a request stands in the cases, its values decoded. */
export interface RecordedRequest {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** WSGI names. */
  readonly meta?: Readonly<Record<string, string>>;
  readonly secure?: boolean;
  readonly body?: Uint8Array;
}

const ASCII = Array.from({ length: 0x7f }, (_, code) => String.fromCharCode(code)).join("");

/** The request that a server would make of it. */
export function makeRequest(recorded: RecordedRequest): HttpRequest {
  const { method = "GET", path = "/", query = "", headers = {}, meta = {}, secure = false, body } = recorded;
  const environ: Record<string, string> = {
    REQUEST_METHOD: method,
    PATH_INFO: Buffer.from(path, "utf8").toString("latin1"),
    QUERY_STRING: quote(query, ASCII),
    SERVER_PROTOCOL: "HTTP/1.1",
    SERVER_NAME: "testserver",
    SERVER_PORT: secure ? "443" : "80",
    REQUEST_SCHEME: secure ? "https" : "http",
    REMOTE_ADDR: "127.0.0.1",
  };
  for (const [name, value] of Object.entries(headers)) environ[variableOf(name)] = value;
  if (body !== undefined) environ["CONTENT_LENGTH"] = String(body.byteLength);
  return new HttpRequest(environSource({ ...environ, ...meta }, body === undefined ? null : once(body)));
}

/** What `http.HttpRequest.get_host` records. */
export function hostFacts(recorded: RecordedRequest): unknown {
  const request = makeRequest(recorded);
  return {
    get_host: resultOrError(() => request.getHost()),
    get_port: request.getPort(),
    scheme: request.scheme,
    is_secure: request.isSecure(),
    absolute: resultOrError(() => request.buildAbsoluteUri()),
    full_path: request.getFullPath(),
  };
}

/** What `http.HttpRequest.get_full_path` records. */
export function pathFacts(recorded: RecordedRequest): unknown {
  const request = makeRequest(recorded);
  return {
    path: request.path,
    path_info: request.pathInfo,
    full_path: request.getFullPath(),
    full_path_slash: request.getFullPath({ forceAppendSlash: true }),
    method: request.method,
  };
}

/** What `http.HttpRequest.accepts` records. */
export function acceptFacts(accept: string | null, mediaTypes: readonly string[]): unknown {
  const request = makeRequest(accept === null ? {} : { headers: { Accept: accept } });
  return {
    accepted: request.acceptedTypes.map(String),
    accepts: mediaTypes.map((type) => request.accepts(type)),
    preferred: request.getPreferredType(mediaTypes),
  };
}

/** What `http.request.MediaType` records. */
export function mediaTypeFacts(range: string, other: string): unknown {
  const type = new MediaType(range);
  return {
    str: String(type),
    is_all_types: type.isAllTypes,
    match: type.match(other),
    quality: type.quality,
    specificity: type.specificity,
  };
}

/** What `http.HttpRequest.POST` records. */
export async function formFacts(recorded: RecordedRequest): Promise<unknown> {
  const request = makeRequest(recorded);
  const fields = await request.POST;
  const files = [];
  for (const [name, list] of (await request.FILES).lists()) {
    const facts = list.map(async (file) => ({
      name: file.name,
      content_type: file.contentType,
      charset: file.charset === undefined ? null : Buffer.from(file.charset),
      content_type_extra: Object.fromEntries(
        Array.from(file.contentTypeExtra, ([key, value]) => [key, Buffer.from(value)]),
      ),
      size: file.size,
      content: await file.read(),
    }));
    files.push([name, Promise.all(facts)]);
  }
  const settled = await Promise.all(files.map(async ([name, list]) => [name, await list]));
  await request.close();
  return { fields: [...fields.lists()], files: settled };
}

function variableOf(header: string): string {
  const name = header.toUpperCase().replaceAll("-", "_");
  return name === "CONTENT_TYPE" || name === "CONTENT_LENGTH" ? name : `HTTP_${name}`;
}

function resultOrError(read: () => string): unknown {
  try {
    return read();
  } catch (error) {
    return { error: error instanceof Error ? error.name : String(error) };
  }
}

async function* once(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body;
}
