// Recorded responses: their status, headers, cookies and content.

import { getMaxAge, patchCacheControl, patchVaryHeaders } from "@tsgo/http/cache";
import { getConditionalResponse } from "@tsgo/http/conditional";
import {
  FileResponse,
  HttpResponse,
  HttpResponseBadRequest,
  type HttpResponseBase,
  HttpResponseForbidden,
  HttpResponseGone,
  HttpResponseNotAllowed,
  HttpResponseNotFound,
  HttpResponseNotModified,
  HttpResponsePermanentRedirect,
  HttpResponseRedirect,
  HttpResponseServerError,
  JsonResponse,
  contentDispositionHeader,
} from "@tsgo/http/response";
import { Temporal } from "temporal-polyfill";

import { makeRequest } from "./requests.ts";

type Options = Readonly<Record<string, unknown>>;

const classes = {
  HttpResponse,
  HttpResponseBadRequest,
  HttpResponseForbidden,
  HttpResponseGone,
  HttpResponseNotAllowed,
  HttpResponseNotFound,
  HttpResponseNotModified,
  HttpResponsePermanentRedirect,
  HttpResponseRedirect,
  HttpResponseServerError,
  JsonResponse,
} as unknown as Readonly<Record<string, new (...args: unknown[]) => HttpResponse>>;

/** What `http.response` records of a response. */
export function responseFacts(name: string, ...args: unknown[]): unknown {
  const ResponseClass = classes[name];
  if (ResponseClass === undefined) throw new Error(`No such response: ${name}`);
  const last = args.at(-1);
  // Python takes a number in a string for a status.
  if (isOptions(last) && typeof last["status"] === "string")
    args = [...args.slice(0, -1), { ...last, status: Number(last["status"]) }];
  const response = new ResponseClass(...args);
  const content = response instanceof JsonResponse ? pythonJson(response) : response.content;
  return { ...headFacts(response), content };
}

/** What `http.FileResponse` records of a file with the content `abc`. */
export async function fileResponseFacts(filename: string, asAttachment: boolean): Promise<unknown> {
  const response = new FileResponse(Buffer.from("abc"), { asAttachment, filename });
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.wireChunks()) chunks.push(chunk);
  return { ...headFacts(response), content: Buffer.concat(chunks) };
}

/** What `http.HttpResponse.set_cookie` records: the header values. */
export function setCookie(name: string, value: string, options: Options = {}): string[] {
  const response = new HttpResponse();
  response.setCookie(name, value, { ...options, ...("expires" in options && { expires: asDate(options["expires"]) }) });
  return Array.from(response.cookies.values(), String);
}

/** What `http.HttpResponse.delete_cookie` records. */
export function deleteCookie(name: string, options: Options = {}): string[] {
  const response = new HttpResponse();
  response.deleteCookie(name, options);
  return Array.from(response.cookies.values(), String);
}

/** What `utils.http.content_disposition_header` records. */
export function contentDisposition(asAttachment: boolean, filename: string | null): string | undefined {
  return contentDispositionHeader(asAttachment, filename ?? undefined);
}

/** What `utils.cache.get_conditional_response` records: the status. */
export function conditionalStatus(
  method: string,
  headers: Record<string, string>,
  etag: string | null,
  lastModified: number | null,
): number {
  const validators = { etag: etag ?? undefined, lastModified: lastModified ?? undefined };
  const response = new HttpResponse();
  return getConditionalResponse(makeRequest({ method, headers }), { ...validators, response }).statusCode;
}

/** What `utils.cache.patch_cache_control` records. */
export function cacheControlFacts(existing: string | null, patches: readonly Options[]): unknown {
  const response = new HttpResponse();
  if (existing !== null) response.headers.set("Cache-Control", existing);
  for (const patch of patches) patchCacheControl(response, camelCased(patch));
  const parts = (response.headers.get("Cache-Control") ?? "").split(", ").toSorted();
  return { parts, max_age: getMaxAge(response) };
}

/** What `utils.cache.patch_vary_headers` records. */
export function varyHeader(existing: string | null, names: readonly string[]): string | undefined {
  const response = new HttpResponse();
  if (existing !== null) response.headers.set("Vary", existing);
  patchVaryHeaders(response, names);
  return response.headers.get("Vary");
}

function headFacts(response: HttpResponseBase): object {
  return {
    status: response.statusCode,
    reason: response.reasonPhrase,
    headers: [...response.headers].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    charset: response.charset,
  };
}

// The same data as Python's json writes it: JSON is compared as JSON.
function pythonJson(response: HttpResponse): Uint8Array {
  return Buffer.from(writeJson(JSON.parse(response.text) as unknown));
}

function writeJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writeJson).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([key, item]) => `${writeJson(key)}: ${writeJson(item)}`);
    return `{${members.join(", ")}}`;
  }
  return JSON.stringify(value).replaceAll(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function asDate(value: unknown): Date | string | null {
  if (value instanceof Temporal.ZonedDateTime) return new Date(value.epochMilliseconds);
  if (value instanceof Temporal.PlainDateTime) return new Date(value.toZonedDateTime("UTC").epochMilliseconds);
  return value as string | null;
}

function camelCased(options: Options): Options {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name === "s_maxage" ? "sMaxage" : name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}

function isOptions(value: unknown): value is Options {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}
