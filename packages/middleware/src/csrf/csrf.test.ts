import { join } from "node:path";

import { configureSettings, overrideSettings, type SettingsInput } from "@tsgo/core/conf";
import { DisallowedHost } from "@tsgo/core/exceptions";
import { setProjectRoot } from "@tsgo/core/loading";
import { HttpRequest } from "@tsgo/http/request";
import { HttpResponse, type HttpResponseBase, isLogged } from "@tsgo/http/response";
import { plainSource, type PlainSourceOptions } from "@tsgo/http/source";
import type { AnyView, View } from "@tsgo/urls";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import { buildHandler } from "../chain/build-handler.ts";
import { CommonMiddleware } from "../common.ts";
import { CsrfViewMiddleware, dontEnforceCsrfChecks, getToken, rotateToken } from "./index.ts";
import { maskSecret, newSecret } from "./tokens.ts";

const SETTINGS: SettingsInput = {
  ALLOWED_HOSTS: ["example.com"],
  CSRF_FAILURE_VIEW: "failure:csrfFailure",
  CSRF_TRUSTED_ORIGINS: ["https://*.trusted.example"],
};
const secret = "0123456789ABCDEFabcdef0123456789";

beforeAll(() => {
  setProjectRoot(join(import.meta.dirname, "../testdata"));
  configureSettings(SETTINGS);
});

let called = 0;
beforeEach(() => {
  called = 0;
});

const view: AnyView = () => {
  called += 1;
  return new HttpResponse("done");
};
const tokenView: View = (request) => new HttpResponse(getToken(request));

/** A request with headers and, by default, the cookie. */
function request(method: string, headers: Record<string, string> = {}, options: PlainSourceOptions = {}): HttpRequest {
  return new HttpRequest(
    plainSource({ method, headers: { Host: "example.com", Cookie: `csrftoken=${secret}`, ...headers }, ...options }),
  );
}

function answer(made: HttpRequest, to: AnyView = view): HttpResponseBase | Promise<HttpResponseBase> {
  const handler = buildHandler({
    middleware: [CommonMiddleware, CsrfViewMiddleware].map((middleware) => ({ name: middleware.name, middleware })),
    resolve: () => ({ func: to, args: [], kwargs: {} }),
    convertException: (_request, error) => {
      if (error instanceof DisallowedHost) return new HttpResponse("bad host", { status: 400 });
      throw error;
    },
  });
  return handler(made);
}

async function statusOf(made: HttpRequest, to: AnyView = view): Promise<number> {
  return (await answer(made, to)).statusCode;
}

const textOf = async (made: HttpRequest, to: AnyView): Promise<string> => {
  const response = await answer(made, to);
  return response instanceof HttpResponse ? response.text : "";
};

const form = (token: string): PlainSourceOptions => ({
  headers: {
    Host: "example.com",
    Cookie: `csrftoken=${secret}`,
    "Content-Type": "application/x-www-form-urlencoded",
    "Content-Length": String(20 + token.length),
  },
  body: `csrfmiddlewaretoken=${token}`,
});

describe("the CSRF check", () => {
  test("lets a form with a token pass, and one without not", async () => {
    expect(await statusOf(request("POST", {}, form(maskSecret(secret))))).toBe(200);
    expect(await statusOf(request("POST", {}, form(maskSecret(newSecret()))))).toBe(403);
    expect(await statusOf(request("POST"))).toBe(403);
    // The log has the reason; the handler must not say it again without one.
    expect(isLogged(await answer(request("POST")))).toBe(true);
    expect(called).toBe(1);
  });

  test("does not wait for a request that changes nothing", () => {
    expect(answer(request("GET"))).toBeInstanceOf(HttpResponse);
  });

  test("leaves views alone that are exempt, and requests of test clients", async () => {
    expect(
      await statusOf(
        request("POST"),
        Object.assign(() => new HttpResponse(""), { csrfExempt: true }),
      ),
    ).toBe(200);
    const trusted = request("POST");
    dontEnforceCsrfChecks(trusted);
    expect(await statusOf(trusted)).toBe(200);
  });

  test("is made once where the middleware stands around a view as well", async () => {
    const made = request("POST", { "X-CSRFToken": maskSecret(secret) });
    const inner = buildHandler({
      middleware: [{ name: "inner", middleware: CsrfViewMiddleware }],
      resolve: () => ({ func: view, args: [], kwargs: {} }),
      convertException: (_request, error) => {
        throw error;
      },
    });
    const response = await answer(made, () => inner(made));
    expect([response.statusCode, response.headers.get("Vary")]).toEqual([200, undefined]);
  });
});

describe("the CSRF cookie", () => {
  test("is sent only when a token was asked for, and then the answer differs by cookies", async () => {
    const plain = await answer(request("GET", { Cookie: "theme=dark" }));
    expect([plain.cookies.size, plain.headers.get("Vary")]).toEqual([0, undefined]);
    const used = await answer(request("GET", { Cookie: "theme=dark" }), tokenView);
    expect([used.cookies.has("csrftoken"), used.headers.get("Vary")]).toEqual([true, "Cookie"]);
    const wire = used.wireHeaders().join("\n");
    expect(wire).toMatch(/csrftoken=[a-zA-Z0-9]{32}; .*Path=\/; SameSite=Lax/);
  });

  test("keeps its secret, of which each token is another mask", async () => {
    const tokens = new Set([await textOf(request("GET"), tokenView), await textOf(request("GET"), tokenView)]);
    expect(tokens.size).toBe(2);
    for (const token of tokens) expect(await statusOf(request("POST", { "X-CSRFToken": token }))).toBe(200);
  });

  test("takes a new secret when somebody logs in", async () => {
    const response = await answer(request("GET"), (made) => {
      rotateToken(made);
      return new HttpResponse("");
    });
    expect(response.cookies.get("csrftoken")?.value).toMatch(/^[a-zA-Z0-9]{32}$/);
    expect(response.cookies.get("csrftoken")?.value).not.toBe(secret);
  });
});

test("CVE-2011-4140: another name for the server does not make its pages this site's", async () => {
  const passing = { "X-CSRFToken": maskSecret(secret) };
  const foreign = { ...passing, Host: "evil.com", Origin: "http://evil.com" };
  expect(await statusOf(request("POST", foreign))).toBe(400);
  await overrideSettings({ ALLOWED_HOSTS: ["*"] }, async () => {
    for (const origin of [
      "https://example.com",
      "http://example.com:8080",
      "http://www.example.com",
      "http://evil.com",
    ]) {
      expect([origin, await statusOf(request("POST", { ...passing, Origin: origin }))]).toEqual([origin, 403]);
    }
    expect(await statusOf(request("POST", { ...passing, Origin: "http://example.com" }))).toBe(200);
  });
});

test("CVE-2011-0696: X-Requested-With is no proof", async () => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    const ajax = { "X-Requested-With": "XMLHttpRequest" };
    expect(await statusOf(request(method, ajax))).toBe(403);
    expect(await statusOf(request(method, { ...ajax, "X-CSRFToken": maskSecret(secret) }))).toBe(200);
    await overrideSettings({ CSRF_HEADER_NAME: "HTTP_X_OTHER" }, async () => {
      expect(await statusOf(request(method, { ...ajax, "X-CSRFToken": maskSecret(secret) }))).toBe(403);
      expect(await statusOf(request(method, { ...ajax, "X-Other": maskSecret(secret) }))).toBe(200);
    });
  }
});

test("CVE-2010-3082: what the cookie holds is never printed unless it is letters and digits", async () => {
  const hostile = ['"><script>alert(1)</script>', "a".repeat(31), `${"a".repeat(63)}"`, `${"a".repeat(31)}é`, ""];
  for (const value of hostile) {
    const made = request("GET", { Cookie: `csrftoken=${value}` });
    const response = await answer(made, tokenView);
    expect(response instanceof HttpResponse && response.text).toMatch(/^[a-zA-Z0-9]{64}$/);
    expect(response.cookies.get("csrftoken")?.value).toMatch(/^[a-zA-Z0-9]{32}$/);
    const forTemplates = Reflect.get(made, Symbol.for("tsgo.csrfToken")) as () => string;
    expect(forTemplates()).toMatch(/^[a-zA-Z0-9]{64}$/);
  }
});

test("NODE-51: whatever a browser sends across sites without asking is checked", async () => {
  const json = '{"a":1}';
  const length = { "Content-Length": String(json.length) };
  for (const type of [
    "text/plain",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
    "application/json",
    "a/b",
  ]) {
    const headers = { Host: "example.com", Cookie: `csrftoken=${secret}`, "Content-Type": type, ...length };
    expect([
      type,
      await statusOf(request("POST", {}, { headers, body: type.startsWith("multipart") ? "--x--" : json })),
    ]).toEqual([type, 403]);
  }
  for (const method of ["POST", "post", "PUT", "PATCH", "DELETE", "QUERY", "PURGE", "CONNECT", "_"]) {
    expect([method, await statusOf(request(method))]).toEqual([method, 403]);
  }
  for (const method of ["GET", "get", "HEAD", "OPTIONS", "TRACE"]) expect(await statusOf(request(method))).toBe(200);
  // A method override is not one: the request stays what it was.
  expect(await statusOf(request("POST", { "X-HTTP-Method-Override": "GET" }))).toBe(403);
  const get = request("GET", { "X-HTTP-Method-Override": "PUT" }, { target: "/?_method=DELETE" });
  expect([await statusOf(get), get.method]).toEqual([200, "GET"]);

  const token = { "X-CSRFToken": maskSecret(secret) };
  const secure = { secure: true };
  const origins: [headers: Record<string, string>, status: number][] = [
    [{ Origin: "null" }, 403],
    [{ Origin: "https://example.com:444" }, 403],
    [{ Origin: "https://a.trusted.example" }, 200],
    [{ Origin: "http://a.trusted.example" }, 403],
    [{ Origin: "https://trusted.example.evil.com" }, 403],
    [{ Referer: "https://evil.com/" }, 403],
    [{}, 403],
    [{ Referer: "https://example.com/page" }, 200],
  ];
  for (const [headers, status] of origins) {
    expect([headers, await statusOf(request("POST", { ...token, ...headers }, secure))]).toEqual([headers, status]);
  }
});
