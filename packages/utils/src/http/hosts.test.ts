import { expect, test } from "vitest";

import { urlHasAllowedHostAndScheme } from "./hosts.ts";

function allowed(url: string, options: { requireHttps?: boolean } = {}): boolean {
  return urlHasAllowedHostAndScheme(url, { allowedHosts: ["testserver"], ...options });
}

test.each([
  ["http:999999999", false],
  ["ftp:9999999999", false],
  ["https:2130706433", false],
  ["http:/1", false],
  ["path/http:2222222222", true],
])("CVE-2017-7233: %j with a number for a host is safe: %j", (url, safe) => {
  expect(allowed(url)).toBe(safe);
});

test.each([
  ["http://testserver\\@example.com", false],
  ["http:\\\\testserver\\@example.com", false],
  ["http://testserver\\me:pass@example.com", false],
  ["http:\\\\testserver\\confirm\\me@example.com", false],
  ["http://testserver/confirm?email=me@example.com", true],
])("CVE-2016-2512: %j with credentials is safe: %j", (url, safe) => {
  expect(allowed(url)).toBe(safe);
});

test.each([
  "\b//example.com",
  "\bjavascript:alert(1)",
  "\0//example.com",
  "\u001fhttps://example.com",
  "\u00a0//example.com",
  "\ufeff//example.com",
  "\u2028//example.com",
])("CVE-2015-2317: %j behind a control character is refused", (url) => {
  expect(allowed(url)).toBe(false);
});

test.each([
  "\njavascript:alert(x)",
  " javascript:alert(x)",
  "\tjavascript:alert(x)",
  "java\nscript:alert(x)",
  " //example.com",
])("CVE-2015-0220: %j behind white space is refused", (url) => {
  expect(allowed(url)).toBe(false);
});

test.each([
  String.raw`http:\\\djangoproject.com`,
  "http:///example.com",
  String.raw`http:/\//example.com`,
  String.raw`http:\/example.com`,
  String.raw`\\example.com`,
  String.raw`/\/example.com`,
  String.raw`\/example.com`,
  String.raw`/\example.com`,
  "http://[2001:cdba:0000:0000:0000:0000:3257:9652/",
])("CVE-2014-3730: %j with slashes of all kinds is refused", (url) => {
  expect(allowed(url)).toBe(false);
});

test.each(["https://testserver/", "//testserver/"])("CVE-2014-3730: %j stays on this site", (url) => {
  expect(allowed(url)).toBe(true);
});

test.each([
  'javascript:alert("XSS")',
  "JAVASCRIPT:alert(1)",
  "data:text/html,x",
  "vbscript:x",
  "ftp://testserver/",
  "mailto:a@b",
  "blob:https://testserver/x",
])("CVE-2013-6044: %j has a scheme that is refused", (url) => {
  expect(allowed(url)).toBe(false);
});

test("CVE-2013-6044: with requireHttps plain HTTP is refused", () => {
  expect(allowed("http://testserver/", { requireHttps: true })).toBe(false);
  expect(allowed("https://testserver/", { requireHttps: true })).toBe(true);
});
