import { configureSettings, overrideSettings } from "@tsgo/core/conf";
import { DisallowedHost, TooManyFieldsSent } from "@tsgo/core/exceptions";
import { describe, expect, test } from "vitest";

import { HttpRequest } from "./request.ts";
import { QueryDict } from "./querydict.ts";
import { type PlainSourceOptions, plainSource } from "./source.ts";

configureSettings({ ALLOWED_HOSTS: ["*"] });

function request(options: PlainSourceOptions = {}): HttpRequest {
  return new HttpRequest(plainSource(options));
}

function postForm(body: string | Uint8Array): HttpRequest {
  return request({ method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded" }, body });
}

describe("the path", () => {
  test("is decoded, without the query", () => {
    const { path, pathInfo, GET } = request({ target: "/caf%C3%A9/a%20b/?page=2" });
    expect([path, pathInfo, GET.get("page")]).toEqual(["/café/a b/", "/café/a b/", "2"]);
  });

  test("has the script name in front, and pathInfo has not", () => {
    const mounted = request({ target: "/polls/", scriptName: "/app" });
    expect([mounted.path, mounted.pathInfo, mounted.getFullPath(), mounted.getFullPathInfo()]).toEqual([
      "/app/polls/",
      "/polls/",
      "/app/polls/",
      "/polls/",
    ]);
    overrideSettings({ FORCE_SCRIPT_NAME: "/other/" }, () => {
      expect(request({ target: "/polls/" }).path).toBe("/other/polls/");
    });
  });

  test.each([
    ["/%", "/%"],
    ["/%zz", "/%zz"],
    ["/%E0%A4%A", "/%E0%A4%A"],
    ["/%FF", "/%FF"],
    ["/%u0041", "/%u0041"],
    ["/%ud800", "/%ud800"],
    ["/a%00b", "/a\0b"],
    ["/%C3%A9%FF%41", "/é%FFA"],
  ])("NODE-34: the path %s is read as %j", (target, path) => {
    expect(request({ target }).path).toBe(path);
  });

  test("NODE-34: 64 KB of percent signs are a path, a query, a form and a cookie like any other", async () => {
    const percents = "%".repeat(65_536);
    expect(request({ target: `/${percents}` }).path).toBe(`/${percents}`);
    expect(request({ target: `/?q=${percents}` }).GET.get("q")).toBe(percents);
    expect((await postForm(`q=${percents}`).POST).get("q")).toBe(percents);
    expect(request({ headers: { Cookie: `q=${percents}` } }).COOKIES["q"]).toBe(percents);
  });

  test.each([
    ["%E0%A4%A", "\ufffd%A"],
    ["%FF", "\ufffd"],
    ["%zz", "%zz"],
    ["%ud800", "%ud800"],
  ])("NODE-34: the parameter %s is read as %j in the query and in a form", async (raw, value) => {
    expect(request({ target: `/?q=${raw}` }).GET.get("q")).toBe(value);
    expect((await postForm(`q=${raw}`).POST).get("q")).toBe(value);
  });

  test("an absolute target gives its path", () => {
    const proxied = request({ target: "http://example.com/x/?a=1", headers: { Host: "example.com" } });
    expect([proxied.path, proxied.GET.get("a")]).toEqual(["/x/", "1"]);
  });

  test("raw bytes in the query are UTF-8 where they can be, Latin-1 otherwise", () => {
    expect(request({ target: "/?q=Ã©" }).GET.get("q")).toBe("é");
    expect(request({ target: "/?q=\xff" }).GET.get("q")).toBe("\xff");
  });
});

describe("parameters", () => {
  test.each(["?a=1;b=2"])("CVE-2021-23336: a semicolon does not separate (%s)", async (query) => {
    expect([...request({ target: `/${query}` }).GET.lists()]).toEqual([["a", ["1;b=2"]]]);
    expect([...(await postForm("a=1;b=2").POST).lists()]).toEqual([["a", ["1;b=2"]]]);
    expect([...new QueryDict("a=1;b=2").lists()]).toEqual([["a", ["1;b=2"]]]);
  });

  test("CVE-2021-23336: an encoded ampersand is a character, empty fields are none", () => {
    expect([...new QueryDict("a%26b=1").lists()]).toEqual([["a&b", ["1"]]]);
    expect([...new QueryDict("&&a=1&").lists()]).toEqual([["a", ["1"]]]);
  });

  const hostile =
    "__proto__=1&__proto__[admin]=1&constructor[prototype][admin]=1&constructor.prototype.x=1&toString=1&hasOwnProperty=1";

  test("NODE-01: names that objects have already are names like any other", async () => {
    const names = [
      "__proto__",
      "__proto__[admin]",
      "constructor[prototype][admin]",
      "constructor.prototype.x",
      "toString",
      "hasOwnProperty",
    ];
    for (const dict of [request({ target: `/?${hostile}` }).GET, await postForm(hostile).POST]) {
      expect([...dict.keys()]).toEqual(names);
      for (const name of names) expect(dict.get(name)).toBe("1");
      expect(dict.get("valueOf")).toBeUndefined();
      expect(dict.has("constructor")).toBe(false);
    }
    const { COOKIES } = request({ headers: { Cookie: hostile.replaceAll("&", "; ") } });
    expect(Object.keys(COOKIES)).toEqual(names);
    expect(COOKIES["__proto__"]).toBe("1");
    expect(COOKIES["valueOf"]).toBeUndefined();
    const { headers, META } = request({ headers: { constructor: "x", "X-Y": "1" } });
    expect([headers.get("constructor"), headers.get("valueOf"), META["valueOf"]]).toEqual(["x", undefined, undefined]);
    expect(META["HTTP_CONSTRUCTOR"]).toBe("x");
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
  });

  test("NODE-14: a value is a string or undefined, a list is a list of strings, however the name is written", async () => {
    const query = "q=a&q=b&q[]=c&q[0]=d&q[x]=e&r&s=";
    for (const dict of [request({ target: `/?${query}` }).GET, await postForm(query).POST]) {
      expect(dict.get("q")).toBe("b");
      expect(dict.getList("q")).toEqual(["a", "b"]);
      expect([dict.get("q[]"), dict.get("q[0]"), dict.get("q[x]")]).toEqual(["c", "d", "e"]);
      expect([dict.get("r"), dict.get("s"), dict.get("t")]).toEqual(["", "", undefined]);
    }
    const twice = request({ headers: { "X-Twice": ["a", "b"], Cookie: ["q=a", "q=b"] } });
    expect(twice.headers.get("x-twice")).toBe("a, b");
    expect(twice.COOKIES["q"]).toBe("b");
  });

  test("too many of them are refused when they are looked at", () => {
    overrideSettings({ DATA_UPLOAD_MAX_NUMBER_FIELDS: 2 }, () => {
      expect(() => request({ target: "/?a=1&b=2&c=3" }).GET).toThrow(TooManyFieldsSent);
    });
  });
});

describe("headers", () => {
  test("are found in any case, lines of one name joined", () => {
    const { headers } = request({ headers: { "X-Tag": ["a", "b"], Accept: "*/*" } });
    expect(headers.get("x-TAG")).toBe("a, b");
    expect([...headers.keys()]).toEqual(["X-Tag", "Accept"]);
    expect(headers.has("cookie")).toBe(false);
  });

  test("with an underscore in their names are not there", () => {
    const { headers, META } = request({ headers: { X_User: "evil", "X-Other": "1" } });
    expect(headers.get("X_User")).toBeUndefined();
    expect([...headers.keys()]).toEqual(["X-Other"]);
    expect(META["HTTP_X_USER"]).toBeUndefined();
  });

  test("stand in META by their CGI names, but for Proxy", () => {
    const { META } = request({
      target: "/a?b=c",
      headers: { "Content-Type": "text/plain", "X-A-B": "1", Proxy: "evil" },
    });
    expect(META).toMatchObject({ CONTENT_TYPE: "text/plain", HTTP_X_A_B: "1", PATH_INFO: "/a", QUERY_STRING: "b=c" });
    expect(META["HTTP_PROXY"]).toBeUndefined();
  });

  test("give the content type with its parameters, and the encoding where it is known", () => {
    const typed = request({ headers: { "Content-Type": 'Text/HTML; Charset="latin-1"' } });
    expect([typed.contentType, typed.contentParams.get("charset"), typed.encoding]).toEqual([
      "text/html",
      "latin-1",
      "latin-1",
    ]);
    expect(request({ headers: { "Content-Type": "text/html; charset=nonsense" } }).encoding).toBeUndefined();
    expect(request().contentType).toBe("");
  });

  test("say which media type the client would like", () => {
    const browser = request({ headers: { Accept: "text/html, application/json;q=0.5" } });
    expect(browser.accepts("application/json")).toBe(true);
    expect(browser.accepts("image/png")).toBe(false);
    expect(browser.getPreferredType(["application/json", "text/html"])).toBe("text/html");
    expect(browser.getPreferredType(["image/png"])).toBeUndefined();
  });
});

describe("absolute URLs", () => {
  test("are made of the host and a location", () => {
    const page = request({ target: "/polls/1/?x=é", headers: { Host: "example.com:8080" }, secure: true });
    expect(page.buildAbsoluteUri("../2/")).toBe("https://example.com:8080/polls/2/");
    expect(page.buildAbsoluteUri("https://other.com/ä")).toBe("https://other.com/%C3%A4");
  });

  test("of a path with two slashes stay on this site", () => {
    const page = request({ target: "//evil.com/x", headers: { Host: "example.com" } });
    expect(page.buildAbsoluteUri()).toBe("http://example.com//evil.com/x");
  });

  test("follow the settings when they change", () => {
    const page = request({ headers: { Host: "example.com" } });
    overrideSettings({ ALLOWED_HOSTS: ["other.com"] }, () => {
      expect(() => page.getHost()).toThrow(DisallowedHost);
    });
    expect(page.getHost()).toBe("example.com");
  });
});

test("what is set on a request stays, and the body is not read for it", async () => {
  const unreadable: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => {
      throw new Error("was read");
    },
  };
  const page = request({ target: "/a/", method: "POST", body: unreadable });
  page.POST = new QueryDict("y=2");
  expect((await page.POST).get("y")).toBe("2");
  page.GET = new QueryDict("x=1");
  page.pathInfo = "/b/";
  page.COOKIES = { a: "b" };
  expect([page.GET.get("x"), page.pathInfo, page.COOKIES["a"]]).toEqual(["1", "/b/", "b"]);
});

test("another encoding has the query read again", () => {
  const page = request({ target: "/?q=%E9" });
  expect(page.GET.get("q")).toBe("\ufffd");
  page.encoding = "latin-1";
  expect(page.GET.get("q")).toBe("é");
});
