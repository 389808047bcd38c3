import { configureSettings } from "@tsgo/core/conf";
import { QueryDict } from "@tsgo/http/querydict";
import { HttpResponse } from "@tsgo/http/response";
import { beforeAll, describe, expect, test } from "vitest";

import { NoReverseMatch } from "../exceptions.ts";
import { include } from "../include.ts";
import { path, rePath } from "../path.ts";
import { clearScriptPrefix, getScriptPrefix, setScriptPrefix } from "../urlconf/script-prefix.ts";
import type { UrlEntry } from "../resolver/entry.ts";
import type { View } from "../view.ts";
import { reverse, reverseLazy } from "./reverse.ts";

const view: View = () => new HttpResponse("");
const named: View = () => new HttpResponse("named");

const shop = [path("item/<int:id>/", view, { name: "item" })];
const urlconf: UrlEntry[] = [
  path("", view, { name: "home" }),
  path("named/", named),
  path("year/<int:year>/", view, { name: "archive" }),
  path("year/<int:year>/<int:month>/", view, { name: "archive" }),
  path("all/", view, { name: "list", kwargs: { page: 1, kind: "x" } }),
  path("all/<int:page>/", view, { name: "list", kwargs: { kind: "y" } }),
  path("eu/", include([shop, "shop"], { namespace: "shop-eu" })),
  path("us/", include([shop, "shop"], { namespace: "shop-us" })),
  path("100%/<str:text>", view, { name: "percent" }),
  rePath("^back/(?P<a>\\w+)-(?P=a)/$", view, { name: "back" }),
  rePath("^ci/(?i:abc)/$", view, { name: "ci" }),
  path("one/<slug:slug>/", include([path("two/<slug:slug2>/", view, { name: "nested" })])),
];

beforeAll(() => {
  configureSettings({ ROOT_URLCONF: "site/urls" });
});

describe("reversing", () => {
  test("by name and by view", () => {
    expect(reverse("home", { urlconf })).toBe("/");
    expect(reverse(named, { urlconf })).toBe("/named/");
    expect(() => reverse(() => new HttpResponse(""), { urlconf })).toThrow(NoReverseMatch);
  });

  test("the pattern that the arguments fit is found among those of one name", () => {
    expect(reverse("archive", { urlconf, args: [2024] })).toBe("/year/2024/");
    expect(reverse("archive", { urlconf, kwargs: { month: 5, year: 2024 } })).toBe("/year/2024/5/");
  });

  test("a default may be given if it is the same, and chooses the pattern", () => {
    expect(reverse("list", { urlconf, kwargs: { kind: "x" } })).toBe("/all/");
    expect(reverse("list", { urlconf, kwargs: { page: 4, kind: "y" } })).toBe("/all/4/");
    expect(() => reverse("list", { urlconf, kwargs: { page: 4, kind: "z" } })).toThrow(NoReverseMatch);
  });

  test("an application namespace means the current instance, else the first", () => {
    expect(reverse("shop:item", { urlconf, args: [1] })).toBe("/us/item/1/");
    expect(reverse("shop:item", { urlconf, args: [1], currentApp: "shop-eu" })).toBe("/eu/item/1/");
    expect(reverse("shop-eu:item", { urlconf, args: [1], currentApp: "shop-us" })).toBe("/eu/item/1/");
  });

  test("parameters of includes are filled too", () => {
    expect(reverse("nested", { urlconf, args: ["a", "b"] })).toBe("/one/a/two/b/");
    expect(reverse("nested", { urlconf, kwargs: { slug2: "b", slug: "a" } })).toBe("/one/a/two/b/");
  });

  test("what a URL cannot hold is encoded, also in the route itself", () => {
    expect(reverse("percent", { urlconf, args: ["a b?c#dé"] })).toBe("/100%25/a%20b%3Fc%23d%C3%A9");
  });

  test("a group that is referred to again is filled in both places", () => {
    expect(reverse("back", { urlconf, args: ["x"] })).toBe("/back/x-x/");
  });

  test("a pattern that has no single text stops nothing but itself", () => {
    expect(() => reverse("ci", { urlconf })).toThrow(NoReverseMatch);
    expect(() => reverse("ci", { urlconf })).toThrow("(?i...) stands for no single text");
    expect(reverse("home", { urlconf })).toBe("/");
  });

  test("query and fragment are appended, encoded", () => {
    const query = { q: "a b", tag: ["x", "y&z"] };
    expect(reverse("home", { urlconf, query, fragment: "top part" })).toBe("/?q=a+b&tag=x&tag=y%26z#top%20part");
    expect(reverse("home", { urlconf, query: new QueryDict("a=1&a=2") })).toBe("/?a=1&a=2");
    expect(reverse("home", { urlconf, query: {} })).toBe("/");
  });

  test("the script prefix comes before the path, and always ends in a slash", () => {
    setScriptPrefix("/app");
    try {
      expect(getScriptPrefix()).toBe("/app/");
      expect(reverse("archive", { urlconf, args: [1] })).toBe("/app/year/1/");
    } finally {
      clearScriptPrefix();
    }
    expect(reverse("archive", { urlconf, args: [1] })).toBe("/year/1/");
  });

  test("a lazy URL is made when it is read", () => {
    const lazy = reverseLazy("archive", { urlconf, args: [1] });
    setScriptPrefix("/later/");
    try {
      expect(lazy.toString()).toBe("/later/year/1/");
    } finally {
      clearScriptPrefix();
    }
  });

  test.each([
    ["archiev", {}, "There is no URL pattern named 'archiev'. Did you mean 'archive'?"],
    ["shpo:item", {}, "There is no URL namespace 'shpo'."],
    ["shop-eu:no:item", {}, "There is no URL namespace 'no' inside 'shop-eu'."],
    ["archive", { args: ["x"] }, "The URL of 'archive' cannot be made with the arguments [\"x\"]. Tried: "],
    ["archive", { kwargs: { year: "x" } }, 'with the keyword arguments {"year":"x"}'],
    ["archive", { kwargs: { year: null } }, "cannot be made"],
    ["archive", {}, "with no arguments"],
  ])("what cannot be reversed is explained: %s %j", (name, options, message) => {
    expect(() => reverse(name, { urlconf, ...options })).toThrow(message);
  });

  test("positional and keyword arguments do not mix", () => {
    expect(() => reverse("archive", { urlconf, args: [2024], kwargs: { month: 1 } })).toThrow(TypeError);
  });

  test("a URLconf that includes itself can be reversed through any number of its namespaces", () => {
    const module = { urlpatterns: [path("leaf/", view, { name: "leaf" })] as UrlEntry[], appName: "loop" };
    module.urlpatterns.push(path("in/", include(module)));
    expect(reverse("loop:loop:loop:leaf", { urlconf: module })).toBe("/in/in/in/leaf/");
    const unnamed: { urlpatterns: UrlEntry[] } = { urlpatterns: [path("leaf/", view, { name: "leaf" })] };
    unnamed.urlpatterns.push(path("in/", include(unnamed)));
    expect(reverse("leaf", { urlconf: unnamed })).toMatch(/^\/(?:in\/)?leaf\/$/);
  });
});
