import { configureSettings } from "@tsgo/core/conf";
import { HttpResponse } from "@tsgo/http/response";
import { beforeAll, describe, expect, test } from "vitest";

import { IntConverter, registerConverter } from "./converters.ts";
import { Resolver404 } from "./exceptions.ts";
import { include } from "./include.ts";
import { path, rePath, routesUnder } from "./path.ts";
import { isValidPath, resolve } from "./resolve.ts";
import type { UrlEntry } from "./resolver/entry.ts";
import type { View } from "./view.ts";

declare module "@tsgo/urls" {
  interface Converters {
    month: number;
    faulty: string;
  }
}

class MonthConverter extends IntConverter {
  override readonly regex = "[0-9]{1,2}";
  override toPython(text: string): number {
    const month = super.toPython(text);
    if (month < 1 || month > 12) throw new RangeError(`There is no month ${month}`);
    return month;
  }
}

class FaultyConverter {
  readonly regex = ".*";
  toPython(): string {
    throw new Error("a mistake in the converter");
  }
  toUrl(): string {
    return "";
  }
}

const view: View = () => new HttpResponse("");
const first: View = () => new HttpResponse("1");
const second: View = () => new HttpResponse("2");

beforeAll(() => {
  configureSettings({ ROOT_URLCONF: "site/urls" });
  registerConverter(MonthConverter, "month");
  registerConverter(FaultyConverter, "faulty");
});

function tried(path: string, patterns: UrlEntry[]): string[] {
  try {
    resolve(path, patterns);
  } catch (error) {
    if (error instanceof Resolver404)
      return error.tried.map((entries) => entries.map(({ pattern }) => String(pattern)).join(" "));
    throw error;
  }
  return ["found"];
}

describe("resolving", () => {
  test("the first pattern that matches holds, whatever its beginning", () => {
    const patterns = [
      path("<slug:any>/", first),
      path("a/", second),
      path("b/c/", first),
      path("<slug:any>/c/", second),
      path("b/<slug:any>/", first),
      rePath("^(?:d|e)/$", second),
      path("bc/d/", second),
    ];
    expect(resolve("/a/", patterns).func).toBe(first);
    expect(resolve("/b/c/", patterns).route).toBe("b/c/");
    expect(resolve("/x/c/", patterns).route).toBe("<slug:any>/c/");
    expect(resolve("/b/x/", patterns).route).toBe("b/<slug:any>/");
    expect(resolve("/bc/d/", patterns).route).toBe("bc/d/");
  });

  test("a converter that refuses leaves the path to the next pattern", () => {
    const patterns = [path("<month:month>/", first), path("<slug:name>/", second)];
    expect(resolve("/12/", patterns).kwargs).toEqual({ month: 12 });
    expect(resolve("/13/", patterns).kwargs).toEqual({ name: "13" });
  });

  test("a converter that fails is not passed over", () => {
    expect(() => resolve("/x", [path("<faulty:x>", view)])).toThrow("a mistake in the converter");
  });

  test("an integer that a number cannot hold does not match", () => {
    const patterns = [path("<int:id>/", view)];
    expect(resolve("/9007199254740991/", patterns).kwargs).toEqual({ id: Number.MAX_SAFE_INTEGER });
    expect(isValidPath("/9007199254740993/", patterns)).toBe(false);
  });

  test("arguments come from includes too, and defaults before what was captured", () => {
    const { path: inner } = routesUnder<"<slug:tenant>/">();
    const patterns = [
      path("<slug:tenant>/", include([inner("<int:id>/", view, { kwargs: { id: "default", own: 1 } })]), {
        kwargs: { own: 2, outer: 3 },
      }),
    ];
    const match = resolve("/acme/5/", patterns);
    expect(match.kwargs).toEqual({ tenant: "acme", id: "default", own: 1, outer: 3 });
    expect(match.capturedKwargs).toEqual({ id: 5 });
    expect(match.extraKwargs).toEqual({ id: "default", own: 1, outer: 3 });
  });

  test("unnamed groups of includes come first, and only where nothing is named", () => {
    const patterns = [
      rePath("^a/(\\d)/", include([rePath("^(\\w)$", (_request, _kwargs, one) => new HttpResponse(one))])),
      rePath("^b/(\\d)/", include([rePath("^(?P<x>\\w)$", view)])),
    ];
    expect(resolve("/a/1/x", patterns).args).toEqual(["1", "x"]);
    expect(resolve("/b/1/x", patterns)).toMatchObject({ args: [], kwargs: { x: "x" } });
  });

  test("each match has keyword arguments of its own", () => {
    const patterns = [path("x/", view)];
    resolve("/x/", patterns).kwargs["added"] = true;
    expect(resolve("/x/", patterns).kwargs).toEqual({});
  });

  test("the view's own name stands where a pattern has none", () => {
    class DetailView {
      readonly template = "detail.html";
    }
    const ofClass = Object.assign((() => new HttpResponse("")) as View, { viewClass: DetailView });
    const patterns = [path("a/", first), path("b/", include([[path("", ofClass)], "shop"]))];
    expect(resolve("/a/", patterns).viewName).toBe("first");
    expect(resolve("/b/", patterns).viewName).toBe("shop:DetailView");
  });

  test("what was tried is listed with the includes around it, up to the match", () => {
    const patterns = [
      path("a/", view),
      path("b/", include([path("c/", view), path("<int:id>/", view)])),
      path("<path:rest>/x", view),
    ];
    expect(tried("/b/d/", patterns)).toEqual(["a/", "b/ c/", "b/ <int:id>/", "<path:rest>/x"]);
    expect(tried("no-slash-before-it", patterns)).toEqual([]);
    expect(resolve("/b/5/", patterns).tried.map((entries) => entries.length)).toEqual([1, 2, 2]);
  });
});

describe("parameters that may end in several places", () => {
  test.each([
    ["<slug:a>-<slug:b>/", "x-y-z/", { a: "x-y", b: "z" }],
    ["<str:a>.<str:b>.<str:c>", "a.b.c.d", { a: "a.b", b: "c", c: "d" }],
    ["<path:a>/x/<path:b>/y/<path:c>", "1/x/2/x/3/y/4/y/5", { a: "1/x/2", b: "3/y/4", c: "5" }],
    ["<str:a><int:b>", "v123", { a: "v12", b: 3 }],
    [
      "<slug:a>-<uuid:b>-<slug:c>",
      "a-8c3f1a52-0d4e-4b7a-9f11-2233445566aa-c",
      {
        a: "a",
        b: "8c3f1a52-0d4e-4b7a-9f11-2233445566aa",
        c: "c",
      },
    ],
  ])("are as long as the rest lets them be: %s", (route: string, text, kwargs) => {
    expect(resolve(`/${text}`, [path(route, view)]).kwargs).toEqual(kwargs);
  });

  test.each([
    ["<slug:a>-<slug:b>/", "x-y"],
    ["<slug:a>-<slug:b>/", "-/"],
    ["<str:a>.<str:b>", "a.b/c"],
    ["<path:a>x<path:b>", "axb\nc"],
  ])("do not match what the expression would not: %s, %j", (route: string, text) => {
    expect(isValidPath(`/${text}`, [path(route, view)])).toBe(false);
  });

  test("in an include they leave the rest to the patterns below", () => {
    const patterns = [path("<slug:a>-<slug:b>/", include([path("<int:id>/", view)]))];
    expect(resolve("/x-y-z/5/", patterns).kwargs).toEqual({ a: "x-y", b: "z", id: 5 });
  });
});
