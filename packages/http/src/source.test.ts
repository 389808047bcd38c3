import { configureSettings } from "@tsgo/core/conf";
import { describe, expect, test } from "vitest";

import { environSource } from "./environ-source.ts";
import { HttpRequest } from "./request.ts";
import { plainSource } from "./source.ts";

configureSettings({ ALLOWED_HOSTS: ["*"] });

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  for (const character of text) yield Buffer.from(character);
}

test("a plain source is a GET of / where nothing else is said", () => {
  const { method, path, scheme, META } = new HttpRequest(plainSource());
  expect([method, path, scheme, META["SERVER_PORT"]]).toEqual(["GET", "/", "http", "80"]);
  expect(plainSource({ secure: true }).serverPort).toBe(443);
  expect(plainSource({ headers: { Cookie: ["a=1", "b=2"] } }).header("cookie")).toBe("a=1; b=2");
});

describe("a source from CGI variables", () => {
  const environ = {
    REQUEST_METHOD: "POST",
    SCRIPT_NAME: "/app",
    PATH_INFO: Buffer.from("/é b?/%").toString("latin1"),
    QUERY_STRING: "x=1",
    SERVER_NAME: "example.com",
    SERVER_PORT: "8080",
    SERVER_PROTOCOL: "HTTP/1.0",
    REMOTE_ADDR: "10.0.0.1",
    REMOTE_USER: "alice",
    HTTPS: "on",
    CONTENT_TYPE: "application/x-www-form-urlencoded",
    CONTENT_LENGTH: "3",
    HTTP_X_FORWARDED_FOR: "1.2.3.4",
  };

  test("is a request like any other", async () => {
    const request = new HttpRequest(environSource(environ, bytes("a=1&b=2")));
    expect([request.path, request.pathInfo, request.GET.get("x")]).toEqual(["/app/é b?/%", "/é b?/%", "1"]);
    expect([request.scheme, request.getHost(), request.headers.get("x-forwarded-for")]).toEqual([
      "https",
      "example.com:8080",
      "1.2.3.4",
    ]);
    expect([request.META["REMOTE_USER"], request.META["SERVER_PROTOCOL"]]).toEqual(["alice", "HTTP/1.0"]);
    expect((await request.POST).urlencode()).toBe("a=1");
  });

  test.each(["", "0", "-1", "abc", "1e3", "0x10"])("has no body where CONTENT_LENGTH is %j", async (length) => {
    const request = new HttpRequest(environSource({ ...environ, CONTENT_LENGTH: length }, bytes("a=1")));
    expect(await request.body).toHaveLength(0);
  });
});
