import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { once } from "node:events";

import { beforeAll, describe, expect, test, vi } from "vitest";

import { rawRequest, readResponses, statusesOf } from "../testdata/raw-request.ts";
import { recordLog } from "../testdata/record-log.ts";
import { configureSite, makeSite, serveByNode } from "../testdata/site.ts";
import { PATIENCE } from "../testdata/patience.ts";

beforeAll(() => configureSite());

// The views note what happened in the copy of the module that the site loaded.
async function notes() {
  const { importModule } = await import("@tsgo/core/loading");
  return (await importModule("urls"))["seen"] as { count: number; closed: number; chunks: number };
}

function lines(...all: string[]): string {
  return `${all.join("\r\n")}\r\n\r\n`;
}

function ask(target: string): string {
  return lines(`GET ${target} HTTP/1.1`, "Host: localhost");
}

describe("node:http", () => {
  test("serves the application", async () => {
    const { port } = await serveByNode();
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect([response.status, response.headers.get("content-length"), await response.text()]).toEqual([
      200,
      "5",
      "hello",
    ]);
  });

  test("answers on a connection that is kept alive, a body that nobody read included", async () => {
    const { port } = await serveByNode();
    const post = lines("POST / HTTP/1.1", "Host: localhost", "Content-Length: 5") + "12345";
    const answer = await rawRequest(
      port,
      post + post + lines("GET /body/ HTTP/1.1", "Host: localhost", "Connection: close"),
    );
    expect(statusesOf(answer)).toEqual([200, 200, 200]);
    expect(answer.endsWith("0 bytes")).toBe(true);
  });

  test("sends no body for HEAD, 204 and 304", async () => {
    const { port } = await serveByNode();

    const answer = await rawRequest(
      port,
      lines("HEAD / HTTP/1.1", "Host: localhost") +
        ask("/status/204/") +
        ask("/status/304/") +
        lines("GET / HTTP/1.1", "Host: localhost", "Connection: close"),
    );
    expect(statusesOf(answer)).toEqual([200, 204, 304, 200]);
    expect(answer.match(/a body|hello/g)).toEqual(["hello"]);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n(?:.+\r\n)*Content-Length: 5\r\n/);
    expect(answer).not.toMatch(/HTTP\/1\.1 204[^]*?Content-Length[^]*?HTTP\/1\.1 304/);
  });
});

describe("NODE-31: what a view says of its body cannot shift the next response", () => {
  test.each(["/too-short/", "/too-long/", "/hop/", "/status/204/", "/status/304/", "/status/101/"])(
    "%s",
    async (path) => {
      const log = recordLog();
      const { port } = await serveByNode();
      const answer = await rawRequest(
        port,
        ask(path) + ask("/") + lines("GET / HTTP/1.1", "Host: localhost", "Connection: close"),
      );
      const responses = readResponses(answer);
      expect(responses).toHaveLength(3);
      expect(responses.slice(1)).toEqual([
        { status: 200, body: "hello" },
        { status: 200, body: "hello" },
      ]);
      // A body where none may be is simply left out; the rest is worth a line.
      expect(log).toHaveLength(/20|30/.test(path) ? 0 : 1);
    },
  );

  test.each(["2", "4000"])("a stream that announces %s bytes and has 5 closes the connection", async (length) => {
    const log = recordLog();
    const { port } = await serveByNode();
    const answer = await rawRequest(port, ask(`/streamed-lie/?length=${length}`) + ask("/"), { keepOpen: true });
    expect(statusesOf(answer).length).toBeLessThanOrEqual(1);
    expect(answer).not.toContain("hello");
    expect(log).toHaveLength(1);
  });

  test("a stream that fails is cut, so that its client knows", async () => {
    const log = recordLog();
    const { port } = await serveByNode();
    const response = await fetch(`http://127.0.0.1:${port}/failing-stream/`);
    await expect(response.text()).rejects.toThrow("terminated");
    expect(log.map(({ fields }) => (fields.error as Error).message)).toEqual(["stream broke"]);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("hello");
  });
});

describe("NODE-32: a client that is slow, or gone", () => {
  test("a stream waits for its reader, and ends with it", async () => {
    const { port } = await serveByNode();
    const seen = await notes();
    const before = { ...seen };
    const socket = connect(port, "127.0.0.1");
    socket.write(lines("GET /endless/ HTTP/1.1", "Host: localhost"));
    await once(socket, "readable");
    // What two sockets can hold is some megabytes at most; an endless stream that does not wait has no end.
    let last = -1;
    await vi.waitFor(() => {
      const steady = seen.chunks === last;
      last = seen.chunks;
      expect(steady).toBe(true);
    }, PATIENCE);
    expect(seen.chunks - before.chunks).toBeLessThan(2000);
    socket.destroy();
    await vi.waitFor(() => expect(seen.closed).toBe(before.closed + 1), PATIENCE);
  });

  test("a stream that waits for something of its own is closed when its client leaves", async () => {
    const { port } = await serveByNode();
    const seen = await notes();
    const before = seen.closed;
    const socket = connect(port, "127.0.0.1");
    socket.write(lines("GET /silent/ HTTP/1.1", "Host: localhost"));
    await once(socket, "data");
    socket.destroy();
    await vi.waitFor(() => expect(seen.closed).toBe(before + 1), PATIENCE);
  });

  test("100 pipelined requests are answered one after the other", async () => {
    const { port } = await serveByNode();
    const answer = await rawRequest(
      port,
      ask("/").repeat(99) + lines("GET / HTTP/1.1", "Host: localhost", "Connection: close"),
    );
    expect(statusesOf(answer)).toEqual(Array.from({ length: 100 }, () => 200));
  });

  test("an upload that breaks off is no error of the site", async () => {
    const log = recordLog();
    const { port } = await serveByNode();
    const request = httpRequest({
      port,
      host: "127.0.0.1",
      path: "/body/",
      method: "POST",
      headers: { "Content-Length": "1000" },
    });
    request.on("error", () => undefined);
    request.write("some");
    await once(request, "socket");
    setImmediate(() => request.destroy());
    await vi.waitFor(
      async () => expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("hello"),
      PATIENCE,
    );
    expect(log.filter(({ level }) => level === "ERROR")).toEqual([]);
  });
});

describe("spoofed headers", () => {
  const hostile = {
    X_Forwarded_Proto: "https",
    X_Auth_User: "root",
    REMOTE_USER: "root",
    "X-Auth_User": "root",
    "X_AUTH-USER": "root",
    Proxy: "http://evil:8080",
  };
  type Seen = { meta: Record<string, string>; headers: Record<string, string>; secure: boolean };

  function spoofed({ meta, headers }: Seen): string[] {
    const variables = Object.keys(meta).filter((name) => /AUTH_USER|REMOTE_USER|X_FORWARDED|HTTP_PROXY/.test(name));
    return [...variables, ...Object.keys(headers).filter((name) => name.includes("_"))];
  }

  test("CVE-2026-3902, CVE-2015-0219, NODE-53: names with underscores, and Proxy, are dropped by http", async () => {
    const { port } = await serveByNode();
    const head = Object.entries(hostile).map(([name, value]) => `${name}: ${value}`);
    const answer = await rawRequest(
      port,
      lines("GET /meta/ HTTP/1.1", "Host: localhost", ...head, "Connection: close"),
    );
    const seen = JSON.parse(answer.slice(answer.indexOf("\r\n\r\n"))) as Seen;
    expect([spoofed(seen), seen.secure]).toEqual([[], false]);
  });

  test("CVE-2026-3902, NODE-53: and by fetch; the genuine spelling stays", async () => {
    const site = await makeSite();
    const response = await site.fetch(
      new Request("http://localhost/meta/", { headers: { ...hostile, "X-Real-Name": "me" } }),
    );
    const seen = (await response.json()) as Seen;
    expect([spoofed(seen), seen.secure]).toEqual([[], false]);
    expect(seen.meta["HTTP_X_REAL_NAME"]).toBe("me");
  });
});

describe("fetch", () => {
  test("streams, and closes the response when the reader gives up", async () => {
    const site = await makeSite();
    const seen = await notes();
    const before = seen.closed;
    const response = await site.fetch(new Request("http://localhost/endless/"));
    const reader = response.body?.getReader();
    expect((await reader?.read())?.value).toHaveLength(16_384);
    await reader?.cancel();
    await vi.waitFor(() => expect(seen.closed).toBe(before + 1), PATIENCE);
  });

  test("has no body for HEAD, 204 and 304, and refuses an interim status", async () => {
    recordLog();
    const site = await makeSite();
    const fetchPath = (path: string, method = "GET") => site.fetch(new Request(`http://localhost${path}`, { method }));
    expect(await (await fetchPath("/", "HEAD")).text()).toBe("");
    expect((await fetchPath("/status/204/")).body).toBeNull();
    expect((await fetchPath("/status/304/")).status).toBe(304);
    await expect(fetchPath("/status/101/")).rejects.toThrow("status 101");
  });
});

test("NODE-54: no context outlives its request", async () => {
  const { contextVar } = await import("@tsgo/core/context");
  const language = contextVar<string>("test.language");
  const site = await makeSite();
  const seen: (string | undefined)[] = [];
  await Promise.all(
    Array.from({ length: 50 }, async () => (await site.fetch(new Request("http://localhost/gated/"))).text()),
  );
  setImmediate(() => seen.push(language.get()));
  await vi.waitFor(() => expect(seen).toEqual([undefined]), PATIENCE);
});
