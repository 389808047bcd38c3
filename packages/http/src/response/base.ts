// What every response has: a status, headers, cookies, and things to close when it has been sent.

import { type SetCookieOptions, makeCookie, makeExpiredCookie } from "../cookies/set-cookie.ts";
import type { Cookie } from "../cookies/cookie.ts";
import { type SetSignedCookieOptions, signCookie } from "../cookies/signed.ts";
import { httpSettings } from "../http-settings.ts";
import { charsetOf, defaultContentType } from "./content-type.ts";
import { headerValue } from "./header-text.ts";
import { ResponseHeaders } from "./headers.ts";
import { reasonFor } from "./reasons.ts";

/** What all responses can be given. */
export interface ResponseOptions {
  /** The value of the Content-Type header; default `text/html` in the character set of the response. */
  readonly contentType?: string;
  /** From 100 to 599; default what the class stands for. */
  readonly status?: number;
  /** The phrase behind the status; default the usual one. */
  readonly reason?: string;
  /** The character set that text is written in; default what contentType says, else DEFAULT_CHARSET. */
  readonly charset?: string;
  readonly headers?: Readonly<Record<string, string | number>>;
}

/**
 * The parent of all responses, with no body of its own. Middleware takes and returns it. Django: `HttpResponseBase`.
 */
export abstract class HttpResponseBase {
  readonly headers: ResponseHeaders;
  /** Whether the body comes in pieces as it is made, so that nothing can look at it whole. */
  abstract get streaming(): boolean;
  #statusCode: number;
  #reason: string | undefined;
  #charset: string | undefined;
  #cookies: Map<string, Cookie> | undefined;
  #closers: (() => unknown)[] | undefined;
  #closed = false;

  constructor(options: ResponseOptions = NO_OPTIONS, defaultStatus = 200) {
    const { charset, contentType, headers, reason, status } = options;
    this.#charset = charset;
    this.#statusCode = status === undefined ? defaultStatus : checkStatus(status);
    this.#reason = reason === undefined ? undefined : headerValue(reason);
    // The usual case first: a list that is known to be right, and no look at names that are not there.
    if (headers === undefined) {
      const type = contentType === undefined ? defaultContentType(charset) : headerValue(contentType);
      this.headers = new ResponseHeaders(["Content-Type", type]);
    } else this.headers = makeHeaders(headers, contentType, charset);
  }

  get statusCode(): number {
    return this.#statusCode;
  }

  set statusCode(status: number) {
    this.#statusCode = checkStatus(status);
  }

  /** The phrase behind the status: what was set, else what usually stands there. */
  get reasonPhrase(): string {
    return this.#reason ?? reasonFor(this.#statusCode);
  }

  set reasonPhrase(reason: string) {
    this.#reason = headerValue(reason);
  }

  /** The character set of the body: what was set, else what Content-Type says, else DEFAULT_CHARSET. */
  get charset(): string {
    if (this.#charset !== undefined) return this.#charset;
    return charsetOf(this.headers.get("Content-Type") ?? "") ?? httpSettings().DEFAULT_CHARSET;
  }

  set charset(charset: string) {
    this.#charset = charset;
  }

  /** The cookies to be set, by name. */
  get cookies(): Map<string, Cookie> {
    return (this.#cookies ??= new Map());
  }

  /**
   * Sets a cookie.
   *
   * @throws CookieError for a name or a combination of options that browsers would not keep, BadHeaderError for text that
   * cannot stand in a header.
   *
   * @example
   * response.setCookie("language", "de", { maxAge: 365 * 24 * 60 * 60, httponly: true, samesite: "Lax" });
   */
  setCookie(name: string, value = "", options: SetCookieOptions = {}): void {
    this.cookies.set(name, makeCookie(name, value, options));
  }

  /**
   * Sets a cookie whose value the client can read and not change: `request.getSignedCookie` refuses it then.
   *
   * @throws what `setCookie` throws.
   */
  setSignedCookie(name: string, value: string, options: SetSignedCookieOptions = {}): void {
    this.setCookie(name, signCookie(name, value, options), options);
  }

  /** Makes the browser forget a cookie; path and domain as they were when it was set. */
  deleteCookie(name: string, options: Pick<SetCookieOptions, "path" | "domain" | "samesite"> = {}): void {
    this.cookies.set(name, makeExpiredCookie(name, options));
  }

  /** Has `close` called when the response has been sent, or its client has gone. */
  onClose(close: () => unknown): void {
    (this.#closers ??= []).push(close);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Called by the server when it is done with the response. A promise only where something asynchronous is to close. */
  close(): void | Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#closers !== undefined) return closeAll(this.#closers);
  }

  /** Names and values in turn, cookies and length included: what the server writes. */
  wireHeaders(): string[] {
    const list = this.headers.toFlatList();
    if (this.#cookies !== undefined)
      for (const cookie of this.#cookies.values()) list.push("Set-Cookie", cookie.toWire());
    return list;
  }
}

const NO_OPTIONS: ResponseOptions = {};

function makeHeaders(
  given: NonNullable<ResponseOptions["headers"]>,
  contentType: string | undefined,
  charset: string | undefined,
): ResponseHeaders {
  const headers = new ResponseHeaders();
  for (const [name, value] of Object.entries(given)) headers.set(name, value);
  if (contentType === undefined) return headers.setDefault("Content-Type", defaultContentType(charset));
  if (headers.has("Content-Type"))
    throw new TypeError("'headers' must not contain 'Content-Type' when the 'contentType' option is given.");
  return headers.set("Content-Type", contentType);
}

function checkStatus(status: number): number {
  if (!Number.isInteger(status) || status < 100 || status > 599)
    throw new RangeError(`HTTP status code must be an integer from 100 to 599, not ${String(status)}.`);
  return status;
}

async function closeAll(closers: readonly (() => unknown)[]): Promise<void> {
  const failed: unknown[] = [];
  for (const close of closers) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, in the order in which they were added
      await close();
    } catch (error) {
      failed.push(error);
    }
  }
  if (failed.length > 0) throw new AggregateError(failed, "Closing a response failed.");
}
