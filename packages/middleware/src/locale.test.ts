import { configureSettings, overrideSettings } from "@tsgo/core/conf";
import { runInContext } from "@tsgo/core/context";
import { HttpRequest } from "@tsgo/http/request";
import { HttpResponse, type HttpResponseBase } from "@tsgo/http/response";
import { plainSource } from "@tsgo/http/source";
import { getLanguage } from "@tsgo/i18n/translation";
import { i18nPatterns, path, prepareUrlconf, type UrlEntry, type View } from "@tsgo/urls";
import { beforeAll, describe, expect, test } from "vitest";

import { LocaleMiddleware } from "./locale.ts";

const view: View = () => new HttpResponse("");
let prefixed: UrlEntry[];
let unprefixed: UrlEntry[];
const plain: UrlEntry[] = [path("about/", view)];

beforeAll(async () => {
  configureSettings({
    LANGUAGE_CODE: "en",
    LANGUAGES: [
      ["en", "English"],
      ["de", "German"],
    ],
    ALLOWED_HOSTS: ["*"],
  });
  prefixed = [path("plain/", view), ...i18nPatterns([path("about/", view)])];
  unprefixed = [...i18nPatterns([path("about/", view)], { prefixDefaultLanguage: false })];
  await Promise.all([prefixed, unprefixed, plain].map(async (urlconf) => prepareUrlconf(urlconf)));
});

/** What a request with a URLconf gets for a response of this status, and the language in force meanwhile. */
function pass(urlconf: UrlEntry[], target: string, headers: Record<string, string> = {}, status = 200) {
  return runInContext(() => {
    const request = new HttpRequest(plainSource({ target, headers: { Host: "example.com", ...headers } }));
    request.urlconf = urlconf;
    const middleware = new LocaleMiddleware();
    expect(middleware.processRequest(request)).toBeUndefined();
    const language = getLanguage();
    expect(request.LANGUAGE_CODE).toBe(language);
    return { language, response: middleware.processResponse(request, new HttpResponse("", { status })) };
  });
}

const header = (response: HttpResponseBase, name: string): string | undefined => response.headers.get(name);

describe("the language of a request", () => {
  test.each([
    ["/de/about/", {}, "de"],
    ["/de/about/", { Cookie: "django_language=en", "Accept-Language": "en" }, "de"],
    ["/plain/", { Cookie: "django_language=de", "Accept-Language": "en" }, "de"],
    ["/plain/", { "Accept-Language": "fr, de;q=0.8" }, "de"],
    ["/plain/", { Cookie: "django_language=xx(a+)+" }, "en"],
    ["/plain/", {}, "en"],
  ])("%s with %j is %3$s", (target, headers, language) => {
    expect(pass(prefixed, target, headers).language).toBe(language);
  });

  test("is the default for a path without prefix where the default has none", () => {
    expect(pass(unprefixed, "/about/", { "Accept-Language": "de" }).language).toBe("en");
    expect(pass(unprefixed, "/de/about/").language).toBe("de");
  });

  test("is not taken from paths where no pattern has a prefix", () => {
    expect(pass(plain, "/de/about/").language).toBe("en");
  });

  test("ends with the request", () => {
    pass(prefixed, "/de/about/");
    expect(getLanguage()).toBe("en");
  });
});

test("a URLconf that an earlier middleware chose is loaded when it is first met", async () => {
  const late = [...i18nPatterns([path("late/", view)])];
  await runInContext(async () => {
    const request = new HttpRequest(plainSource({ target: "/de/late/", headers: { Host: "example.com" } }));
    request.urlconf = late;
    await new LocaleMiddleware().processRequest(request);
    expect([getLanguage(), request.LANGUAGE_CODE]).toEqual(["de", "de"]);
  });
});

describe("the response", () => {
  test("says its language, and what it was chosen by", () => {
    const chosen = pass(plain, "/about/", { "Accept-Language": "de" }).response;
    expect([header(chosen, "Content-Language"), header(chosen, "Vary")]).toEqual(["de", "Accept-Language"]);
    const byPath = pass(prefixed, "/de/about/").response;
    expect([header(byPath, "Content-Language"), header(byPath, "Vary")]).toEqual(["de", undefined]);
  });

  test("is a redirect where only a language was missing", () => {
    const { response } = pass(prefixed, "/about?a=1", { "Accept-Language": "de" }, 404);
    expect([response.statusCode, header(response, "Location")]).toEqual([302, "/de/about/?a=1"]);
    expect(header(response, "Vary")).toBe("Accept-Language, Cookie");
    expect(pass(prefixed, "/nowhere/", {}, 404).response.statusCode).toBe(404);
    expect(pass(unprefixed, "/nowhere/", {}, 404).response.statusCode).toBe(404);
    overrideSettings({ APPEND_SLASH: false }, () => {
      expect(pass(prefixed, "/about", {}, 404).response.statusCode).toBe(404);
    });
  });

  test("CVE-2018-14574: the redirect stays on this host", async () => {
    const catchAll = [...i18nPatterns([path("<path:any>/", view)])];
    await prepareUrlconf(catchAll);
    for (const target of ["//evil.com/x", "////evil.com", "/\\evil.com"]) {
      const location = header(pass(catchAll, target, {}, 404).response, "Location") ?? "";
      expect(new URL(location, "http://example.com").host).toBe("example.com");
    }
  });
});
