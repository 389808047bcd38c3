import { randomBytes } from "node:crypto";
import { deflateSync } from "node:zlib";

import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { configureSettings, isConfigured, overrideSettings } from "../conf/index.ts";
import {
  BadSignature,
  SignatureExpired,
  SignedValueTooLarge,
  Signer,
  TimestampSigner,
  b62Decode,
  b62Encode,
  b64Decode,
  b64Encode,
  dumps,
  loads,
} from "./index.ts";

beforeAll(() => {
  if (!isConfigured()) configureSettings({ SECRET_KEY: "secret" });
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_700_000_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

describe("Signer", () => {
  test("gives back what it signed, separators in it included", () => {
    const signer = new Signer();
    for (const value of ["hello", "a:b:c", "", "é🎉"]) expect(signer.unsign(signer.sign(value))).toBe(value);
  });

  test("signs as Django does", () => {
    expect(new Signer({ key: "predictable-secret" }).sign("hello")).toBe(
      "hello:T8oWtiMIRTzcoR3NRO-2PQNf5dTweZy0EL25Kt6lUo0",
    );
  });

  test("refuses what was changed, signed under another key or salt, or not signed", () => {
    const signer = new Signer();
    const signed = signer.sign("hello");
    for (const broken of [`${signed}x`, signed.slice(0, -1), `x${signed}`, "hello", "hello:", ""]) {
      expect(() => signer.unsign(broken)).toThrow(BadSignature);
    }
    expect(() => new Signer({ salt: "other" }).unsign(signed)).toThrow(BadSignature);
    expect(() => new Signer({ key: "other" }).unsign(signed)).toThrow(BadSignature);
  });

  test("accepts signatures of keys that were in use before", () => {
    const signed = new Signer({ key: "old" }).sign("x");
    expect(new Signer({ key: "new", fallbackKeys: ["older", "old"] }).unsign(signed)).toBe("x");
    using _ = overrideSettings({ SECRET_KEY: "newest", SECRET_KEY_FALLBACKS: ["old"] });
    expect(new Signer().unsign(signed)).toBe("x");
  });

  test.each(["", "a", "=", "-_", "9"])("refuses the separator %j", (sep) => {
    expect(() => new Signer({ sep })).toThrow(RangeError);
  });
});

describe("TimestampSigner", () => {
  test("tells how old a signature may be", () => {
    const signer = new TimestampSigner();
    const signed = signer.sign("x");
    vi.setSystemTime(Date.now() + 10_000);
    expect(signer.unsign(signed)).toBe("x");
    expect(signer.unsign(signed, { maxAge: 10 })).toBe("x");
    expect(() => signer.unsign(signed, { maxAge: 9 })).toThrow(SignatureExpired);
  });

  test("does not take a value without a time", () => {
    const signed = new Signer({ salt: "django.core.signing.TimestampSigner" }).sign("x");
    expect(() => new TimestampSigner().unsign(signed)).toThrow(BadSignature);
  });
});

describe("dumps and loads", () => {
  test.each([[[1, "é", null]], [{ a: { b: true } }], ["x".repeat(1000)], [0]])("give back %j", (value) => {
    expect(loads(dumps(value))).toEqual(value);
    expect(loads(dumps(value, { compress: true }))).toEqual(value);
  });

  test("compress only what gets shorter", () => {
    expect(dumps("x".repeat(1000), { compress: true })).toMatch(/^\./);
    expect(dumps("x", { compress: true })).not.toMatch(/^\./);
  });

  test("keep __proto__ a key like any other", () => {
    const value = loads(dumps(JSON.parse('{"__proto__":{"x":1}}')));
    expect(Object.keys(value as object)).toEqual(["__proto__"]);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  test("NODE-44: a small value that unpacks to gigabytes is refused, and without its signature not even unpacked", () => {
    const bomb = `.${b64Encode(deflateSync(Buffer.alloc(64 * 1024 * 1024, "1")))}`;
    const signer = new TimestampSigner({ salt: "django.core.signing" });
    expect(() => loads(signer.sign(bomb))).toThrow(SignedValueTooLarge);
    expect(() => loads(`${bomb}:1r31eq:${randomBytes(32).toString("base64url")}`)).toThrow(BadSignature);
  });
});

describe("encodings", () => {
  test("of numbers", () => {
    for (const number of [0n, 61n, 62n, 1n << 40n, -62n]) expect(b62Decode(b62Encode(number))).toBe(number);
    for (const text of ["", "!", "-", "1".repeat(1000), "é"]) expect(() => b62Decode(text)).toThrow(RangeError);
  });

  test("of bytes", () => {
    expect(b64Encode(new Uint8Array([255, 254, 253]))).toBe("__79");
    expect(b64Decode("__79")).toEqual(new Uint8Array([255, 254, 253]));
    for (const text of ["a", "a+b=", "a b"]) expect(() => b64Decode(text)).toThrow(RangeError);
  });
});
