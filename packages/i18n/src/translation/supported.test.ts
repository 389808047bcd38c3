import { configureSettings, isConfigured } from "@tsgo/core/conf";
import { beforeAll, describe, expect, test } from "vitest";

import { parseAcceptLangHeader } from "./accept-language.ts";
import { cataloguesFor } from "./catalogues.ts";
import {
  LanguageNotSupported,
  checkForLanguage,
  getLanguageFromHints,
  getLanguageFromPath,
  getSupportedLanguageVariant,
} from "./supported.ts";

beforeAll(() => {
  if (!isConfigured()) configureSettings({ LANGUAGE_CODE: "en" });
});

describe("the language that fits", () => {
  test.each([
    ["de", "de"],
    ["de-at", "de"],
    ["pt-br", "pt-br"],
    ["zh-cn", "zh-hans"],
    ["zh-hant-tw", "zh-hant"],
    ["sr-latn-rs", "sr-latn"],
    ["EN", "EN"],
  ])("for %s is %s", (code, fitting) => {
    expect(getSupportedLanguageVariant(code)).toBe(fitting);
  });

  test("is another variant only where none is demanded", () => {
    expect(getSupportedLanguageVariant("zh")).toBe("zh-hans");
    expect(() => getSupportedLanguageVariant("zh", { strict: true })).toThrow(LanguageNotSupported);
  });

  test.each(["", "xx", "../../etc", "constructor", "__proto__"])("does not exist for %j", (code) => {
    expect(() => getSupportedLanguageVariant(code)).toThrow(LanguageNotSupported);
    expect(checkForLanguage(code)).toBe(false);
  });

  test("comes from the path, the cookie or the header, in this order", () => {
    expect(getLanguageFromHints({ path: "/fr/x", cookie: "de", acceptLanguage: "es" })).toBe("fr");
    expect(getLanguageFromHints({ path: "/x", cookie: "de", acceptLanguage: "es" })).toBe("de");
    expect(getLanguageFromHints({ cookie: "xx", acceptLanguage: "zz, es-xx;q=0.5" })).toBe("es");
    expect(getLanguageFromHints({ acceptLanguage: "*" })).toBe("en");
    expect(getLanguageFromPath("/de-simple/")).toBe("de");
    expect(getLanguageFromPath("/admin/")).toBeNull();
  });
});

describe("hostile language codes", () => {
  test("CVE-2026-77050: thousands of long codes are refused, and none is remembered", () => {
    for (let index = 0; index < 2000; index += 1) {
      expect(() => getSupportedLanguageVariant(`${index}${"x".repeat(100_000)}`)).toThrow(LanguageNotSupported);
    }
    expect(getSupportedLanguageVariant(`en-${"x".repeat(600)}`)).toBe("en");
    const [first, second] = [`de-${"x".repeat(600)}`, `de-${"x".repeat(600)}`].map(cataloguesFor);
    // Each asked anew: a remembered answer would be the same object.
    expect(first).not.toBe(second);
  });

  test("CVE-2024-39614: a code of a hundred thousand characters is cut before it is looked up", () => {
    const code = "en-".repeat(30_000);
    expect(getSupportedLanguageVariant(code)).toBe("en");
    expect(() => getSupportedLanguageVariant(code, { strict: true })).toThrow(LanguageNotSupported);
    expect(() => getSupportedLanguageVariant("x".repeat(501))).toThrow(LanguageNotSupported);
    expect(getLanguageFromHints({ cookie: "x".repeat(100_000), path: `/${"x".repeat(100_000)}/` })).toBe("en");
  });
});

function header(index: number): string {
  return Array.from({ length: 2000 }, (_, n) => `x${index % 9}-${n}`).join(",");
}

describe("Accept-Language", () => {
  test("is read by weight", () => {
    expect(parseAcceptLangHeader("en;q=0.5, de, fr-ca;q=0.8,")).toEqual([
      ["de", 1],
      ["fr-ca", 0.8],
      ["en", 0.5],
    ]);
  });

  test.each(["da,, en-gb;q=0.8", "de;q=2", " de", "12-345", "en;q=0.9;level=1", ",", ""])(
    "%j counts as none",
    (header) => {
      expect(parseAcceptLangHeader(header)).toEqual([]);
    },
  );

  test("CVE-2023-23969: it is looked at for 500 characters, cut at a comma", () => {
    expect(parseAcceptLangHeader(`xx-${"y".repeat(100_000)}`)).toEqual([]);
    expect(parseAcceptLangHeader("de,".repeat(5000))).toHaveLength(166);
    expect(getLanguageFromHints({ acceptLanguage: "de,".repeat(5000) })).toBe("de");
  });

  test("CVE-2007-5712: thousands of headers leave nothing behind", () => {
    for (let index = 0; index < 500; index += 1) {
      // Nothing is remembered: every call reads its header anew and gives an array of its own.
      expect(parseAcceptLangHeader(header(index))).not.toBe(parseAcceptLangHeader(header(index)));
    }
  });
});
