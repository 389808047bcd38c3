import { MultipleObjectsReturned, ObjectDoesNotExist } from "@tsgo/core/exceptions";
import { configureSettings } from "@tsgo/core/conf";
import { Http404 } from "@tsgo/http/exceptions";
import { HttpRequest } from "@tsgo/http/request";
import { HttpResponse, isLogged } from "@tsgo/http/response";
import { plainSource } from "@tsgo/http/source";
import type { GetResponse } from "@tsgo/middleware";
import { NoReverseMatch, path, setUrlconf } from "@tsgo/urls";
import { beforeAll, describe, expect, test } from "vitest";

import { requireHttpMethods, requirePOST, requireSafe } from "../decorators/http.ts";
import { getListOr404, getObjectOr404, redirect } from "./index.ts";

const view = () => new HttpResponse("");

beforeAll(() => {
  configureSettings({ ROOT_URLCONF: "unused", USE_I18N: false });
  setUrlconf([path("polls/<int:questionId>/", view, { name: "detail" }), path("about/", view, { name: "about" })]);
});

describe("redirect", () => {
  test.each([
    ["the name of a view", () => redirect("detail", { args: [3] }), "/polls/3/"],
    ["a name with named arguments", () => redirect("detail", { kwargs: { questionId: 4 } }), "/polls/4/"],
    ["a view", () => redirect(view), "/about/"],
    ["an object with a URL", () => redirect({ getAbsoluteUrl: () => "/own/" }), "/own/"],
    ["a path", () => redirect("/somewhere/"), "/somewhere/"],
    ["a relative path", () => redirect("../up/"), "../up/"],
    ["a URL", () => redirect("https://example.com/"), "https://example.com/"],
  ])("to %s", (_name, make, location) => {
    const response = make();
    expect([response.statusCode, response.headers.get("Location")]).toEqual([302, location]);
  });

  test("for good, and with the same request again", () => {
    expect(redirect("/a/", { permanent: true }).statusCode).toBe(301);
    expect(redirect("/a/", { preserveRequest: true }).statusCode).toBe(307);
    expect(redirect("/a/", { permanent: true, preserveRequest: true }).statusCode).toBe(308);
  });

  test("refuses a name that is no view's and looks like no URL", () => {
    expect(() => redirect("detial")).toThrow(NoReverseMatch);
  });
});

/** A queryset of which nothing is known but how it answers. */
class Found {
  readonly model = { name: "Question" };
  readonly asked: unknown[] = [];
  readonly #rows: readonly unknown[];

  constructor(rows: readonly unknown[]) {
    this.#rows = rows;
  }

  async get(...conditions: unknown[]): Promise<unknown> {
    this.asked.push(...conditions);
    if (this.#rows.length === 0) throw new ObjectDoesNotExist("Question matching query does not exist.");
    if (this.#rows.length > 1) throw new MultipleObjectsReturned("2");
    return this.#rows[0];
  }

  async filter(...conditions: unknown[]): Promise<unknown[]> {
    this.asked.push(...conditions);
    return [...this.#rows];
  }
}

// What the compiler makes of them is another test's subject.
type Untyped = (source: unknown, ...conditions: unknown[]) => Promise<unknown>;
const getObject = getObjectOr404 as unknown as Untyped;
const getList = getListOr404 as unknown as Untyped;

describe("getObjectOr404 and getListOr404", () => {
  test("give what there is, to a model as to a queryset", async () => {
    expect(await getObject(new Found(["row"]), { pk: 1 })).toBe("row");
    expect(await getObject({ objects: new Found(["row"]) }, { pk: 1 })).toBe("row");
    expect(await getList(new Found(["a", "b"]), { pk: 1 })).toEqual(["a", "b"]);
  });

  test("end in a 404 that names the model where there is nothing", async () => {
    await expect(getObject(new Found([]), { pk: 1 })).rejects.toThrow(
      new Http404("No Question matches the given query."),
    );
    await expect(getList(new Found([]), { pk: 1 })).rejects.toThrow(
      new Http404("No Question matches the given query."),
    );
  });

  test("let every other error through", async () => {
    await expect(getObject(new Found(["a", "b"]), { pk: 1 })).rejects.toThrow(MultipleObjectsReturned);
    await expect(getObject("Question", {})).rejects.toThrow(/takes a model, a manager or a queryset|Cannot use/);
  });
});

async function status(guarded: GetResponse, method: string): Promise<number> {
  return (await guarded(new HttpRequest(plainSource({ method })))).statusCode;
}

describe("views that answer some methods only", () => {
  test("answer these, and 405 with the list of them to all others", async () => {
    expect([await status(requireSafe(view), "HEAD"), await status(requireSafe(view), "POST")]).toEqual([200, 405]);
    expect([await status(requirePOST(view), "POST"), await status(requirePOST(view), "GET")]).toEqual([200, 405]);
    const refused = await requireHttpMethods(["GET", "PUT"])(view)(new HttpRequest(plainSource({ method: "DELETE" })));
    expect(refused.headers.get("Allow")).toBe("GET, PUT");
    expect(isLogged(refused)).toBe(true);
  });
});
