import { configureSettings } from "@tsgo/core/conf";
import { Http404 } from "@tsgo/http/exceptions";
import { HttpRequest } from "@tsgo/http/request";
import { HttpResponse } from "@tsgo/http/response";
import { plainSource } from "@tsgo/http/source";
import { getResolver, path, Resolver404 } from "@tsgo/urls";
import { beforeAll, describe, expect, test } from "vitest";

import { technical404Response, technicalErrorResponse, technicalStartupPage } from "./index.ts";

// Put together, since the page shows the lines of this file.
const SECRET = ["sword", "fish"].join("");

beforeAll(() => {
  configureSettings({
    DEBUG: true,
    SECRET_KEY: SECRET,
    ALLOWED_HOSTS: ["*"],
    ROOT_URLCONF: "mysite/urls",
    DATABASES: { default: { ENGINE: "postgresql", NAME: "polls", USER: "me", PASSWORD: SECRET } },
    EMAIL_HOST_PASSWORD: SECRET,
  });
});

function request(
  target = "/polls/?page=2",
  options: { headers?: Record<string, string>; method?: string; body?: string } = {},
) {
  return new HttpRequest(
    plainSource({ target, ...options, headers: { Host: "localhost", Accept: "text/html", ...options.headers } }),
  );
}

async function pageFor(error: unknown, target?: string, options?: Parameters<typeof request>[1]): Promise<string> {
  return (await technicalErrorResponse(request(target, options), error)).text;
}

function failingView(): never {
  throw new TypeError("the question has no choices");
}

function thrownBy(fn: () => unknown): unknown {
  try {
    fn();
  } catch (error) {
    return error;
  }
  return expect.unreachable();
}

describe("the page for an error", () => {
  test("shows the error, the line of TypeScript that threw it, and the request", async () => {
    const page = await pageFor(thrownBy(failingView));
    expect(page).toContain("TypeError");
    expect(page).toContain("the question has no choices");
    expect(page).toMatch(
      /class="here" data-line="\d+"> {2}throw new TypeError\(&quot;the question has no choices&quot;\);/,
    );
    expect(page).toContain("http://localhost/polls/?page=2");
    expect(page).toMatch(/<th>page<\/th>\s*<td><code>2<\/code>/);
  });

  test("shows what caused an error", async () => {
    const page = await pageFor(new Error("outer", { cause: new RangeError("inner reason") }));
    expect(page).toContain("Caused by RangeError");
    expect(page).toContain("inner reason");
  });

  test("shows the line of the template where it arose", async () => {
    const error = Object.assign(new Error("no such filter"), {
      [Symbol.for("tsgo.templateDebug")]: {
        name: "polls/index.html",
        file: "/site/polls/index.html",
        line: 3,
        sourceLines: [[3, "<p>{{ a|b }}</p>"]],
        before: "<p>",
        during: "{{ a|b }}",
        after: "</p>",
      },
    });
    const page = await pageFor(error);
    expect(page).toContain("/site/polls/index.html, line 3");
    expect(page).toContain("&lt;p&gt;<mark>{{ a|b }}</mark>&lt;/p&gt;");
  });

  test("is text for a client that wants no HTML", async () => {
    const response = await technicalErrorResponse(
      request("/", { headers: { Accept: "application/json" } }),
      new Error("boom"),
    );
    expect(response.headers.get("Content-Type")).toBe("text/plain; charset=utf-8");
    expect(response.statusCode).toBe(500);
    expect(response.text).toMatch(/^Error at GET \/\nboom\n/);
    const script = await technicalErrorResponse(
      request("/", { headers: { "X-Requested-With": "XMLHttpRequest" } }),
      new Error("boom"),
    );
    expect(script.headers.get("Content-Type")).toBe("text/plain; charset=utf-8");
  });

  test("CVE-2017-12794: nothing that comes from outside is taken for HTML, or by a terminal for a command", async () => {
    const evil = "</textarea></code><script>alert(1)</script>\u001B[2J";
    const error = Object.assign(new Error(evil, { cause: new Error(evil) }), { detail: evil });
    error.name = evil;
    error.stack = `${evil}\n    at ${evil} (/x/${evil}.ts:1:1)`;
    const options = {
      method: "POST",
      headers: {
        "X-Evil": evil.replace("\u001B", ""),
        Cookie: `c="${evil.replace("\u001B", "")}"`,
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": "100",
      },
      body: new URLSearchParams({ [evil]: evil }).toString(),
    };
    const target = `/${encodeURIComponent(evil)}?${new URLSearchParams({ [evil]: evil })}`;
    const page = await pageFor(error, target, options);
    expect(page.match(/<script|<\/textarea/g)).toBeNull();
    expect(page).toContain("&lt;script&gt;");
    const text = await technicalErrorResponse(
      request(target, { ...options, headers: { ...options.headers, Accept: "text/plain" } }),
      error,
    );
    expect(text.text).not.toContain("\u001B");
  });

  test("NODE-67: settings, headers and fields that are secret are hidden, in their depths too", async () => {
    const body = new URLSearchParams({ password: SECRET, apiKey: SECRET, pass_word: SECRET, title: "fine" }).toString();
    const options = {
      method: "POST",
      headers: {
        Authorization: `Bearer ${SECRET}`,
        Cookie: `sessionid=${SECRET}; csrftoken=${SECRET}; theme=dark`,
        "API-TOKEN": SECRET,
        "X-Signature": SECRET,
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": String(body.length),
      },
      body,
    };
    const error = Object.assign(new Error("boom"), {
      context: {
        inner: [{ SECRET_KEY: SECRET, DATABASE_URL: `postgres://me:${SECRET}@db/polls` }],
        map: new Map([["token", SECRET]]),
      },
      cookie: SECRET,
      reason: Object.assign(new Error("inner"), { apiKey: SECRET }),
    });
    for (const accept of ["text/html", "text/plain"]) {
      const response = await technicalErrorResponse(
        request("/?token=" + SECRET, { ...options, headers: { ...options.headers, Accept: accept } }),
        error,
      );
      const { text } = response;
      expect(text).not.toContain(SECRET);
      expect(text).toContain("fine");
      expect(text).toContain("********************");
    }
  });

  test.each([
    ["null", null],
    ["undefined", undefined],
    ["a number", 0],
    ["a text", "text"],
    ["a frozen object", Object.freeze({})],
    ["an object without a prototype", Object.create(null)],
    ["an error whose message throws", Object.defineProperty(new Error("x"), "message", { get: () => failingView() })],
    ["an error whose stack throws", Object.defineProperty(new Error("x"), "stack", { get: () => failingView() })],
    ["an error whose text form throws", Object.assign(new Error("x"), { toString: failingView })],
    [
      "a proxy that answers nothing",
      new Proxy({}, { get: failingView, has: failingView, ownKeys: failingView, getPrototypeOf: failingView }),
    ],
    [
      "many errors at once",
      new AggregateError(
        Array.from({ length: 10_000 }, () => new Error("one")),
        "all",
      ),
    ],
  ])("NODE-38: %s can be thrown", async (_name, thrown) => {
    expect(await pageFor(thrown)).toContain("<!doctype html>");
  });

  test("NODE-38: an error that is its own cause can be thrown", async () => {
    const error = new Error("round");
    error.cause = new Error("and", { cause: error });
    expect(await pageFor(error)).toContain("Caused by Error");
  });

  test("stands in for a project that could not be loaded", async () => {
    expect(await technicalStartupPage(new SyntaxError("mysite/urls.ts:3: Unexpected token"))).toContain(
      "mysite/urls.ts:3",
    );
  });
});

const view = () => new HttpResponse("");
const resolve = (patterns: Parameters<typeof getResolver>[0], pathname: string) =>
  thrownBy(() => getResolver(patterns).resolve(pathname));

describe("the page for a 404", () => {
  test("lists the patterns that were tried, in their order", () => {
    const error = resolve([path("polls/<int:questionId>/", view, { name: "detail" }), path("about/", view)], "/pols/");
    expect(error).toBeInstanceOf(Resolver404);
    const response = technical404Response(request("/pols/"), error);
    expect(response.statusCode).toBe(404);
    expect(response.text).toMatch(/polls\/&lt;int:questionId&gt;\/<\/code> \[name="detail"\][^]*about\//);
  });

  test("says what a view said", () => {
    const page = technical404Response(request("/polls/9/"), new Http404("No Question matches the given query.")).text;
    expect(page).toContain("No Question matches the given query.");
  });

  test("welcomes to a project without any URL", () => {
    const response = technical404Response(request("/"), resolve([], "/"));
    expect(response.statusCode).toBe(200);
    expect(response.text).toContain("mysite/urls");
  });
});
