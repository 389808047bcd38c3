// What has gone wrong with URLs in Django and on Node, tried here.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { configureSettings } from "@tsgo/core/conf";
import { importModule, setProjectRoot } from "@tsgo/core/loading";
import { HttpRequest } from "@tsgo/http/request";
import { HttpResponse } from "@tsgo/http/response";
import { plainSource } from "@tsgo/http/source";
import { override } from "@tsgo/i18n/translation";
import { mayBacktrackExponentially, parseRegex } from "@tsgo/utils/regex";
import { beforeAll, expect, test, vi } from "vitest";

import { NoReverseMatch } from "./exceptions.ts";
import { i18nPatterns } from "./i18n-patterns.ts";
import { path, rePath } from "./path.ts";
import { isValidPath, resolve } from "./resolve.ts";
import { reverse } from "./reverse/reverse.ts";
import { clearScriptPrefix, setScriptPrefix } from "./urlconf/script-prefix.ts";
import type { UrlEntry } from "./resolver/entry.ts";
import type { View } from "./view.ts";

const view: View = () => new HttpResponse("");
const site = join(import.meta.dirname, "testdata");

beforeAll(() => {
  setProjectRoot(site);
  configureSettings({ ROOT_URLCONF: "site/urls", ALLOWED_HOSTS: ["*"] });
});

test("CVE-2022-41323: a language code is compared as text and never compiled", () => {
  const urlconf = i18nPatterns([path("about/", view)]);
  const compiled: string[] = [];
  class CountingRegExp extends RegExp {
    constructor(source: string | RegExp, flags?: string) {
      super(source, flags);
      compiled.push(this.source);
    }
  }
  vi.stubGlobal("RegExp", CountingRegExp);
  try {
    for (const code of ["en.(a+)+$", "en|(.*)*", "(", "[a-z]+"]) {
      override(code, () => {
        expect(isValidPath(`/${"a".repeat(50_000)}!/`, urlconf)).toBe(false);
        expect(isValidPath("/en/about/", urlconf)).toBe(false);
        expect(isValidPath(`/${code}/about/`, urlconf)).toBe(true);
      });
    }
  } finally {
    vi.unstubAllGlobals();
  }
  expect(compiled).toEqual([]);
});

test("CVE-2021-44420: nothing matches before a line break at the end", () => {
  const urlconf = [
    path("secret/", view),
    path("n/<int:n>", view),
    path("s/<slug:s>", view),
    path("<slug:a>-<slug:b>", view),
    rePath("^r$", view),
    rePath("(?m)^m$", view),
    rePath("^([a-z]+)$|^other$", view),
    rePath("^z\\Z", view),
  ];
  for (const text of ["/secret/", "/n/1", "/s/a", "/a-b", "/r", "/m", "/abc", "/z"]) {
    expect(isValidPath(text, urlconf)).toBe(true);
    for (const end of ["\n", "\r", "\r\n", "\u2028", "\u2029", "\u0085", "\n\n"]) {
      expect([text, end, isValidPath(text + end, urlconf)]).toEqual([text, end, false]);
      expect([text, end, isValidPath(`/${end}${text.slice(1)}`, urlconf)]).toEqual([text, end, false]);
    }
  }
});

test("CVE-2014-0480: no URL begins with two slashes or a backslash", () => {
  const urlconf = [path("<path:p>", view, { name: "catch" }), rePath("^(.*)x$", view, { name: "any" })];
  const hostile = ["/example.com", "\\example.com", "//example.com", "/\\example.com", "\\\\example.com", "/\t/a"];
  for (const prefix of ["/", "//", "/app/"]) {
    setScriptPrefix(prefix);
    for (const p of hostile) {
      for (const name of ["catch", "any"]) {
        expect(reverse(name, { urlconf, args: [p] })).not.toMatch(/^(?:[/\\]{2}|\\|\/[\t\n\r])/);
      }
    }
  }
  clearScriptPrefix();
  expect(reverse("catch", { urlconf, args: ["/example.com"] })).toBe("/%2Fexample.com");
});

test("CVE-2014-0472: reversing a name never loads a module", async () => {
  expect(existsSync(join(site, "sideeffect.ts"))).toBe(true);
  const names = [
    "sideeffect",
    "sideeffect:default",
    "./sideeffect.ts",
    "sideeffect.default",
    join(site, "sideeffect.ts"),
  ];
  for (const name of [...names, `file://${join(site, "sideeffect.ts")}`, "node:fs", "__proto__", "constructor"]) {
    expect(() => reverse(name, { urlconf: [path("", view)] })).toThrow(NoReverseMatch);
  }
  // Whatever was being loaded is there by the time that this is.
  await importModule("site/views");
  expect(globalThis).not.toHaveProperty("sideEffect");
});

test("NODE-33: a path is decoded once, before it is resolved, and resolved as it then is", () => {
  const urlconf: UrlEntry[] = [
    path("admin/", view, { name: "admin" }),
    path("secret", view, { name: "secret" }),
    path("page/<str:name>/", view, { name: "page" }),
    path("<path:rest>", view, { name: "rest" }),
  ];
  const leadsTo = (target: string): unknown => {
    const { pathInfo } = new HttpRequest(plainSource({ target }));
    const { urlName, kwargs } = resolve(pathInfo, urlconf);
    return urlName === "rest" ? kwargs["rest"] : urlName;
  };
  expect(leadsTo("/%61dmin/")).toBe("admin");
  expect(leadsTo("/admin/?/../secret")).toBe("admin");
  // Neither are dots taken out afterwards, nor is anything decoded again.
  expect(leadsTo("/admin%2f..%2fsecret")).toBe("admin/../secret");
  expect(leadsTo("/a/%2e%2e/admin/")).toBe("a/../admin/");
  expect(leadsTo("/./admin/")).toBe("./admin/");
  expect(leadsTo("//admin/")).toBe("/admin/");
  expect(leadsTo("/..%5cadmin")).toBe("..\\admin");
  expect(leadsTo("/admin;x=1/")).toBe("admin;x=1/");
  expect(leadsTo("/%252e%252e/")).toBe("%2e%2e/");
  expect(leadsTo("/admin%00.html")).toBe("admin\u0000.html");
  expect(leadsTo("/%c0%ae%c0%ae/")).not.toContain("..");
  expect(leadsTo("/page/a%2Fb/")).toBe("page/a/b/");
});

test("NODE-42: routes with several parameters in a segment do not backtrack", async () => {
  const args = ["--conditions=@tsgo/source", "--import", "tsx", join(site, "hostile-paths.ts")];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 15_000, killSignal: "SIGKILL" });
  expect(JSON.parse(stdout)).toEqual([false, false, false, false, false]);
  const match = resolve(`/${"a-".repeat(20_000)}b/`, [path("<slug:a>-<slug:b>-<slug:c>/", view)]);
  expect(match.kwargs).toMatchObject({ b: "a", c: "b" });
  // What cannot be made linear is reported: the check urls.W101 asks this.
  expect(mayBacktrackExponentially(parseRegex("(a+)+"))).toBe(true);
});
