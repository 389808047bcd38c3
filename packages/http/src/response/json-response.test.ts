import { configureSettings } from "@tsgo/core/conf";
import { JsonEncodeError } from "@tsgo/utils/json";
import { expect, test } from "vitest";

import { JsonResponse } from "./json-response.ts";

configureSettings();

test("an object is sent as JSON", () => {
  const response = new JsonResponse({ a: [1, "é"], at: new Date(0) });
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(response.text).toBe('{"a":[1,"é"],"at":"1970-01-01T00:00:00Z"}');
});

test("something else at the top has to be asked for", () => {
  // @ts-expect-error -- the compiler says so too
  expect(() => new JsonResponse([1])).toThrow(TypeError);
  expect(new JsonResponse([1], { safe: false }).text).toBe("[1]");
  expect(new JsonResponse("x", { safe: false }).text).toBe('"x"');
});

test("another encoder, type, status and layout can be given", () => {
  expect(new JsonResponse({}, { encoder: () => "42", contentType: "a/b", status: 201 })).toMatchObject({
    text: "42",
    statusCode: 201,
  });
  expect(new JsonResponse({ a: 1 }, { indent: 2 }).text).toBe('{\n  "a": 1\n}');
  expect(new JsonResponse({}, { headers: { "content-type": "a/b" } }).headers.get("Content-Type")).toBe("a/b");
});

test("NODE-17: what JSON cannot say is an error that names the place", () => {
  expect(() => new JsonResponse({ a: { b: [1, NaN] } })).toThrow(JsonEncodeError);
  expect(() => new JsonResponse({ a: { b: [1, NaN] } })).toThrow('["a"]["b"][1]');
});
