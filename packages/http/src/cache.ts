// Headers that tell caches what they may keep, and for whom.

import { httpDate } from "@tsgo/utils/http";

import type { HttpResponseBase } from "./response/base.ts";

/** Directives of Cache-Control; false and undefined leave one as it is. */
export interface CacheDirectives {
  readonly public?: boolean;
  readonly private?: boolean;
  /** True for the whole answer, or a header that must not be kept. */
  readonly noCache?: boolean | string;
  readonly noStore?: boolean;
  readonly noTransform?: boolean;
  readonly mustRevalidate?: boolean;
  readonly proxyRevalidate?: boolean;
  readonly mustUnderstand?: boolean;
  readonly immutable?: boolean;
  /** Seconds. */
  readonly maxAge?: number;
  /** Seconds, for shared caches. */
  readonly sMaxage?: number;
  /** Seconds. */
  readonly staleWhileRevalidate?: number;
  /** Seconds. */
  readonly staleIfError?: number;
}

type DirectiveValue = true | string | number;

const DELIMITER = /\s*,\s*/;

/**
 * Adds directives to Cache-Control. The smaller of two max-ages counts, `private` and `public` take each other's place.
 * Django: `patch_cache_control`.
 *
 * @example
 * patchCacheControl(response, { private: true, maxAge: 3600 }); // Cache-Control: private, max-age=3600
 */
export function patchCacheControl(response: HttpResponseBase, directives: CacheDirectives): void {
  const values = parseDirectives(response.headers.get("Cache-Control") ?? "");
  if (directives.public) values.delete("private");
  else if (directives.private) values.delete("public");
  for (const [name, value] of Object.entries(directives) as [string, DirectiveValue | false | undefined][])
    if (value !== undefined && value !== false) addDirective(values, kebab(name), value);
  const written = [...values].flatMap(([name, set]) => writeDirective(name, set));
  response.headers.set("Cache-Control", written.join(", "));
}

/** The max-age that Cache-Control gives, in seconds; undefined where there is none. Django: `get_max_age`. */
export function getMaxAge(response: HttpResponseBase): number | undefined {
  const [value] = parseDirectives(response.headers.get("Cache-Control") ?? "").get("max-age") ?? [];
  return secondsOf(value);
}

/**
 * Says that the answer depends on request headers, beside those that Vary names already. Django: `patch_vary_headers`.
 *
 * @example
 * patchVaryHeaders(response, ["Accept-Language"]);
 */
export function patchVaryHeaders(response: HttpResponseBase, names: readonly string[]): void {
  const existing = varyNames(response);
  const known = new Set(existing.map((name) => name.toLowerCase()));
  const all = [...existing, ...names.filter((name) => !known.has(name.toLowerCase()))];
  response.headers.set("Vary", all.includes("*") ? "*" : all.join(", "));
}

/** Whether Vary names a header. Django: `has_vary_header`. */
export function hasVaryHeader(response: HttpResponseBase, name: string): boolean {
  return varyNames(response).some((other) => other.toLowerCase() === name.toLowerCase());
}

/**
 * Has the answer kept for some seconds: Expires, unless it is there, and max-age. Django: `patch_response_headers`.
 */
export function patchResponseHeaders(response: HttpResponseBase, seconds: number): void {
  const maxAge = Math.max(0, seconds);
  response.headers.setDefault("Expires", httpDate(Date.now() / 1000 + maxAge));
  patchCacheControl(response, { maxAge });
}

/** Has the answer never kept by anybody. Django: `add_never_cache_headers`. */
export function addNeverCacheHeaders(response: HttpResponseBase): void {
  patchResponseHeaders(response, 0);
  patchCacheControl(response, { noCache: true, noStore: true, mustRevalidate: true, private: true });
}

function varyNames(response: HttpResponseBase): string[] {
  return response.headers.get("Vary")?.trim().split(DELIMITER) ?? [];
}

// `no-cache` may name several headers, each with a value of its own; any other directive has its last value.
function parseDirectives(header: string): Map<string, Set<DirectiveValue>> {
  const directives = new Map<string, Set<DirectiveValue>>();
  if (header === "") return directives;
  for (const field of header.split(DELIMITER)) {
    const equals = field.indexOf("=");
    const name = (equals < 0 ? field : field.slice(0, equals)).toLowerCase();
    const value = equals < 0 ? true : field.slice(equals + 1);
    if (name === "no-cache") addDirective(directives, name, value);
    else directives.set(name, new Set([value]));
  }
  return directives;
}

function addDirective(directives: Map<string, Set<DirectiveValue>>, name: string, value: DirectiveValue): void {
  const existing = directives.get(name);
  if (name === "no-cache") directives.set(name, new Set([...(existing ?? []), value]));
  else if (name === "max-age") directives.set(name, new Set([smallerAge(existing, value)]));
  else directives.set(name, new Set([value]));
}

function smallerAge(existing: ReadonlySet<DirectiveValue> | undefined, value: DirectiveValue): DirectiveValue {
  const before = secondsOf([...(existing ?? [])][0]);
  return before === undefined ? value : Math.min(before, Number(value));
}

function writeDirective(name: string, values: ReadonlySet<DirectiveValue>): string[] {
  if (values.has(true)) return [name];
  return Array.from(values, (value) => `${name}=${value}`);
}

function secondsOf(value: DirectiveValue | undefined): number | undefined {
  return value !== undefined && value !== true && /^\s*-?\d+\s*$/.test(String(value)) ? Number(value) : undefined;
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
