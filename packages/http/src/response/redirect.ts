// Sending the client elsewhere.

import { DisallowedRedirect } from "@tsgo/core/exceptions";
import { iriToUri } from "@tsgo/utils/encoding";

import type { ResponseOptions } from "./base.ts";
import { HttpResponse } from "./response.ts";

const MAX_LENGTH = 16_384;
// Browsers drop what stands in front of a URL, and line breaks anywhere in it, before they look for the scheme.
// oxlint-disable-next-line no-control-regex -- these are what browsers drop
const IGNORED_BY_BROWSERS = /^[\0- ]+|[\t\r\n]+/g;
const SCHEME = /^([a-z][a-z0-9+.-]*):/i;

/** What a redirect can be given besides. */
export interface RedirectOptions extends ResponseOptions {
  /** Whether the client repeats method and body at the new place (307 and 308 in place of 302 and 301). */
  readonly preserveRequest?: boolean;
}

abstract class HttpResponseRedirectBase extends HttpResponse {
  /** The schemes that a redirect may have: others can carry scripts, or leave the browser. A subclass may add its own. */
  static readonly allowedSchemes: readonly string[] = ["http", "https", "ftp"];

  constructor(redirectTo: string, options: RedirectOptions, statuses: readonly [number, preserving: number]) {
    super("", options, options.preserveRequest === true ? statuses[1] : statuses[0]);
    this.headers.set("Location", checkTarget(redirectTo, new.target.allowedSchemes));
  }

  /** Where the client is sent. */
  get url(): string {
    return this.headers.get("Location") ?? "";
  }
}

/**
 * Sends the client to another URL for this time (302, or 307 with preserveRequest). Django: `HttpResponseRedirect`.
 *
 * @throws DisallowedRedirect for a scheme other than http, https and ftp, and beyond 16,384 characters.
 *
 * @example
 * return new HttpResponseRedirect(reverse("polls:results", { args: [question.id] }));
 */
export class HttpResponseRedirect extends HttpResponseRedirectBase {
  constructor(redirectTo: string, options: RedirectOptions = {}) {
    super(redirectTo, options, [302, 307]);
  }
}

/** Sends the client to another URL for good (301, or 308 with preserveRequest). Errors as HttpResponseRedirect. */
export class HttpResponsePermanentRedirect extends HttpResponseRedirectBase {
  constructor(redirectTo: string, options: RedirectOptions = {}) {
    super(redirectTo, options, [301, 308]);
  }
}

// The length first: what is looked at behind it costs time.
function checkTarget(redirectTo: string, allowedSchemes: readonly string[]): string {
  if (redirectTo.length > MAX_LENGTH)
    throw new DisallowedRedirect(`Unsafe redirect exceeding ${MAX_LENGTH} characters`);
  const scheme = SCHEME.exec(redirectTo.replaceAll(IGNORED_BY_BROWSERS, ""))?.[1]?.toLowerCase();
  if (scheme !== undefined && !allowedSchemes.includes(scheme))
    throw new DisallowedRedirect(`Unsafe redirect to URL with protocol '${scheme}'`);
  return iriToUri(redirectTo);
}
