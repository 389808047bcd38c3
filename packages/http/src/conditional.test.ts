import { configureSettings } from "@tsgo/core/conf";
import { expect, test } from "vitest";

import { getConditionalResponse, setResponseEtag } from "./conditional.ts";
import { HttpRequest } from "./request.ts";
import { HttpResponse, StreamingHttpResponse } from "./response/index.ts";
import { plainSource } from "./source.ts";

configureSettings();

const etag = '"a"';

function ask(headers: Record<string, string>, method = "GET", response = new HttpResponse("x")): HttpResponse {
  return getConditionalResponse(new HttpRequest(plainSource({ method, headers })), { etag, response });
}

test("what the client has already is not sent again, with the headers that describe it", () => {
  const response = new HttpResponse("x", { headers: { ETag: etag, "X-Other": "1" } });
  response.setCookie("a", "b");
  const answer = ask({ "If-None-Match": 'W/"a", "b"' }, "GET", response);
  expect([answer.statusCode, answer.headers.get("ETag"), answer.headers.has("X-Other")]).toEqual([304, etag, false]);
  expect(answer.cookies.has("a")).toBe(true);
});

test("what was changed meanwhile is not changed again", () => {
  expect(ask({ "If-Match": '"b"' }, "PUT").statusCode).toBe(412);
  expect(ask({ "If-None-Match": "*" }, "PUT").statusCode).toBe(412);
  expect(ask({ "If-Match": "*" }, "PUT").statusCode).toBe(200);
});

test("an answer that failed stays as it is", () => {
  const failed = new HttpResponse("", { status: 500 });
  expect(ask({ "If-None-Match": etag }, "GET", failed)).toBe(failed);
});

test("conditions that are broken are no conditions", () => {
  for (const text of ["%", "%FF", '"', 'W/"', "x".repeat(1000)])
    expect(ask({ "If-None-Match": text, "If-Modified-Since": text }).statusCode).toBe(200);
});

test("content has a tag, streams and nothing have none", () => {
  expect(setResponseEtag(new HttpResponse("x")).headers.get("ETag")).toBe('"9dd4e461268c8034f5c8564e155c67a6"');
  expect(setResponseEtag(new HttpResponse("")).headers.has("ETag")).toBe(false);
  expect(setResponseEtag(new StreamingHttpResponse("x")).headers.has("ETag")).toBe(false);
});
