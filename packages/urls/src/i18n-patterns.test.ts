import { configureSettings, overrideSettings } from "@tsgo/core/conf";
import { HttpResponse } from "@tsgo/http/response";
import { override } from "@tsgo/i18n/translation";
import { getLanguage } from "@tsgo/i18n/translation";
import { LazyText } from "@tsgo/utils/functional";
import { beforeAll, describe, expect, test } from "vitest";

import { i18nPatterns, languagePrefixUse } from "./i18n-patterns.ts";
import { include } from "./include.ts";
import { path } from "./path.ts";
import { isValidPath, resolve, translateUrl } from "./resolve.ts";
import { reverse } from "./reverse/reverse.ts";
import { setUrlconf } from "./urlconf/root.ts";
import { runInContext } from "@tsgo/core/context";
import type { UrlEntry } from "./resolver/entry.ts";
import type { View } from "./view.ts";

const view: View = () => new HttpResponse("");
const users = new LazyText(() => (getLanguage() === "nl" ? "gebruikers/<int:id>/" : "users/<int:id>/"));

let urlconf: UrlEntry[];

beforeAll(() => {
  configureSettings({ ROOT_URLCONF: "site/urls", LANGUAGE_CODE: "en" });
  urlconf = [path("plain/", view, { name: "plain" }), ...i18nPatterns([path(users, view, { name: "user" })])];
});

describe("patterns with a language prefix", () => {
  test("follow the active language, and so does a translated route", () => {
    override("nl", () => {
      expect(reverse("user", { urlconf, args: [1] })).toBe("/nl/gebruikers/1/");
      expect(resolve("/nl/gebruikers/1/", urlconf).route).toBe("nl/gebruikers/<int:id>/");
      expect(isValidPath("/en/users/1/", urlconf)).toBe(false);
    });
    override("en", () => expect(reverse("user", { urlconf, args: [1] })).toBe("/en/users/1/"));
    expect(reverse("plain", { urlconf })).toBe("/plain/");
  });

  test("may spare the default language its prefix", () => {
    const bare = i18nPatterns([path("about/", view, { name: "about" })], { prefixDefaultLanguage: false });
    override("en", () => expect(reverse("about", { urlconf: bare })).toBe("/about/"));
    override("de", () => expect(reverse("about", { urlconf: bare })).toBe("/de/about/"));
    expect(languagePrefixUse(bare)).toEqual({ used: true, prefixDefaultLanguage: false });
    expect(languagePrefixUse([])).toEqual({ used: false, prefixDefaultLanguage: false });
  });

  test("are as they were without USE_I18N", () => {
    const patterns = [path("about/", view)];
    overrideSettings({ USE_I18N: false }, () => expect(i18nPatterns(patterns)).toBe(patterns));
  });

  test("belong in the root URLconf only", () => {
    expect(() => include(urlconf)).toThrow("i18nPatterns(), which only the root URLconf may");
  });

  test("a URL is translated where it leads somewhere", () => {
    runInContext(() => {
      setUrlconf(urlconf);
      override("en", () => {
        expect(translateUrl("https://example.com/en/users/5/?a=1#b", "nl")).toBe(
          "https://example.com/nl/gebruikers/5/?a=1#b",
        );
        expect(translateUrl("/nowhere/", "nl")).toBe("/nowhere/");
      });
    });
  });
});
