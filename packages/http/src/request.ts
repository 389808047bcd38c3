// What a view is given: everything that is known of the request, worked out when it is first asked for.

import { DisallowedHost } from "@tsgo/core/exceptions";
import { BadSignature, type MaxAge } from "@tsgo/core/signing";
import type { MultiValueDict } from "@tsgo/utils/datastructures";
import { escapeUriPath, iriToUri } from "@tsgo/utils/encoding";
import { parseHeaderParameters } from "@tsgo/utils/http";
import { joinUrl, splitUrl } from "@tsgo/utils/urls";

import { isKnownCharset } from "./charset.ts";
import { parseCookie } from "./cookies/parse.ts";
import { type CookieSalt, type GetSignedCookieOptions, unsignCookie } from "./cookies/signed.ts";
import { httpSettings } from "./http-settings.ts";
import { QueryDict } from "./querydict.ts";
import { RequestBody } from "./request/body.ts";
import { type Form, emptyForm, readForm } from "./request/form.ts";
import { HttpHeaders } from "./request/headers.ts";
import { checkHost } from "./request/host.ts";
import { parseJsonBody } from "./request/json-body.ts";
import { MediaType, acceptedTypes } from "./request/media-type.ts";
import { type Meta, headerNameOf, metaOf } from "./request/meta.ts";
import type { ResolverMatchInfo } from "./request/resolver-match.ts";
import { type TargetParts, decodePath, splitTarget } from "./request/target.ts";
import type { RequestSource } from "./source.ts";
import type { UploadHandler } from "./uploads/handler.ts";
import type { UploadedFile } from "./uploads/uploaded-file.ts";

export { splitDomainPort, validateHost } from "./request/host.ts";
export { HttpHeaders } from "./request/headers.ts";
export { MediaType } from "./request/media-type.ts";
export type { Meta } from "./request/meta.ts";
export type { ResolverMatchInfo } from "./request/resolver-match.ts";

/**
 * One HTTP request. Django: `HttpRequest`.
 *
 * What is in the request line and the headers is read at once; what is in the body is a promise. Middleware that puts
 * something on the request declares it:
 *
 * @example
 * declare module "@tsgo/http/request" {
 *   interface HttpRequest { site: Site }
 * }
 */
export class HttpRequest implements AsyncIterable<Uint8Array> {
  /** The method, in capitals. */
  method: string;
  /** What the URLconf found; undefined until it was asked. */
  resolverMatch: ResolverMatchInfo | undefined;
  /** The URLconf of this request alone, in place of ROOT_URLCONF: a module reference or a module. */
  urlconf: unknown;

  readonly #source: RequestSource;
  #target: TargetParts | undefined;
  #pathInfo: string | undefined;
  #path: string | undefined;
  #get: QueryDict | undefined;
  #cookies: Record<string, string> | undefined;
  #meta: Meta | undefined;
  #headers: HttpHeaders | undefined;
  #contentType: [type: string, params: ReadonlyMap<string, string>] | undefined;
  #encoding: string | undefined;
  #accepted: MediaType[] | undefined;
  #body: RequestBody | undefined;
  #form: Promise<Form> | undefined;
  #fields: QueryDict | undefined;
  #uploadHandlers: UploadHandler[] | undefined;
  #hasOpenFiles = false;

  constructor(source: RequestSource) {
    this.#source = source;
    const { method } = source;
    this.method = method === "GET" || method === "POST" ? method : method.toUpperCase();
    this.resolverMatch = undefined;
    this.urlconf = undefined;
  }

  /** The path behind the script name, decoded: what URLs are resolved by. Bytes that are no UTF-8 stay escaped. */
  get pathInfo(): string {
    return (this.#pathInfo ??= decodePath(this.#parts.path) || "/");
  }

  set pathInfo(path: string) {
    this.#pathInfo = path;
  }

  /** The whole path, decoded, without the query. */
  get path(): string {
    return (this.#path ??= this.#wholePath());
  }

  set path(path: string) {
    this.#path = path;
  }

  /** What the server took off the path before the application, or FORCE_SCRIPT_NAME. */
  get scriptName(): string {
    return httpSettings().FORCE_SCRIPT_NAME ?? this.#source.scriptName ?? "";
  }

  /** The parameters of the query string. */
  get GET(): QueryDict {
    return (this.#get ??= this.#parseQuery());
  }

  set GET(query: QueryDict) {
    this.#get = query;
  }

  /**
   * The fields of a form that was sent by POST; empty for anything else.
   *
   * @throws a 4xx error (MultiPartParserError, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, BadRequest) for a
   * body that cannot be read as the form it says it is.
   *
   * @example
   * const choice = (await request.POST).get("choice");
   */
  get POST(): Promise<QueryDict> {
    return this.#fields === undefined ? this.#loadForm().then((form) => form.fields) : Promise.resolve(this.#fields);
  }

  set POST(fields: QueryDict) {
    this.#fields = fields;
  }

  /** The files of a form that was sent by POST as multipart/form-data. Errors as for `POST`. */
  get FILES(): Promise<MultiValueDict<UploadedFile>> {
    return this.#loadForm().then((form) => form.files);
  }

  /** The cookies by name. */
  get COOKIES(): Record<string, string> {
    return (this.#cookies ??= parseCookie(decodeHeaderBytes(this.#source.header("cookie") ?? "")));
  }

  set COOKIES(cookies: Record<string, string>) {
    this.#cookies = cookies;
  }

  /**
   * The value of a cookie that `response.setSignedCookie` has set; undefined, or `fallback`, where there is no such cookie.
   *
   * @throws BadSignature where it was changed or signed for another use, SignatureExpired where it is older than `maxAge`;
   * neither where there is a `fallback`.
   *
   * @example
   * request.getSignedCookie("seen", { salt: "polls", maxAge: 3600, fallback: "" });
   */
  getSignedCookie(name: string, options?: CookieSalt & MaxAge): string | undefined;
  getSignedCookie<F>(name: string, options: GetSignedCookieOptions<F> & { readonly fallback: F }): string | F;
  getSignedCookie(name: string, options: GetSignedCookieOptions<unknown> = {}): unknown {
    const signed = this.COOKIES[name];
    if (signed === undefined) return options.fallback;
    try {
      return unsignCookie(name, signed, options);
    } catch (error) {
      if (error instanceof BadSignature && "fallback" in options) return options.fallback;
      throw error;
    }
  }

  /** The request as CGI variables: `REMOTE_ADDR`, `SERVER_NAME`, `HTTP_REFERER`, ... Use `headers` for headers. */
  get META(): Meta {
    return (this.#meta ??= metaOf(this.#source, this.pathInfo, this.#parts.query));
  }

  /** The headers, by name in any case. */
  get headers(): HttpHeaders {
    return (this.#headers ??= new HttpHeaders(this.#source));
  }

  /** The media type of the body in lower case, without parameters; empty where none was sent. */
  get contentType(): string {
    return this.#parseContentType()[0];
  }

  /** The parameters of the Content-Type header, by lower-case name. */
  get contentParams(): ReadonlyMap<string, string> {
    return this.#parseContentType()[1];
  }

  /** The character set of form data: what was set, or what Content-Type says; undefined for DEFAULT_CHARSET. */
  get encoding(): string | undefined {
    if (this.#encoding !== undefined) return this.#encoding;
    const charset = this.contentParams.get("charset");
    return charset !== undefined && isKnownCharset(charset) ? charset : undefined;
  }

  /** Has form data and the query read again in another character set. */
  set encoding(charset: string) {
    this.#encoding = charset;
    this.#get = undefined;
    this.#form = undefined;
  }

  /** `http` or `https`: of this connection, or of the client's as SECURE_PROXY_SSL_HEADER tells it. */
  get scheme(): string {
    const proxy = httpSettings().SECURE_PROXY_SSL_HEADER;
    if (proxy !== null) {
      const value = this.#source.header(headerNameOf(proxy[0]));
      if (value !== undefined) return value.split(",", 1)[0]?.trim() === proxy[1] ? "https" : "http";
    }
    return this.#source.secure ? "https" : "http";
  }

  /** Whether the client came by HTTPS. */
  isSecure(): boolean {
    return this.scheme === "https";
  }

  /**
   * The host that the client asked for, with its port where it named one.
   *
   * @throws DisallowedHost where ALLOWED_HOSTS does not list it, or it is no host.
   */
  getHost(): string {
    const { ALLOWED_HOSTS, DEBUG } = httpSettings();
    return checkHost(this.#rawHost(), ALLOWED_HOSTS, DEBUG);
  }

  /** The port of the server, or of the proxy in front with USE_X_FORWARDED_PORT. */
  getPort(): string {
    const forwarded = httpSettings().USE_X_FORWARDED_PORT ? this.#source.header("x-forwarded-port") : undefined;
    return forwarded ?? String(this.#source.serverPort);
  }

  /** Path and query, escaped as in a URL. */
  getFullPath(options: { readonly forceAppendSlash?: boolean } = {}): string {
    return this.#fullPathOf(this.path, options);
  }

  /** Like `getFullPath`, without the script name. */
  getFullPathInfo(options: { readonly forceAppendSlash?: boolean } = {}): string {
    return this.#fullPathOf(this.pathInfo, options);
  }

  /**
   * The absolute URL of a location on this site, by default of this request.
   *
   * @throws DisallowedHost as `getHost` does.
   *
   * @example
   * request.buildAbsoluteUri("/polls/"); // "https://example.com/polls/"
   */
  buildAbsoluteUri(location: string = `//${this.getFullPath()}`): string {
    const { scheme, netloc, path } = splitUrl(location);
    if (scheme !== "" && netloc !== "") return iriToUri(location);
    const origin = `${this.scheme}://${this.getHost()}`;
    const isPlainPath = path.startsWith("/") && scheme === "" && netloc === "" && !/\/\.\.?\//.test(path);
    if (!isPlainPath) return iriToUri(joinUrl(origin + this.path, location));
    return iriToUri(origin + (location.startsWith("//") ? location.slice(2) : location));
  }

  /** The media types of the Accept header, the most wanted first; all types where there is no such header. */
  get acceptedTypes(): readonly MediaType[] {
    return (this.#accepted ??= acceptedTypes(this.#source.header("accept") ?? "*/*"));
  }

  /** Whether the client takes a media type. */
  accepts(mediaType: string): boolean {
    return this.#acceptedBy(mediaType) >= 0;
  }

  /** Of some media types, the one that the client likes best; undefined where it takes none. */
  getPreferredType(mediaTypes: readonly string[]): string | undefined {
    const ranks = mediaTypes.map((type) => ({ type, rank: this.#acceptedBy(type) })).filter(({ rank }) => rank >= 0);
    return ranks.reduce((best, next) => (next.rank < best.rank ? next : best), ranks[0] ?? { type: undefined, rank: 0 })
      .type;
  }

  /**
   * The bytes of the body.
   *
   * @throws RequestDataTooBig beyond DATA_UPLOAD_MAX_MEMORY_SIZE; RawPostDataException after the body was read as a stream
   * or as a multipart form; UnreadablePostError where the client went away.
   */
  get body(): Promise<Uint8Array> {
    return this.#bodyReader.whole();
  }

  /**
   * The body as JSON. The type is the caller's claim: check what came from outside before relying on it.
   *
   * @throws BadRequest where it is no JSON, or nested deeper than 500 levels; and as `body` does.
   */
  async json<T = unknown>(): Promise<T> {
    return parseJsonBody(await this.body) as T;
  }

  /** The body as it arrives, without a limit to its size. It can be read once. */
  stream(): AsyncIterable<Uint8Array> {
    return this.#bodyReader.stream();
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return this.stream()[Symbol.asyncIterator]();
  }

  /**
   * What takes in the files of a form, in place of FILE_UPLOAD_HANDLERS. To be set before the form is read.
   *
   * @throws TypeError afterwards.
   */
  set uploadHandlers(handlers: readonly UploadHandler[]) {
    if (this.#form !== undefined)
      throw new TypeError("You cannot set the upload handlers after the upload has been processed.");
    this.#uploadHandlers = [...handlers];
  }

  /** Whether there are uploaded files to be closed. */
  get hasOpenFiles(): boolean {
    return this.#hasOpenFiles;
  }

  /** Closes uploaded files, which removes their temporary files. The server calls it behind the response. */
  async close(): Promise<void> {
    this.#hasOpenFiles = false;
    const form = await this.#form?.catch(() => undefined);
    if (form === undefined) return;
    for (const [, files] of form.files.lists()) await Promise.all(files.map((file) => file.close()));
  }

  get #parts(): TargetParts {
    return (this.#target ??= splitTarget(this.#source.target));
  }

  get #bodyReader(): RequestBody {
    return (this.#body ??= new RequestBody(this.#source.body, this.#source.header("content-length")));
  }

  #wholePath(): string {
    const script = this.scriptName;
    if (script === "") return this.pathInfo.startsWith("/") ? this.pathInfo : `/${this.pathInfo}`;
    return `${script.replace(/\/+$/, "")}/${this.pathInfo.replace("/", "")}`;
  }

  #parseQuery(): QueryDict {
    const { query } = this.#parts;
    const { encoding } = this;
    return new QueryDict(
      hasBytes(query) ? Buffer.from(query, "latin1") : query,
      encoding === undefined ? {} : { encoding },
    );
  }

  #parseContentType(): [type: string, params: ReadonlyMap<string, string>] {
    return (this.#contentType ??= parseHeaderParameters(this.#source.header("content-type") ?? ""));
  }

  #loadForm(): Promise<Form> {
    return (this.#form ??= this.#readForm());
  }

  #readForm(): Promise<Form> {
    const encoding = this.encoding;
    if (this.method !== "POST") return Promise.resolve(emptyForm(encoding));
    this.#hasOpenFiles = this.contentType === "multipart/form-data";
    return readForm(this, this.#bodyReader, this.#uploadHandlers, encoding);
  }

  #rawHost(): string {
    const source = this.#source;
    const forwarded = httpSettings().USE_X_FORWARDED_HOST ? source.header("x-forwarded-host") : undefined;
    if (forwarded !== undefined) return forwarded;
    const host = source.header("host");
    if (host === undefined) return this.#serverHost();
    const { authority } = this.#parts;
    if (authority !== undefined && authority.toLowerCase() !== host.toLowerCase())
      throw new DisallowedHost(
        `The request is for ${JSON.stringify(authority)}, its Host header says ${JSON.stringify(host)}.`,
      );
    if (countHosts(source.rawHeaders) > 1) throw new DisallowedHost("The request has more than one Host header.");
    return host;
  }

  #serverHost(): string {
    const { serverName } = this.#source;
    const port = this.getPort();
    return port === (this.isSecure() ? "443" : "80") ? serverName : `${serverName}:${port}`;
  }

  #fullPathOf(path: string, { forceAppendSlash = false }: { readonly forceAppendSlash?: boolean }): string {
    const { query } = this.#parts;
    const slash = forceAppendSlash && !path.endsWith("/") ? "/" : "";
    return escapeUriPath(path) + slash + (query === "" ? "" : `?${iriToUri(decodeHeaderBytes(query))}`);
  }

  #acceptedBy(mediaType: string): number {
    const type = new MediaType(mediaType);
    return this.acceptedTypes.findIndex((accepted) => accepted.match(type));
  }
}

function countHosts(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i];
    if (name?.length === 4 && name.toLowerCase() === "host") count += 1;
  }
  return count;
}

const ASCII = /^[ -~]*$/;

function hasBytes(text: string): boolean {
  return !ASCII.test(text);
}

// Front ends give text with one character for each byte, as HTTP has it; what is meant is mostly UTF-8.
function decodeHeaderBytes(text: string): string {
  return hasBytes(text) ? Buffer.from(text, "latin1").toString("utf8") : text;
}
