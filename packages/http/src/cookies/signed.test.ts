import { configureSettings, overrideSettings } from "@tsgo/core/conf";
import { BadSignature, SignatureExpired } from "@tsgo/core/signing";
import { describe, expect, test } from "vitest";

import { HttpRequest } from "../request.ts";
import { HttpResponse } from "../response/response.ts";
import { plainSource } from "../source.ts";
import type { SetSignedCookieOptions } from "./signed.ts";

configureSettings({ SECRET_KEY: "secret" });

function signed(name: string, value: string, options: SetSignedCookieOptions = {}): string {
  const response = new HttpResponse();
  response.setSignedCookie(name, value, options);
  return response.cookies.get(name)?.value ?? "";
}

function withCookie(name: string, value: string): HttpRequest {
  return new HttpRequest(plainSource({ headers: { Cookie: `${name}=${value}` } }));
}

describe("a signed cookie", () => {
  test("gives its value back", () => {
    expect(withCookie("user", signed("user", "7")).getSignedCookie("user")).toBe("7");
    const salted = withCookie("user", signed("user", "7", { salt: "a" }));
    expect(salted.getSignedCookie("user", { salt: "a", maxAge: 60 })).toBe("7");
  });

  test("that was changed, is for another use, or is too old is an error, or the fallback", () => {
    const changed = withCookie("user", signed("user", "7").replace("7", "8"));
    expect(() => changed.getSignedCookie("user")).toThrow(BadSignature);
    expect(changed.getSignedCookie("user", { fallback: null })).toBeNull();
    const value = signed("user", "7", { salt: "a" });
    expect(() => withCookie("user", value).getSignedCookie("user")).toThrow(BadSignature);
    expect(() => withCookie("user", signed("user", "7")).getSignedCookie("user", { maxAge: -1 })).toThrow(
      SignatureExpired,
    );
  });

  test("that is missing is undefined, or the fallback", () => {
    const empty = new HttpRequest(plainSource());
    expect(empty.getSignedCookie("user")).toBeUndefined();
    expect(empty.getSignedCookie("user", { fallback: "x" })).toBe("x");
  });

  test("still counts under a former key", () => {
    const value = signed("user", "7");
    overrideSettings({ SECRET_KEY: "new", SECRET_KEY_FALLBACKS: ["secret"] }, () => {
      expect(withCookie("user", value).getSignedCookie("user")).toBe("7");
    });
    overrideSettings({ SECRET_KEY: "new" }, () => {
      expect(() => withCookie("user", value).getSignedCookie("user")).toThrow(BadSignature);
    });
  });

  test("CVE-2026-6873: of one name and salt is refused under others that read the same when joined", () => {
    const value = signed("user", "7", { salt: "admin" });
    expect(() => withCookie("useradmin", value).getSignedCookie("useradmin")).toThrow(BadSignature);
    expect(() => withCookie("use", value).getSignedCookie("use", { salt: "radmin" })).toThrow(BadSignature);
    expect(() => withCookie("user", value).getSignedCookie("user", { salt: "admin", djangoSalt: true })).toThrow(
      BadSignature,
    );
  });

  test("CVE-2026-6873: in Django's form is read only where the call says so", () => {
    const value = signed("user", "7", { salt: "admin", djangoSalt: true });
    expect(() => withCookie("user", value).getSignedCookie("user", { salt: "admin" })).toThrow(BadSignature);
    expect(withCookie("user", value).getSignedCookie("user", { salt: "admin", djangoSalt: true })).toBe("7");
  });
});
