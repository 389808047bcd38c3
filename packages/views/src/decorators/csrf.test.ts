import { configureSettings } from "@tsgo/core/conf";
import { HttpRequest } from "@tsgo/http/request";
import { HttpResponse } from "@tsgo/http/response";
import { plainSource } from "@tsgo/http/source";
import { getToken } from "@tsgo/middleware/csrf";
import { beforeAll, describe, expect, test } from "vitest";

import { csrfExempt, csrfProtect, ensureCsrfCookie, requiresCsrfToken } from "./csrf.ts";

beforeAll(() => {
  configureSettings({
    ALLOWED_HOSTS: ["example.com"],
    TEMPLATES: [],
    CSRF_FAILURE_VIEW: "tsgo/views/csrf:csrfFailure",
  });
});

const request = (method: string): HttpRequest =>
  new HttpRequest(plainSource({ method, headers: { Host: "example.com" } }));
const hook = (_request: HttpRequest, { id }: { id: number }): HttpResponse => new HttpResponse(String(id));
const plainView = (_request: HttpRequest): HttpResponse => new HttpResponse("");
const tokenView = (made: HttpRequest): HttpResponse => new HttpResponse(getToken(made));

describe("decorators of the CSRF check", () => {
  test("exempt marks a copy of a view, under the view's name", () => {
    const exempt = csrfExempt(hook);
    expect(exempt.name).toBe("hook");
    expect(exempt).toHaveProperty("csrfExempt", true);
    expect(exempt(request("POST"), { id: 5 }).text).toBe("5");
    expect(hook).not.toHaveProperty("csrfExempt");
  });

  test("protect lets a GET pass with its cookie", () => {
    const response = csrfProtect(tokenView)(request("GET"));
    expect([response.statusCode, response.cookies.has("csrftoken")]).toEqual([200, true]);
  });

  test("ensure sends the cookie though nobody asked for a token, and checks nothing", () => {
    const response = ensureCsrfCookie(plainView)(request("POST"));
    expect([response.statusCode, response.cookies.has("csrftoken")]).toEqual([200, true]);
  });

  test("requires gives a token where the request was not checked", () => {
    expect(requiresCsrfToken(tokenView)(request("POST")).text).toMatch(/^[a-zA-Z0-9]{64}$/);
  });
});
