import { settings } from "@tsgo/core/conf";
import { HttpRequest } from "@tsgo/http/request";
import type { HttpResponseBase } from "@tsgo/http/response";
import { dontEnforceCsrfChecks } from "@tsgo/middleware/csrf";
import { WSGIHandler } from "@tsgo/server/handler";

import { setupTestEnvironment } from "../environment.ts";
import { MULTIPART, type RequestData } from "./body.ts";
import { capture, type Captured } from "./captured.ts";
import { CookieJar } from "./cookie-jar.ts";
import { type BodyOptions, type Draft, RequestFactory, type RequestOptions } from "./request-factory.ts";
import { readContent, TestResponse } from "./test-response.ts";

/** How a client behaves, beside the options for all of its requests. */
export interface ClientOptions extends RequestOptions {
  /** Whether an error in a view is thrown to the test (the default), or answered as a visitor would see it. */
  readonly raiseRequestException?: boolean;
  /** Whether requests that change something must bring a CSRF token, as a browser's must; default false. */
  readonly enforceCsrfChecks?: boolean;
}

/** What a request of a client can be given besides. */
export type Follow = { readonly follow?: boolean };

/** Redirects led round in a circle, or on and on. Answers to Django's `RedirectCycleError`. */
export class RedirectCycleError extends Error {
  readonly redirectChain: readonly (readonly [url: string, statusCode: number])[];

  constructor(message: string, redirectChain: readonly (readonly [string, number])[]) {
    super(message);
    this.name = "RedirectCycleError";
    this.redirectChain = redirectChain;
  }
}

const MAX_REDIRECTS = 20;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * A browser without a screen: asks the project for pages, through all of its middleware and without a socket, and
 * keeps cookies. Answers to Django's `Client`.
 *
 * @example
 * const client = new Client();
 * const response = await client.get("/polls/");
 * expect(response.statusCode).toBe(200);
 * expect(response.context["latestQuestionList"]).toEqual([]);
 */
export class Client {
  readonly cookies = new CookieJar();
  readonly #factory: RequestFactory;
  readonly #raises: boolean;
  readonly #enforcesCsrf: boolean;
  #handler: { readonly middleware: readonly string[]; readonly loaded: Promise<WSGIHandler> } | undefined;

  constructor({ raiseRequestException = true, enforceCsrfChecks = false, ...defaults }: ClientOptions = {}) {
    this.#factory = new RequestFactory(defaults);
    this.#raises = raiseRequestException;
    this.#enforcesCsrf = enforceCsrfChecks;
  }

  get(path: string, options: RequestOptions & Follow = {}): Promise<TestResponse> {
    return this.request({ method: "GET", path, ...options }, options.follow);
  }

  head(path: string, options: RequestOptions & Follow = {}): Promise<TestResponse> {
    return this.request({ method: "HEAD", path, ...options }, options.follow);
  }

  options(path: string, options: RequestOptions & Follow = {}): Promise<TestResponse> {
    return this.request({ method: "OPTIONS", path, ...options }, options.follow);
  }

  post(path: string, data: RequestData = {}, options: BodyOptions & Follow = {}): Promise<TestResponse> {
    return this.request({ method: "POST", path, data, contentType: MULTIPART, ...options }, options.follow);
  }

  put(path: string, data?: RequestData, options: BodyOptions & Follow = {}): Promise<TestResponse> {
    return this.request({ method: "PUT", path, data, ...options }, options.follow);
  }

  patch(path: string, data?: RequestData, options: BodyOptions & Follow = {}): Promise<TestResponse> {
    return this.request({ method: "PATCH", path, data, ...options }, options.follow);
  }

  delete(path: string, data?: RequestData, options: BodyOptions & Follow = {}): Promise<TestResponse> {
    return this.request({ method: "DELETE", path, data, ...options }, options.follow);
  }

  /** A request of any method; with `follow` to where redirects lead. Throws RedirectCycleError where they lead nowhere. */
  async request(draft: Draft, follow = false): Promise<TestResponse> {
    const chain: [string, number][] = [];
    for (let next = draft; ;) {
      // oxlint-disable-next-line no-await-in-loop -- each redirect names the next
      const response = await this.#send(next, chain);
      if (!follow || !REDIRECTS.has(response.statusCode)) return response;
      const target = new URL(response.headers.get("Location") ?? "", absolute(next));
      const url = target.href.replace(absolute({ ...next, path: "/" }).origin, "");
      if (chain.some(([seen]) => seen === url))
        throw new RedirectCycleError("The redirects lead round in a circle.", chain);
      chain.push([url, response.statusCode]);
      if (chain.length > MAX_REDIRECTS) throw new RedirectCycleError(`More than ${MAX_REDIRECTS} redirects.`, chain);
      next = redirected(next, response.statusCode, target);
    }
  }

  async #send(draft: Draft, chain: readonly (readonly [string, number])[]): Promise<TestResponse> {
    setupTestEnvironment();
    const handler = await this.#load();
    const request = new HttpRequest(this.#factory.source(draft, this.cookies.toHeader()));
    if (!this.#enforcesCsrf) dontEnforceCsrfChecks(request);
    const captured: Captured = { templates: [], errors: [] };
    const answers: [HttpResponseBase, Uint8Array][] = [];
    const failures: unknown[] = [];
    await capture(captured, () =>
      handler.handleRequest(request, async (response) => {
        const content = draft.method === "HEAD" ? Promise.resolve(new Uint8Array()) : readContent(response);
        await content.then(
          (bytes) => answers.push([response, bytes]),
          (error: unknown) => failures.push(error),
        );
      }),
    );
    const [answer] = answers;
    if (answer === undefined) throw failures[0];
    const [response, content] = answer;
    if (this.#raises && captured.errors.length > 0) throw captured.errors[0];
    this.cookies.update(response);
    return new TestResponse(response, request, content, captured, [...chain]);
  }

  // A test may override MIDDLEWARE between two requests; the chain is built once for each list.
  #load(): Promise<WSGIHandler> {
    const middleware = settings.MIDDLEWARE;
    if (this.#handler?.middleware !== middleware) this.#handler = { middleware, loaded: WSGIHandler.load() };
    return this.#handler.loaded;
  }
}

function absolute({ path, secure, headers }: Draft): URL {
  return new URL(path, `${secure ? "https" : "http"}://${headers?.["Host"] ?? "testserver"}`);
}

// 307 and 308 ask for the same again; the others for a page.
function redirected(draft: Draft, statusCode: number, target: URL): Draft {
  const { query: _asked, ...rest } = draft;
  const next = {
    ...rest,
    path: target.pathname + target.search,
    secure: target.protocol === "https:",
    headers: { ...draft.headers, Host: target.host },
  };
  if (statusCode === 307 || statusCode === 308) return next;
  const { data: _sent, contentType: _type, ...page } = next;
  return { ...page, method: draft.method === "HEAD" ? "HEAD" : "GET" };
}
