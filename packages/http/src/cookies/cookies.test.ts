import { configureSettings } from "@tsgo/core/conf";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";

import { BadHeaderError, CookieError } from "../exceptions.ts";
import { HttpResponse } from "../response/response.ts";
import { Cookie } from "./cookie.ts";
import { parseCookie } from "./parse.ts";
import type { SetCookieOptions } from "./set-cookie.ts";

configureSettings();

function setCookie(name: string, value = "x", options: SetCookieOptions = {}): string {
  const response = new HttpResponse();
  response.setCookie(name, value, options);
  return String(response.cookies.get(name));
}

function wireOrRefused(value: string): string {
  try {
    return new Cookie("c", value).toWire();
  } catch (error) {
    return error instanceof BadHeaderError ? "refused" : String(error);
  }
}

describe("the Cookie header", () => {
  test.each([
    ["a=b]csrftoken=evil", { a: "b]csrftoken=evil" }],
    ["abc=def; unnamed; django_language=en", { abc: "def", "": "unnamed", django_language: "en" }],
    ['x="a; csrftoken=evil"', { x: '"a', csrftoken: 'evil"' }],
    ["a=b,csrftoken=evil", { a: "b,csrftoken=evil" }],
    ["a=b csrftoken=evil", { a: "b csrftoken=evil" }],
  ])("CVE-2016-7401: %s is split where browsers split", (header, cookies) => {
    expect({ ...parseCookie(header) }).toEqual(cookies);
  });

  test.each([
    ["csrftoken=evil; csrftoken=good", "good"],
    ["csrftoken=good; csrftoken=evil", "evil"],
  ])("NODE-49: of two cookies of one name the last one counts (%s)", (header, value) => {
    expect(parseCookie(header)["csrftoken"]).toBe(value);
  });

  test("NODE-49: names are told apart by case and prefix", () => {
    const cookies = parseCookie("sessionid=a; SessionID=b; __Host-sessionid=c");
    expect([cookies["sessionid"], cookies["SessionID"], cookies["__Host-sessionid"]]).toEqual(["a", "b", "c"]);
  });

  test("gives back what a response has set", () => {
    for (const value of ["with space", 'quo"te', "back\\slash", "new\nline", "com,ma;", "ü", "日本", ""]) {
      const header = new Cookie("c", value).toWire();
      expect(parseCookie(Buffer.from(header, "latin1").toString())["c"]).toBe(value);
    }
  });
});

describe("a cookie that is set", () => {
  test("NODE-49: __Host- demands secure, the path / and no domain; __Secure- demands secure", () => {
    expect(setCookie("__Host-x", "1", { secure: true })).toBe("__Host-x=1; Path=/; Secure");
    expect(setCookie("__Secure-x", "1", { secure: true, path: "/a/", domain: "e.com" })).toContain("Secure");
    expect(() => setCookie("__Secure-x")).toThrow(CookieError);
    for (const wrong of [
      {},
      { secure: true, path: "/a/" },
      { secure: true, domain: "e.com" },
      { secure: true, path: null },
    ])
      expect(() => setCookie("__Host-x", "1", wrong)).toThrow(CookieError);
  });

  test("lives for a number of seconds, a duration, or until a moment", () => {
    expect(setCookie("c", "v", { maxAge: 60 })).toMatch(/expires=.+ GMT; Max-Age=60;/);
    expect(setCookie("c", "v", { maxAge: Temporal.Duration.from({ hours: 1 }) })).toContain("Max-Age=3600");
    expect(setCookie("c", "v", { expires: new Date(Date.now() - 1000) })).toContain("Max-Age=0");
    expect(setCookie("c", "v", { expires: "Thu, 01 Jan 1970 00:00:00 GMT" })).not.toContain("Max-Age");
    expect(() => setCookie("c", "v", { maxAge: 1, expires: new Date() })).toThrow(CookieError);
    expect(() => setCookie("c", "v", { maxAge: NaN })).toThrow(CookieError);
  });

  test("says all that it was told, in the order of the names", () => {
    expect(
      setCookie("c", "v", { domain: "e.com", httponly: true, partitioned: true, samesite: "None", secure: true }),
    ).toBe("c=v; Domain=e.com; HttpOnly; Partitioned; Path=/; SameSite=None; Secure");
    expect(() => setCookie("c", "v", { samesite: "sometimes" })).toThrow(CookieError);
  });

  test("is replaced by another of its name, and deleted", () => {
    const response = new HttpResponse();
    response.setCookie("c", "1");
    response.setCookie("c", "2");
    response.deleteCookie("d", { samesite: "None" });
    expect(response.wireHeaders().filter((_, i, list) => list[i - 1] === "Set-Cookie")).toEqual([
      "c=2; Path=/",
      'd=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=None; Secure',
    ]);
  });

  test.each(["a\r\nSet-Cookie: x=1", "a\nb", "a\0b", "\ud800", "a;b"])(
    "NODE-28: %j is refused in name, path and domain, and encoded or refused as a value",
    (text) => {
      expect(() => setCookie(text)).toThrow(CookieError);
      expect(() => setCookie("c", "v", { path: text })).toThrow(BadHeaderError);
      expect(() => setCookie("c", "v", { domain: text })).toThrow(BadHeaderError);
      expect(wireOrRefused(text)).toMatch(/^[\x20-\x7e\x80-\xff]*$/);
    },
  );

  test("NODE-28: characters whose low bytes are line breaks go out as the bytes of their UTF-8", () => {
    const text = "a\u010a\u010db";
    expect(() => setCookie(text)).toThrow(CookieError);
    const wire = new Cookie("c", text, { path: `/${text}`, domain: text }).toWire();
    expect(wire).toMatch(/^[\x20-\x7e\x80-\xff]*$/);
    expect(Buffer.from(wire, "latin1").toString()).toBe(`c="${text}"; Domain=${text}; Path=/${text}`);
  });
});
