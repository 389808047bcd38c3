import { EventEmitter, once } from "node:events";
import { type AddressInfo, type Socket, connect, createServer } from "node:net";
import { text } from "node:stream/consumers";

import { colorStyle } from "@tsgo/core/management";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { rawRequest, statusesOf } from "../testdata/raw-request.ts";
import { recordLog } from "../testdata/record-log.ts";
import { configureSite, serveSite } from "../testdata/site.ts";
import { PATIENCE } from "../testdata/patience.ts";
import { WSGIServer } from "./wsgi-server.ts";

beforeAll(() => configureSite());

let seen: { count: number };
let gates: Map<string, Promise<void>>;
beforeEach(async () => {
  const { importModule } = await import("@tsgo/core/loading");
  const site = await importModule("urls");
  seen = site["seen"] as typeof seen;
  gates = site["gates"] as typeof gates;
  seen.count = 0;
});

const SMUGGLED = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

function post(headers: readonly string[], body = ""): string {
  return `POST /body/ HTTP/1.1\r\nHost: localhost\r\n${headers.map((line) => `${line}\r\n`).join("")}\r\n${body}`;
}

describe("NODE-29: where a request ends is never a matter of opinion", () => {
  test.each([
    ["a length and chunks", post(["Content-Length: 4", "Transfer-Encoding: chunked"], `0\r\n\r\n${SMUGGLED}`)],
    ["two lengths", post(["Content-Length: 4", "Content-Length: 5"], `1234${SMUGGLED}`)],
    ["a length with a sign", post(["Content-Length: +5"], `12345${SMUGGLED}`)],
    ["a list of lengths", post(["Content-Length: 5, 5"], `12345${SMUGGLED}`)],
    ["a length in hexadecimal", post(["Content-Length: 0x5"], `12345${SMUGGLED}`)],
    ["a negative length", post(["Content-Length: -1"], SMUGGLED)],
    ["a length that no number holds", post(["Content-Length: 9007199254740993"], SMUGGLED)],
    ["a length that no machine holds", post(["Content-Length: 99999999999999999999999"], SMUGGLED)],
    ["an unknown encoding", post(["Transfer-Encoding: xchunked"], `0\r\n\r\n${SMUGGLED}`)],
    ["chunks that are not last", post(["Transfer-Encoding: chunked, identity"], `0\r\n\r\n${SMUGGLED}`)],
    ["an encoding with a control character", post(["Transfer-Encoding: chunked\u000B"], `0\r\n\r\n${SMUGGLED}`)],
    ["a folded header", post(["Content-Length:\r\n 5"], `12345${SMUGGLED}`)],
    ["a space before the colon", post(["Content-Length : 5"], `12345${SMUGGLED}`)],
    ["lines that end in LF", `POST /body/ HTTP/1.1\nHost: localhost\nContent-Length: 5\n\n12345${SMUGGLED}`],
    ["a chunk size with a prefix", post(["Transfer-Encoding: chunked"], `0x5\r\n12345\r\n0\r\n\r\n${SMUGGLED}`)],
    ["a negative chunk size", post(["Transfer-Encoding: chunked"], `-1\r\n12345\r\n0\r\n\r\n${SMUGGLED}`)],
    ["a chunk size with a space", post(["Transfer-Encoding: chunked"], `5 \r\n12345\r\n0\r\n\r\n${SMUGGLED}`)],
    [
      "a chunk size without end",
      post(["Transfer-Encoding: chunked"], `FFFFFFFFFFFFFFFF1\r\n12345\r\n0\r\n\r\n${SMUGGLED}`),
    ],
    ["a chunk extension with LF", post(["Transfer-Encoding: chunked"], `5;a\nb\r\n12345\r\n0\r\n\r\n${SMUGGLED}`)],
  ])("%s: 400 and the end", async (_name, bytes) => {
    recordLog();
    const port = await serveSite();
    const answer = await rawRequest(port, bytes, { keepOpen: true });
    expect(statusesOf(answer)).toEqual([400]);
    expect(seen.count).toBe(0);
  });
});

describe("what is no HTTP, or more of it than there should be", () => {
  test.each([
    ["noise", "\u0016\u0003\u0001\u0002\r\n\r\n", 400],
    ["no host", "GET / HTTP/1.1\r\n\r\n", 400],
    ["headers without end", `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${"a".repeat(20_000)}\r\n\r\n`, 431],
    ["CONNECT", "CONNECT evil.com:443 HTTP/1.1\r\nHost: evil.com\r\n\r\n", 405],
  ])("%s: an answer, at most one line in the log, and the server goes on", async (_name, bytes, status) => {
    const log = recordLog();
    const port = await serveSite();
    expect(statusesOf(await rawRequest(port, bytes, { keepOpen: true }))).toEqual([status]);
    expect(log.length).toBeLessThanOrEqual(1);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("hello");
  });

  test.each(["Upgrade: websocket\r\nConnection: Upgrade", "Expect: 100-continue"])(
    "NODE-32: %j is answered and not left hanging",
    async (header) => {
      recordLog();
      const port = await serveSite({ onePerConnection: true });
      const answer = await rawRequest(port, `GET / HTTP/1.1\r\nHost: localhost\r\n${header}\r\n\r\n`, {
        keepOpen: true,
      });
      expect(statusesOf(answer).at(-1)).toBe(200);
    },
  );

  test.each(["TRACE / HTTP/1.1", "OPTIONS * HTTP/1.1"])("NODE-32: %s gets an answer", async (line) => {
    recordLog();
    const port = await serveSite({ onePerConnection: true });
    expect(statusesOf(await rawRequest(port, `${line}\r\nHost: localhost\r\n\r\n`, { keepOpen: true }))).toHaveLength(
      1,
    );
  });

  test("NODE-37: clients that are reset at any moment leave the server as it was", async () => {
    recordLog();
    const port = await serveSite();
    for (const bytes of [
      "",
      "GET",
      "GET / HTTP/1.1\r\nHo",
      post(["Content-Length: 100"], "some"),
      "GET /endless/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ]) {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => undefined);
      socket.write(bytes);
      await new Promise((resolve) => socket.once("connect", resolve));
      socket.resetAndDestroy();
    }
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("hello");
  });
});

describe("the line in the terminal", () => {
  test("tells request, status and length of the body; a path cannot write lines of its own", async () => {
    recordLog();
    const lines: string[] = [];
    const port = await serveSite({ log: (line) => lines.push(line), onePerConnection: true });
    await fetch(`http://127.0.0.1:${port}/?page=2`);
    await rawRequest(port, "GET /nope%0D%0A%1B[2J HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await vi.waitFor(() => expect(lines).toHaveLength(2), PATIENCE);
    expect(lines[0]).toMatch(/^\[\d\d\/[A-Z][a-z]{2}\/\d{4} \d\d:\d\d:\d\d\] "GET \/\?page=2 HTTP\/1\.1" 200 5$/);
    expect(lines[1]).toMatch(/"GET \/nope%0D%0A.*" 404 9$/);
  });

  test("is coloured by the class of the status", async () => {
    recordLog();
    const lines: string[] = [];
    const port = await serveSite({ log: (line) => lines.push(line), style: colorStyle, onePerConnection: true });
    for (const path of ["/404/", "/500/", "/403/", "/status/304/"]) await fetch(`http://127.0.0.1:${port}${path}`);
    await vi.waitFor(() => expect(lines).toHaveLength(4), PATIENCE);
    expect(lines.map((line) => line.slice(0, 8))).toEqual([
      colorStyle.httpNotFound("x").slice(0, 5) + lines[0]?.slice(5, 8),
      colorStyle.httpServerError("x").slice(0, 7) + lines[1]?.slice(7, 8),
      colorStyle.httpBadRequest("x").slice(0, 7) + lines[2]?.slice(7, 8),
      colorStyle.httpNotModified("x").slice(0, 5) + lines[3]?.slice(5, 8),
    ]);
  });
});

test("without threading one request waits for the one before it", async () => {
  const port = await serveSite({ threading: false });
  const gate = new EventEmitter();
  gates.set(
    "slow",
    once(gate, "open").then(() => undefined),
  );
  const ended: string[] = [];
  const slow = fetch(`http://127.0.0.1:${port}/gated/?gate=slow`).then(() => ended.push("slow"));
  await vi.waitFor(async () => expect(await connections(port)).toBe(true), PATIENCE);
  const quick = fetch(`http://127.0.0.1:${port}/`).then(() => ended.push("quick"));
  await new Promise((resolve) => setImmediate(resolve));
  gate.emit("open");
  await Promise.all([slow, quick]);
  expect(ended).toEqual(["slow", "quick"]);
});

/** Whether the server accepts connections. */
function connections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
  });
}

test("answers who has connected when it closes, though the request comes only then", async () => {
  const happened: string[] = [];
  const server = new WSGIServer(
    (_request, reply) => {
      happened.push("asked");
      reply.end("answered");
    },
    { onePerConnection: true },
  );
  await using supervisor = createServer({ pauseOnConnect: true }).listen(0, "127.0.0.1");
  const accepted = new Promise<void>((resolve) => {
    supervisor.once("connection", (socket: Socket) => {
      server.accept(socket);
      resolve();
    });
  });
  await once(supervisor, "listening");
  const client = connect((supervisor.address() as AddressInfo).port, "127.0.0.1");
  await accepted;
  const closed = server.close().then(() => happened.push("closed"));
  client.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await closed;
  expect(happened).toEqual(["asked", "closed"]);
  expect(await text(client)).toContain("answered");
});

test("NODE-68: there is no path of the development server's own", async () => {
  recordLog();
  const port = await serveSite();
  for (const path of ["/__reload", "/__open-in-editor?file=/etc/passwd", "/@fs/etc/passwd", "/__source"]) {
    const answer = await rawRequest(
      port,
      `POST ${path} HTTP/1.1\r\nHost: evil.com\r\nOrigin: http://evil.com\r\nConnection: close\r\n\r\n`,
    );
    expect(statusesOf(answer)).toEqual([404]);
  }
});
