import { caches } from "@tsgo/cache";
import { configureSettings } from "@tsgo/core/conf";
import { HttpRequest } from "@tsgo/http/request";
import { HttpResponse, type HttpResponseBase, StreamingHttpResponse } from "@tsgo/http/response";
import { plainSource } from "@tsgo/http/source";
import { override } from "@tsgo/i18n/translation";
import type { View } from "@tsgo/urls";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import { buildHandler } from "../chain/build-handler.ts";
import { CsrfViewMiddleware, getToken } from "../csrf/index.ts";
import { decoratorFromMiddlewareWithArgs } from "../decorators.ts";
import type { MiddlewareClass } from "../middleware.ts";
import { CacheMiddleware, FetchFromCacheMiddleware, UpdateCacheMiddleware } from "./index.ts";

beforeAll(() => {
  configureSettings({ ALLOWED_HOSTS: ["example.com"] });
});

let calls = 0;
beforeEach(async () => {
  calls = 0;
  await caches.get("default").clear();
});

const sessionView: View = () => {
  calls += 1;
  const response = new HttpResponse(`session ${calls}`, { headers: { Vary: "Cookie" } });
  response.setCookie("sessionid", `secret-${calls}`);
  return response;
};

const formView: View = (request) => new HttpResponse(getToken(request));

/** A view that counts its calls, and says what the request had to say in some header. */
function viewWith(headers: Record<string, string> = {}, echo = "x-echo"): View {
  return (request) => {
    calls += 1;
    return new HttpResponse(`${calls}:${request.headers.get(echo) ?? "none"}`, { headers });
  };
}

const pair: MiddlewareClass[] = [UpdateCacheMiddleware, FetchFromCacheMiddleware];

async function get(
  view: View,
  headers: Record<string, string> = {},
  { method = "GET", target = "/", middleware = pair } = {},
): Promise<HttpResponse> {
  const handle = buildHandler({
    middleware: middleware.map((one) => ({ name: one.name, middleware: one })),
    resolve: () => ({ func: view, args: [], kwargs: {} }),
    convertException: (_request, error) => {
      throw error;
    },
  });
  const source = plainSource({ method, target, headers: { Host: "example.com", ...headers } });
  const response: HttpResponseBase = await handle(new HttpRequest(source));
  return response as HttpResponse;
}

async function texts(view: View, requests: Record<string, string>[]): Promise<string[]> {
  const found: string[] = [];
  // oxlint-disable-next-line no-await-in-loop -- one request after the other is the point
  for (const headers of requests) found.push((await get(view, headers)).text);
  return found;
}

describe("the page cache", () => {
  test("answers the second time without the view, with the age of the page", async () => {
    const view = viewWith({ "X-Own": "kept" });
    const first = await get(view);
    const second = await get(view);
    expect([first.text, second.text, calls]).toEqual(["1:none", "1:none", 1]);
    expect(Object.fromEntries(second.headers)).toMatchObject({
      "X-Own": "kept",
      "Cache-Control": "max-age=600",
      Age: "0",
    });
    expect((await get(view, {}, { method: "HEAD" })).statusCode).toBe(200);
    expect(calls).toBe(1);
  });

  test("tells pages apart by path, query, host and language", async () => {
    const view = viewWith();
    for (const target of ["/", "/a", "/?a=1", "/?a=2"]) await get(view, {}, { target });
    await override("de", async () => get(view));
    expect(calls).toBe(5);
  });

  test("keeps a page as long as its max-age says, and not at all for 0", async () => {
    expect((await get(viewWith({ "Cache-Control": "max-age=60" }))).headers.get("Cache-Control")).toBe("max-age=60");
    const fleeting = viewWith({ "Cache-Control": "max-age=0" });
    await get(fleeting, {}, { target: "/x" });
    await get(fleeting, {}, { target: "/x" });
    expect(calls).toBe(3);
  });

  test("keeps neither other methods, nor other statuses, nor streams", async () => {
    const views: View[] = [
      () => new HttpResponse(String((calls += 1)), { status: 404 }),
      () => new StreamingHttpResponse([String((calls += 1))]),
    ];
    for (const view of views) {
      await get(view);
      await get(view);
    }
    await get(viewWith(), {}, { method: "POST" });
    await get(viewWith(), {}, { method: "POST" });
    expect(calls).toBe(6);
  });

  test("can stand around a single view, for a time of its own", async () => {
    const cached = decoratorFromMiddlewareWithArgs(CacheMiddleware)({ pageTimeout: 30, keyPrefix: "news" })(viewWith());
    await get(cached, {}, { middleware: [] });
    const response = await get(cached, {}, { middleware: [] });
    expect([calls, response.headers.get("Cache-Control")]).toEqual([1, "max-age=30"]);
  });
});

test("CVE-2026-113593: every combination of the headers that a page depends on has its own page", async () => {
  const view = viewWith({ Vary: "X-User" }, "x-user");
  expect(await texts(view, [{ "X-User": "" }, {}, { "X-User": "a" }, { "X-User": "" }, {}])).toEqual([
    "1:",
    "2:none",
    "3:a",
    "1:",
    "2:none",
  ]);
  await caches.get("default").clear();
  const two = viewWith({ Vary: "A, B" }, "a");
  const bodies = await texts(two, [{ A: "xy", B: "" }, { A: "x", B: "y" }, { A: "xy" }, { A: 'x","b', B: "y" }]);
  expect(new Set(bodies).size).toBe(4);
});

test("CVE-2026-48588: a page that sets a cookie is for nobody else", async () => {
  for (const headers of [{ Cookie: "theme=dark" }, { Cookie: "theme=dark" }, {}, {}]) {
    const before = calls;
    const response = await get(sessionView, headers as Record<string, string>);
    expect([calls, response.cookies.get("sessionid")?.value]).toEqual([before + 1, `secret-${before + 1}`]);
  }
});

test.each(["* ", " *", "Cookie, * ", "\t*"])("CVE-2026-48587: white space hides no star in Vary: %j", async (vary) => {
  const view = viewWith({ Vary: vary });
  await get(view);
  await get(view);
  expect(calls).toBe(2);
});

test.each(["*", "Cookie, *"])("CVE-2026-6907: a page that varies by everything is not kept: %s", async (vary) => {
  const view = viewWith({ Vary: vary });
  await get(view);
  await get(view);
  expect(calls).toBe(2);
});

test("CVE-2026-35193: what an authorized client sees is not for others unless the page says so", async () => {
  const alice = { Authorization: "Basic YWxpY2U6eA==" };
  const bob = { Authorization: "Basic Ym9iOng=" };
  const view = viewWith({}, "authorization");
  const bodies = await texts(view, [alice, bob, {}, alice, {}]);
  expect(new Set(bodies.slice(0, 3)).size).toBe(3);
  expect(bodies.slice(3)).toEqual([bodies[0], bodies[2]]);
  expect((await get(view, alice)).headers.get("Vary")).toBe("Authorization");
  const open = viewWith({ "Cache-Control": "public, max-age=60" }, "authorization");
  const [first] = [await get(open, alice, { target: "/open" })];
  expect((await get(open, bob, { target: "/open" })).text).toBe(first.text);
});

test.each([
  "Private",
  "PRIVATE",
  "No-Store",
  "max-age=60, pRiVaTe",
  'private="Set-Cookie"',
  "no-cache",
  "max-age=9,no-store",
])("CVE-2026-8404: a page is not kept that says so in any spelling: %s", async (cacheControl) => {
  const view = viewWith({ "Cache-Control": cacheControl });
  await get(view);
  await get(view);
  expect(calls).toBe(2);
});

test("CVE-2014-0473: a page with a CSRF token is made for each client", async () => {
  const middleware = [...pair, CsrfViewMiddleware];
  const first = await get(formView, {}, { middleware });
  const second = await get(formView, {}, { middleware });
  expect(second.text).not.toBe(first.text);
  const cookies = [first, second].map((response) => response.cookies.get("csrftoken")?.value);
  expect(new Set(cookies).size).toBe(2);
});
