import { configureSettings } from "@tsgo/core/conf";
import { setProjectRoot } from "@tsgo/core/loading";
import { beforeAll, describe, expect, test } from "vitest";

import { Client, overrideSettings, RedirectCycleError, RequestFactory } from "../index.ts";

beforeAll(() => {
  setProjectRoot(import.meta.dirname);
  configureSettings({
    SECRET_KEY: "test",
    ROOT_URLCONF: "testdata/urls",
    USE_I18N: false,
    TEMPLATES: [{ BACKEND: "django", DIRS: [`${import.meta.dirname}/testdata/templates`] }],
  });
});

describe("a client", () => {
  test("asks for a page with a query and headers", async () => {
    const response = await new Client().get("/echo/?a=1", { query: { b: ["2", "3"] }, headers: { "X-Test": "yes" } });
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({ method: "GET", query: "a=1&b=2&b=3", header: "yes", host: "testserver" });
  });

  test("sends forms with files, and JSON", async () => {
    const client = new Client();
    const form = await client.post("/form/", { title: "x & y", tags: ["a", "b"], file: new File(["hello"], "a.txt") });
    expect(form.json()).toEqual({ title: "x & y", tags: ["a", "b"], file: "a.txt: hello" });
    const urlencoded = await client.post(
      "/form/",
      { title: "ä" },
      { contentType: "application/x-www-form-urlencoded" },
    );
    expect(urlencoded.json()).toMatchObject({ title: "ä" });
    expect((await client.put("/json/", { a: [1, null] })).json()).toEqual({ a: [1, null] });
    expect((await client.post("/json/", '{"b":2}', { contentType: "application/json" })).json()).toEqual({ b: 2 });
  });

  test("keeps the cookies that it is given until they are taken back", async () => {
    const client = new Client();
    await client.get("/cookie/?set=a%20b");
    expect((await client.get("/cookie/")).text).toBe("a b");
    await client.get("/cookie/?drop=1");
    expect((await client.get("/cookie/")).text).toBe("none");
  });

  test("follows redirects, keeping the method where it must", async () => {
    const client = new Client();
    const stopped = await client.get("/to/echo/");
    expect([stopped.statusCode, stopped.headers.get("Location")]).toEqual([302, "/echo/"]);
    const page = await client.post("/to/echo/", { a: 1 }, { follow: true });
    expect(page.redirectChain).toEqual([["/echo/", 302]]);
    expect(page.json()).toMatchObject({ method: "GET" });
    const again = await client.post("/again/", { title: "t" }, { follow: true });
    expect(again.redirectChain).toEqual([["/form/", 307]]);
    expect(again.json()).toMatchObject({ title: "t" });
  });

  test("stops where redirects lead round in a circle", async () => {
    await expect(new Client().get("/circle/", { follow: true })).rejects.toThrow(RedirectCycleError);
  });

  test("tells which templates made a page, and with which variables", async () => {
    const [one, two] = await Promise.all([new Client().get("/page/?name=one"), new Client().get("/page/?name=two")]);
    expect(one.text).toBe("<p>one</p>\n");
    expect(one.templates.map(({ name }) => name)).toContain("page.html");
    expect([one.context["name"], two.context["name"]]).toEqual(["one", "two"]);
    expect(one.resolverMatch?.urlName).toBe("page");
  });

  test("throws what a view throws, or shows what a visitor would see", async () => {
    await expect(new Client().get("/broken/")).rejects.toThrow("broken view");
    const response = await new Client({ raiseRequestException: false }).get("/broken/");
    expect(response.statusCode).toBe(500);
    expect(response.text).not.toContain("broken view");
    expect((await new Client().get("/nowhere/")).statusCode).toBe(404);
  });

  test("reads a streamed response to its end, and closes it", async () => {
    const response = await new Client().get("/stream/");
    expect(response.text).toBe("one two ");
    expect(response.response.closed).toBe(true);
  });

  test("sends no body for HEAD", async () => {
    const response = await new Client().head("/echo/");
    expect([response.statusCode, response.content.length]).toEqual([200, 0]);
  });

  test("needs no CSRF token, unless it is told to behave like a browser", async () => {
    await overrideSettings({ MIDDLEWARE: ["@tsgo/middleware/csrf:CsrfViewMiddleware"] }, async () => {
      expect((await new Client().post("/form/", { title: "t" })).statusCode).toBe(200);
      expect((await new Client({ enforceCsrfChecks: true }).post("/form/", { title: "t" })).statusCode).toBe(403);
    });
  });

  test("sees settings that a test overrides", async () => {
    const client = new Client();
    expect((await client.get("/echo/")).headers.get("X-Frame-Options")).toBeUndefined();
    await overrideSettings({ MIDDLEWARE: ["testdata/middleware:FrameMiddleware"] }, async () => {
      expect((await client.get("/echo/")).headers.get("X-Frame-Options")).toBe("DENY");
    });
    expect((await client.get("/echo/")).headers.get("X-Frame-Options")).toBeUndefined();
  });
});

describe("a request factory", () => {
  test("makes requests for views that are called directly", async () => {
    const request = new RequestFactory({ headers: { Accept: "text/html" } }).post(
      "/polls/?page=2",
      { choice: 3 },
      { secure: true },
    );
    expect([request.method, request.path, request.GET.get("page"), request.isSecure()]).toEqual([
      "POST",
      "/polls/",
      "2",
      true,
    ]);
    expect((await request.POST).get("choice")).toBe("3");
    expect(request.headers.get("accept")).toBe("text/html");
  });

  test("refuses a field without a value", () => {
    expect(() => new RequestFactory().post("/", { choice: null })).toThrow("The field 'choice' has no value");
  });
});
