import { configureSettings } from "@tsgo/core/conf";
import { expect, test } from "vitest";

import {
  addNeverCacheHeaders,
  getMaxAge,
  hasVaryHeader,
  patchCacheControl,
  patchResponseHeaders,
  patchVaryHeaders,
} from "./cache.ts";
import { HttpResponse } from "./response/response.ts";

configureSettings();

function cacheControl(existing: string, directives: Parameters<typeof patchCacheControl>[1]): string | undefined {
  const response = new HttpResponse("", { headers: { "Cache-Control": existing } });
  patchCacheControl(response, directives);
  return response.headers.get("Cache-Control");
}

test("directives are added, the shorter age counts, private and public exclude each other", () => {
  expect(cacheControl("max-age=10", { maxAge: 60, mustRevalidate: true })).toBe("max-age=10, must-revalidate");
  expect(cacheControl("max-age=x", { maxAge: 60 })).toBe("max-age=60");
  expect(cacheControl("private", { public: true })).toBe("public");
  expect(cacheControl("no-cache=A", { noCache: "B", noStore: false })).toBe("no-cache=A, no-cache=B");
});

test("an answer can be kept for a time, or never", () => {
  const response = new HttpResponse();
  patchResponseHeaders(response, 60);
  expect(getMaxAge(response)).toBe(60);
  expect(Date.parse(response.headers.get("Expires") ?? "")).toBeGreaterThan(Date.now());
  addNeverCacheHeaders(response);
  expect(response.headers.get("Cache-Control")).toBe("max-age=0, no-cache, no-store, must-revalidate, private");
});

test("Vary collects names, each once", () => {
  const response = new HttpResponse();
  patchVaryHeaders(response, ["Cookie"]);
  patchVaryHeaders(response, ["cookie", "Accept-Language"]);
  expect(response.headers.get("Vary")).toBe("Cookie, Accept-Language");
  expect([hasVaryHeader(response, "COOKIE"), hasVaryHeader(response, "Accept")]).toEqual([true, false]);
  patchVaryHeaders(response, ["*"]);
  expect(response.headers.get("Vary")).toBe("*");
});

test.each(["* ", " *", "Cookie, * ", "\t*"])("CVE-2026-48587: Vary %j is seen to vary on everything", (vary) => {
  const response = new HttpResponse("", { headers: { Vary: vary } });
  expect(hasVaryHeader(response, "*")).toBe(true);
});

test("Cache-Control is read in any case", () => {
  expect(cacheControl("PRIVATE, Max-Age=5", { public: true, maxAge: 9 })).toBe("max-age=5, public");
});
