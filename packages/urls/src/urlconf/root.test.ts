import { join } from "node:path";

import { configureSettings, overrideSettings } from "@tsgo/core/conf";
import { runInContext } from "@tsgo/core/context";
import { setProjectRoot } from "@tsgo/core/loading";
import { HttpRequest } from "@tsgo/http/request";
import { HttpResponse } from "@tsgo/http/response";
import { plainSource } from "@tsgo/http/source";
import { afterEach, beforeAll, describe, expect, test } from "vitest";

import { path } from "../path.ts";
import { resolve } from "../resolve.ts";
import { reverse } from "../reverse/reverse.ts";
import { clearUrlCaches, getResolver, getUrlconf, preparedResolver, prepareUrlconf, setUrlconf } from "./root.ts";

beforeAll(() => {
  setProjectRoot(join(import.meta.dirname, "../testdata"));
  configureSettings({ ROOT_URLCONF: "site/urls" });
});

afterEach(clearUrlCaches);

describe("loading a URLconf", () => {
  test("all that it includes is there afterwards, also a module that includes itself", async () => {
    expect(preparedResolver()).toBeUndefined();
    const resolver = await prepareUrlconf();
    expect(preparedResolver()).toBe(resolver);
    expect(resolve("/polls/again/again/5/")).toMatchObject({ viewName: "polls:polls:polls:detail", kwargs: { id: 5 } });
    expect(reverse("polls:detail", { args: [5] })).toBe("/polls/5/");
  });

  test("using it before is an error that says what to do", () => {
    expect(() => getResolver("site/never-loaded").resolve("/")).toThrow("await prepareUrlconf()");
  });

  test.each([
    ["broken/misspelt", "does not export 'urlpatterns'. Did you mean 'urlPatterns'?"],
    ["broken/absent", "ROOT_URLCONF: "],
    ["broken/throwing", /throwing\.ts:1.*no database here/],
    [
      "broken/includes-throwing",
      /The URLconf 'broken\/includes-throwing' includes: .*throwing\.ts:1.*no database here/,
    ],
    ["broken/handler", "The 'handler404' of The URLconf 'broken/handler' is 5."],
    ["broken/not-a-pattern", "urlpatterns[0] of The URLconf 'broken/not-a-pattern' is not a URL pattern but a list."],
    ["", "ROOT_URLCONF is not set"],
  ])("a module that cannot be used is reported: %s", async (reference, message) => {
    await expect(prepareUrlconf(reference)).rejects.toThrow(message);
  });

  test("another ROOT_URLCONF is in force as long as it is set", async () => {
    await prepareUrlconf("site/polls");
    overrideSettings({ ROOT_URLCONF: "site/polls" }, () => {
      expect(resolve("/5/").urlName).toBe("detail");
    });
    await prepareUrlconf();
    expect(resolve("/").urlName).toBe("home");
  });
});

describe("views for errors", () => {
  const request = new HttpRequest(plainSource());

  test("are given by function or by reference", async () => {
    const resolver = await prepareUrlconf();
    expect(resolver.errorHandler(404)?.(request)).toMatchObject({ statusCode: 404, text: "own 404" });
    expect(resolver.errorHandler(500)?.(request)).toMatchObject({ statusCode: 500, text: "own 500" });
    expect(resolver.errorHandler(403)).toBeUndefined();
  });

  test("of a list of patterns there are none", () => {
    expect(getResolver([]).errorHandler(404)).toBeUndefined();
  });
});

describe("the URLconf in force", () => {
  const other = [path("other/", () => new HttpResponse(""), { name: "other" })];

  test("is that of the running request only", async () => {
    await prepareUrlconf();
    const [inside, outside] = await Promise.all([
      runInContext(async () => {
        setUrlconf(other);
        await Promise.resolve();
        return reverse("other");
      }),
      runInContext(async () => {
        await Promise.resolve();
        return getUrlconf();
      }),
    ]);
    expect([inside, outside]).toEqual(["/other/", null]);
  });

  test("goes back to ROOT_URLCONF with null", async () => {
    await prepareUrlconf();
    runInContext(() => {
      setUrlconf(other);
      setUrlconf(null);
      expect(reverse("home")).toBe("/");
    });
  });
});
