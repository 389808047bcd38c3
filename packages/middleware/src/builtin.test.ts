// What the recorded cases of Django do not show of the built-in middleware.

import { gunzipSync } from "node:zlib";

import { configureSettings, overrideSettings } from "@tsgo/core/conf";
import { PermissionDenied } from "@tsgo/core/exceptions";
import { HttpRequest } from "@tsgo/http/request";
import { HttpResponse, type HttpResponseBase, StreamingHttpResponse } from "@tsgo/http/response";
import { plainSource, type PlainSourceOptions } from "@tsgo/http/source";
import { path, prepareUrlconf, type UrlconfModule, type View } from "@tsgo/urls";
import { beforeAll, describe, expect, test } from "vitest";

import { XFrameOptionsMiddleware } from "./clickjacking.ts";
import { CommonMiddleware } from "./common.ts";
import { GZipMiddleware } from "./gzip.ts";
import { ConditionalGetMiddleware } from "./http.ts";
import { SecurityMiddleware } from "./security.ts";

const view: View = () => new HttpResponse("");
const strict = Object.assign((() => new HttpResponse("")) as View, { shouldAppendSlash: false });
const urlconf: UrlconfModule = {
  urlpatterns: [path("about/", view), path("strict/", strict), path("<path:any>/end/", view)],
};

beforeAll(async () => {
  configureSettings({ ALLOWED_HOSTS: ["*"] });
  await prepareUrlconf(urlconf);
});

function request(target: string, options: PlainSourceOptions = {}): HttpRequest {
  const made = new HttpRequest(plainSource({ target, headers: { Host: "example.com" }, ...options }));
  made.urlconf = urlconf;
  return made;
}

const notFound = (): HttpResponse => new HttpResponse("nothing", { status: 404 });
const locationOf = (response: HttpResponseBase | undefined): string | undefined => response?.headers.get("Location");

describe("CommonMiddleware", () => {
  const common = new CommonMiddleware();

  test("turns user agents away, by patterns with any flags", () => {
    const bot = request("/about/", { headers: { Host: "example.com", "User-Agent": "Bad Bot 1.0" } });
    overrideSettings({ DISALLOWED_USER_AGENTS: [/bad bot/gi] }, () => {
      expect(() => common.processRequest(bot)).toThrow(PermissionDenied);
      expect(() => common.processRequest(bot)).toThrow(PermissionDenied);
      expect(common.processRequest(request("/about/"))).toBeUndefined();
    });
  });

  test("a host that is not allowed comes no further", () => {
    overrideSettings({ ALLOWED_HOSTS: ["example.org"] }, () => {
      expect(() => common.processRequest(request("/about/"))).toThrow("example.com");
    });
  });

  test("a view may refuse to be redirected to", () => {
    expect(locationOf(common.processResponse(request("/about"), notFound()))).toBe("/about/");
    expect(common.processResponse(request("/strict"), notFound()).statusCode).toBe(404);
  });

  test("with DEBUG a redirect that would lose data is an error that says so", () => {
    const post = request("/about", { method: "POST" });
    expect(locationOf(common.processResponse(post, notFound()))).toBe("/about/");
    overrideSettings({ DEBUG: true }, () => {
      expect(() => common.processResponse(post, notFound())).toThrow(
        /example\.com\/about\/, or set APPEND_SLASH to false/,
      );
    });
  });

  test("a subclass chooses how it redirects", () => {
    class Temporary extends CommonMiddleware {
      protected override redirectTo(url: string): HttpResponseBase {
        return new HttpResponse("", { status: 302, headers: { Location: url } });
      }
    }
    expect(new Temporary().processResponse(request("/about"), notFound()).statusCode).toBe(302);
  });

  test("a streamed body has no length", () => {
    const streamed = common.processResponse(request("/about/"), new StreamingHttpResponse(["a"]));
    expect(streamed.headers.has("Content-Length")).toBe(false);
    const text = common.processResponse(request("/about/"), new HttpResponse("é"));
    expect(text.headers.get("Content-Length")).toBe("2");
  });

  test("CVE-2018-14574: no redirect leads to another host", () => {
    const origin = "http://example.com";
    const hostile = [
      "//evil.com/x/end",
      "////evil.com/end",
      "///evil.com/end",
      "/\\evil.com/end",
      "/%2Fevil.com/end",
      "/%5Cevil.com/end",
    ];
    for (const target of hostile) {
      const appended = locationOf(common.processResponse(request(target), notFound()));
      expect([target, appended]).not.toEqual([target, undefined]);
      expect(new URL(appended ?? "", origin).origin).toBe(origin);
      overrideSettings({ PREPEND_WWW: true }, () => {
        const location = locationOf(common.processRequest(request(target)));
        expect(new URL(location ?? "", origin).host).toBe("www.example.com");
      });
    }
    expect(locationOf(common.processResponse(request("//evil.com/end"), notFound()))).toBe("/%2Fevil.com/end/");
    expect(locationOf(common.processResponse(request("////evil.com/end"), notFound()))).toBe("/%2F//evil.com/end/");
  });
});

describe("SecurityMiddleware", () => {
  const security = new SecurityMiddleware();

  test("takes paths that may stay on http by expression or by text in Python's syntax", () => {
    const SECURE_REDIRECT_EXEMPT = [/^open\//g, "^(?P<free>free)/"];
    overrideSettings({ SECURE_SSL_REDIRECT: true, SECURE_REDIRECT_EXEMPT }, () => {
      for (const target of ["/open/x", "/open/x", "/free/"])
        expect(security.processRequest(request(target))).toBeUndefined();
      expect(locationOf(security.processRequest(request("/other/?a=1")))).toBe("https://example.com/other/?a=1");
    });
  });

  test("a promise of https is given by https only", () => {
    overrideSettings({ SECURE_HSTS_SECONDS: 60, SECURE_HSTS_PRELOAD: true }, () => {
      const headers = [true, false].map((secure) =>
        security
          .processResponse(request("/", { secure }), new HttpResponse(""))
          .headers.get("Strict-Transport-Security"),
      );
      expect(headers).toEqual(["max-age=60; preload", undefined]);
    });
  });
});

describe("XFrameOptionsMiddleware", () => {
  test("leaves a response alone that is exempt, or says something itself", () => {
    const frames = new XFrameOptionsMiddleware();
    const header = (response: HttpResponseBase): string | undefined =>
      frames.processResponse(request("/"), response).headers.get("X-Frame-Options");
    expect(header(new HttpResponse(""))).toBe("DENY");
    expect(header(Object.assign(new HttpResponse(""), { xframeOptionsExempt: true }))).toBeUndefined();
    expect(header(new HttpResponse("", { headers: { "X-Frame-Options": "SAMEORIGIN" } }))).toBe("SAMEORIGIN");
  });
});

describe("ConditionalGetMiddleware", () => {
  test("makes no tag for what must not be stored", () => {
    const conditional = new ConditionalGetMiddleware();
    const response = new HttpResponse("x", { headers: { "Cache-Control": "private, No-Store" } });
    expect(conditional.processResponse(request("/"), response).headers.has("ETag")).toBe(false);
  });
});

const page = "The quick brown fox. ".repeat(100);
const accepting = (coding: string): HttpRequest =>
  request("/", { headers: { Host: "example.com", "Accept-Encoding": coding } });

async function* breakingPieces(): AsyncGenerator<string> {
  yield page;
  throw new Error("the source broke");
}

describe("GZipMiddleware", () => {
  const gzip = new GZipMiddleware();

  test("compresses, says so, and makes a strong tag weak", async () => {
    const response = new HttpResponse(page, { headers: { ETag: '"abc"' } });
    const answer = (await gzip.processResponse(accepting("br, gzip;q=0.5"), response)) as HttpResponse;
    expect(gunzipSync(answer.content).toString()).toBe(page);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "Content-Encoding": "gzip",
      "Content-Length": String(answer.content.byteLength),
      ETag: 'W/"abc"',
      Vary: "Accept-Encoding",
    });
  });

  test("the length of a page tells nothing: it differs from time to time", async () => {
    const lengths = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const answer = (await gzip.processResponse(accepting("gzip"), new HttpResponse(page))) as HttpResponse;
        return answer.content.byteLength;
      }),
    );
    expect(new Set(lengths).size).toBeGreaterThan(1);
  });

  test.each([
    ["a client that does not take it", "br", page, "Accept-Encoding"],
    ["a client that takes it with no weight", "gzip;q=0", page, "Accept-Encoding"],
    ["a short page", "gzip", "short", undefined],
    [
      "a page that does not get shorter",
      "gzip",
      new Uint8Array(300).map(() => Math.trunc(Math.random() * 256)),
      "Accept-Encoding",
    ],
  ])("leaves %s alone", async (_what, coding, content, vary) => {
    const answer = await gzip.processResponse(accepting(coding), new HttpResponse(content));
    expect(answer.headers.has("Content-Encoding")).toBe(false);
    expect(answer.headers.get("Vary")).toBe(vary);
  });

  test("does not compress twice", async () => {
    const response = new HttpResponse(page, { headers: { "Content-Encoding": "br" } });
    expect(await gzip.processResponse(accepting("gzip"), response)).toBe(response);
    expect(response.headers.get("Content-Encoding")).toBe("br");
  });

  test("compresses a stream piece by piece", async () => {
    let pulled = 0;
    async function* pieces(): AsyncGenerator<string> {
      for (; pulled < 3; pulled += 1) yield page;
    }
    const response = new StreamingHttpResponse(pieces(), { headers: { "Content-Length": "9" } });
    const answer = (await gzip.processResponse(accepting("gzip"), response)) as StreamingHttpResponse;
    expect(answer.headers.has("Content-Length")).toBe(false);
    const received: Uint8Array[] = [];
    for await (const piece of answer.wireChunks()) received.push(piece);
    expect(received.length).toBeGreaterThan(3);
    expect(gunzipSync(Buffer.concat(received)).toString()).toBe(page.repeat(3));
  });

  test("an error in a stream comes out of it", async () => {
    const answer = await gzip.processResponse(accepting("gzip"), new StreamingHttpResponse(breakingPieces()));
    const read = async (): Promise<void> => {
      for await (const piece of (answer as StreamingHttpResponse).wireChunks()) expect(piece).toBeDefined();
    };
    await expect(read()).rejects.toThrow("the source broke");
  });
});
