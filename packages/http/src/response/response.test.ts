import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";

import { configureSettings, overrideSettings } from "@tsgo/core/conf";
import { DisallowedRedirect } from "@tsgo/core/exceptions";
import { markSafe } from "@tsgo/utils/safestring";
import { describe, expect, test } from "vitest";

import { BadHeaderError } from "../exceptions.ts";
import {
  HttpResponse,
  HttpResponseNotAllowed,
  HttpResponseNotModified,
  HttpResponsePermanentRedirect,
  HttpResponseRedirect,
} from "./index.ts";

configureSettings();

describe("a response", () => {
  test("is HTML in UTF-8 where nothing else is said", () => {
    const response = new HttpResponse("é");
    expect([response.statusCode, response.reasonPhrase, response.charset]).toEqual([200, "OK", "utf-8"]);
    expect(response.wireHeaders()).toEqual(["Content-Type", "text/html; charset=utf-8", "Content-Length", "2"]);
    expect(Buffer.from(response.content)).toEqual(Buffer.from("é"));
  });

  test("follows DEFAULT_CHARSET", () => {
    overrideSettings({ DEFAULT_CHARSET: "latin-1" }, () => {
      const response = new HttpResponse("é");
      expect(response.headers.get("content-type")).toBe("text/html; charset=latin-1");
      expect(Buffer.from(response.content)).toEqual(Buffer.from([0xe9]));
      expect(response.text).toBe("é");
    });
  });

  test("is made of text, numbers, safe strings, bytes, and lists of them", () => {
    expect(new HttpResponse(5).text).toBe("5");
    expect(new HttpResponse(markSafe("<b>")).text).toBe("<b>");
    expect(new HttpResponse(["a", Buffer.from("b"), 1]).text).toBe("ab1");
    expect(() => new HttpResponse(Promise.resolve("x") as never)).toThrow("await");
    expect(() => new HttpResponse(null as never)).toThrow(TypeError);
    expect(() => new HttpResponse({ a: 1 } as never)).toThrow("JsonResponse");
  });

  test("can be added to and replaced, and its length follows", () => {
    const response = new HttpResponse("a");
    response.write("é");
    response.write(Buffer.from("b"));
    expect([response.text, response.wireHeaders().at(-1)]).toEqual(["aéb", "4"]);
    response.content = "c";
    expect([response.text, response.wireHeaders().at(-1)]).toEqual(["c", "1"]);
  });

  test("has no length where its status allows no body", () => {
    expect(new HttpResponse("", { status: 204 }).wireHeaders()).not.toContain("Content-Length");
    expect(new HttpResponseNotModified().wireHeaders()).toEqual([]);
    expect(() => {
      new HttpResponseNotModified().content = "x";
    }).toThrow(TypeError);
  });

  test("refuses a status that is none", () => {
    for (const status of [99, 600, 200.5, NaN]) expect(() => new HttpResponse("", { status })).toThrow(RangeError);
    expect(new HttpResponse("", { status: 299 }).reasonPhrase).toBe("Unknown Status Code");
  });

  test("names the methods that are allowed", () => {
    expect(new HttpResponseNotAllowed(["GET", "HEAD"]).headers.get("Allow")).toBe("GET, HEAD");
  });

  test("finds headers in any case and keeps their spelling", () => {
    const { headers } = new HttpResponse("", { headers: { "X-One": 1 } });
    headers.set("x-ONE", "2").setDefault("X-Two", "3").setDefault("x-one", "4");
    expect([...headers]).toEqual([
      ["x-ONE", "2"],
      ["Content-Type", "text/html; charset=utf-8"],
      ["X-Two", "3"],
    ]);
    expect([headers.delete("X-one"), headers.delete("X-one"), headers.has("x-one")]).toEqual([true, false, false]);
    expect(() => new HttpResponse("", { contentType: "a/b", headers: { "content-type": "c/d" } })).toThrow(TypeError);
  });

  test("closes what it was given to close, once, and at once where nothing is to close", async () => {
    const closed: string[] = [];
    const response = new HttpResponse();
    response.onClose(() => {
      closed.push("a");
      throw new Error("a");
    });
    response.onClose(async () => closed.push("b"));
    await expect(response.close()).rejects.toThrow(AggregateError);
    await response.close();
    expect([closed, response.closed]).toEqual([["a", "b"], true]);
    expect(new HttpResponse().close()).toBeUndefined();
  });
});

/** All that goes out, or that it was refused. */
function wireOrRefused(make: () => HttpResponse): string[] {
  try {
    const response = make();
    return [...response.wireHeaders(), response.reasonPhrase];
  } catch (error) {
    return [error instanceof BadHeaderError ? "refused" : `${String(error)}\n`];
  }
}

describe("header injection", () => {
  const hostile = ["a\r\nSet-Cookie: x=1", "a\nb", "a\0b", "a\u010a\u010db", "\ud800", "é"];
  test.each(hostile)("NODE-28: %j cannot break a response apart", (text) => {
    expect(() => new HttpResponse("", { headers: { [text]: "x" } })).toThrow(BadHeaderError);
    const ways: (() => HttpResponse)[] = [
      () => new HttpResponse("", { headers: { ETag: text, Vary: text } }),
      () => new HttpResponse("", { contentType: text }),
      () => new HttpResponse("", { reason: text }),
      () => new HttpResponseRedirect(`/${text}`),
      () => {
        const response = new HttpResponse();
        response.reasonPhrase = text;
        return response;
      },
    ];
    for (const line of ways.flatMap(wireOrRefused)) expect(line).toMatch(/^[\t\x20-\x7e\x80-\xff]*$/);
    expect(() => new HttpResponse("", { charset: text })).toThrow(Error);
  });

  test.each(["a\r\nSet-Cookie: x=1", "a\nb", "a\0b"])("NODE-28: the value %j is refused when it is set", (text) => {
    const { headers } = new HttpResponse();
    expect(() => headers.set("X-Y", text)).toThrow(BadHeaderError);
    expect(headers.has("X-Y")).toBe(false);
  });

  test("NODE-28: text beyond Latin-1 is an encoded word, in the shorter of the two ways", () => {
    const { headers } = new HttpResponse();
    expect(headers.set("X", "日本").get("X")).toBe("=?utf-8?b?5pel5pys?=");
    expect(headers.set("X", "a plain text with one ł").get("X")).toBe("=?utf-8?q?a_plain_text_with_one_=C5=82?=");
  });

  test("NODE-28: what goes out is one block of headers", async () => {
    const server = createServer((_, answer) => {
      const response = new HttpResponse("é", { headers: { "X-Latin": "é", "X-More": "日本" }, reason: "Très bien" });
      response.setCookie("a", "日本\r\nX-Evil: 1");
      answer.writeHead(response.statusCode, response.reasonPhrase, response.wireHeaders()).end(response.wireBody());
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const { port } = server.address() as AddressInfo;
    const answer = await new Promise<{ rawHeaders: string[]; body: string }>((resolve, reject) => {
      get({ port, agent: false }, (message) => {
        message.setEncoding("utf8").on("data", (body: string) => {
          resolve({ rawHeaders: message.rawHeaders, body });
        });
      }).once("error", reject);
    });
    server.close();
    expect(answer.body).toBe("é");
    const names = answer.rawHeaders.filter((_, i) => i % 2 === 0);
    expect(names).toEqual(["X-Latin", "X-More", "Content-Type", "Set-Cookie", "Content-Length", "Date", "Connection"]);
  });
});

describe("redirects", () => {
  test.each([HttpResponseRedirect, HttpResponsePermanentRedirect])(
    "CVE-2025-64458: %o looks at the length first",
    (Redirect) => {
      const long = `https://example.com/${"½".repeat(1_000_000)}`;
      expect(() => new Redirect(long)).toThrow(DisallowedRedirect);
      expect(new Redirect(`/${"a".repeat(16_383)}`).url).toHaveLength(16_384);
      expect(() => new Redirect(`/${"a".repeat(16_384)}`)).toThrow(DisallowedRedirect);
    },
  );

  test.each([
    "data:text/html,<script>alert(1)</script>",
    "javascript:alert(1)",
    "mailto:a@b",
    "file:///etc/passwd",
    " javascript:alert(1)",
    "JaVaScRiPt:x",
    "java\nscript:x",
    "\u0001javascript:x",
    "vbscript:x",
  ])("CVE-2012-3442: %j is refused", (target) => {
    expect(() => new HttpResponseRedirect(target)).toThrow(DisallowedRedirect);
    expect(() => new HttpResponsePermanentRedirect(target)).toThrow(DisallowedRedirect);
  });

  test.each(["http://a/", "https://a/", "ftp://a/", "/x", "x", "?a=b", "//a/b", "/a:b", ""])(
    "CVE-2012-3442: %j passes",
    (target) => {
      expect(new HttpResponseRedirect(target).url).toBe(target);
    },
  );

  test("have the status that was asked for, and escape what needs it", () => {
    const statuses = [
      new HttpResponseRedirect("/é").statusCode,
      new HttpResponseRedirect("/é", { preserveRequest: true }).statusCode,
      new HttpResponsePermanentRedirect("/é").statusCode,
      new HttpResponsePermanentRedirect("/é", { preserveRequest: true }).statusCode,
    ];
    expect(statuses).toEqual([302, 307, 301, 308]);
    expect(new HttpResponseRedirect("/é b").headers.get("location")).toBe("/%C3%A9%20b");
  });

  test("may go to further schemes where a subclass says so", () => {
    class ToApp extends HttpResponseRedirect {
      static override readonly allowedSchemes = ["myapp"];
    }
    expect(new ToApp("myapp://x").url).toBe("myapp://x");
  });
});
