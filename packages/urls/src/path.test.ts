import { configureSettings } from "@tsgo/core/conf";
import { HttpResponse } from "@tsgo/http/response";
import { beforeAll, describe, expect, test } from "vitest";

import { include } from "./include.ts";
import { path, rePath } from "./path.ts";
import { getResolver } from "./urlconf/root.ts";
import type { View } from "./view.ts";

const view: View = () => new HttpResponse("");
// What plain JavaScript may pass.
const anything = (value: unknown): View => value as View;

beforeAll(() => {
  configureSettings({ ROOT_URLCONF: "site/urls" });
});

describe("path", () => {
  test.each([
    [undefined, "path('x/'): the view is undefined"],
    ["polls/views:index", "path('x/'): the view is 'polls/views:index'"],
    [[1], "path('x/'): the view is a list"],
    [{}, "path('x/'): the view is an object of Object"],
  ])("a view that cannot be called is refused with its pattern: %j", (value, message) => {
    expect(() => path("x/", anything(value))).toThrow(message);
  });

  test("a class is refused, and its asView() named", () => {
    class DetailView {
      readonly template = "detail.html";
      static asView(): View {
        return view;
      }
    }
    expect(() => path("x/", anything(DetailView))).toThrow("Pass DetailView.asView().");
    expect(path("x/", DetailView.asView())).toBeDefined();
  });

  test.each([
    ["<int:1x>/", "uses parameter name '1x', which is not an identifier"],
    ["<int:a b>/", "has white space in '<int:a b>'"],
    ["<itn:x>/", "uses converter 'itn', which is not registered. Did you mean 'int'?"],
    ["<int:x>/<slug:x>/", "uses parameter name 'x' more than once"],
    ["<str:__proto__>/", "uses parameter name '__proto__'"],
  ])("a route that cannot be read is refused: %s", (route: string, message) => {
    expect(() => path(route, view)).toThrow(message);
  });

  test("what merely resembles a parameter is text", () => {
    const routes: string[] = ["a<b", "a>b", "<>/", "<int:x"];
    for (const route of routes) expect(getResolver([path(route, view)]).resolve(`/${route}`).kwargs).toEqual({});
  });

  test("an expression that cannot be compiled is refused with the place", () => {
    expect(() => rePath("^(unclosed$", view)).toThrow(
      '"^(unclosed$" is not a valid regular expression: missing ), unterminated subpattern at position 1.',
    );
  });
});

describe("include", () => {
  test("a namespace needs an application namespace", () => {
    expect(() => include([path("", view)], { namespace: "x" })).toThrow("has no application namespace");
  });

  test("what is no pattern is refused with its place in the list", () => {
    expect(() => include([path("", view), anything({})] as never)).toThrow("urlpatterns[1]");
  });

  test("a module object brings its application namespace", () => {
    const module = { urlpatterns: [path("x/", view, { name: "x" })], appName: "shop" };
    const match = getResolver([path("eu/", include(module, { namespace: "shop-eu" }))]).resolve("/eu/x/");
    expect(match).toMatchObject({ viewName: "shop-eu:x", appNames: ["shop"], namespaces: ["shop-eu"] });
  });

  test("a list of two patterns is not taken for a list with an application namespace", () => {
    const resolver = getResolver([path("", include([path("a/", view), path("b/", view)]))]);
    expect(resolver.resolve("/b/").route).toBe("b/");
  });
});
