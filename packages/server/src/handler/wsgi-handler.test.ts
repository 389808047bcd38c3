import { overrideSettings } from "@tsgo/core/conf";
import { gotRequestException, requestFinished, requestStarted } from "@tsgo/core/server-signals";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import { recordLog } from "../testdata/record-log.ts";
import { configureSite, makeSite } from "../testdata/site.ts";
import type { WSGIApplication } from "../wsgi/application.ts";

beforeAll(() => configureSite());

let site: WSGIApplication;
beforeEach(async () => {
  site = await makeSite();
});

const get = (path: string, init?: RequestInit) => site.fetch(new Request(`http://localhost${path}`, init));

async function answer(path: string, init?: RequestInit): Promise<[status: number, text: string]> {
  const response = await get(path, init);
  return [response.status, await response.text()];
}

describe("what is thrown becomes a response", () => {
  test.each([
    ["/nowhere/", 404],
    ["/404/", 404],
    ["/403/", 403],
    ["/suspicious/", 400],
    ["/500/", 500],
    ["/async-500/", 500],
    ["/nothing/", 500],
  ])("%s: %i, a plain page and one line in the log", async (path, status) => {
    const log = recordLog();
    expect(await answer(path)).toEqual([status, `plain ${status}`]);
    expect(log).toHaveLength(1);
  });

  test("what the log tells of already is not told again", async () => {
    const log = recordLog();
    expect(await answer("/logged/")).toEqual([403, "refused"]);
    expect(log).toHaveLength(0);
  });

  test("a refused host, a body that is too large", async () => {
    recordLog();
    expect((await get("/host/", { headers: { Host: "evil.com" } })).status).toBe(400);
    await overrideSettings({ DATA_UPLOAD_MAX_MEMORY_SIZE: 10 }, async () => {
      expect((await get("/body/", { method: "POST", body: "x".repeat(11) })).status).toBe(400);
      expect(await answer("/body/", { method: "POST", body: "x".repeat(10) })).toEqual([200, "10 bytes"]);
    });
  });

  test("with DEBUG the developer is shown what it was, but for a 403", async () => {
    recordLog();
    await overrideSettings({ DEBUG: true }, async () => {
      expect(await answer("/500/")).toEqual([500, "details: TypeError: secret detail"]);
      expect(await answer("/404/")).toEqual([404, "details: Http404: no such thing"]);
      expect(await answer("/403/")).toEqual([403, "plain 403"]);
    });
  });

  test("an error of the site is announced, what a client did is not", async () => {
    recordLog();
    const announced: unknown[] = [];
    const disconnect = gotRequestException.connect(({ error }) => announced.push(error));
    await get("/404/");
    await get("/500/");
    disconnect();
    expect(announced).toEqual([new TypeError("secret detail")]);
  });

  test("NODE-38: whatever is thrown", async () => {
    const log = recordLog();
    for (const what of ["null", "undefined", "text", "frozen", "bare"])
      expect(await answer(`/thrown/?what=${what}`)).toEqual([500, "plain 500"]);
    expect(log.every(({ fields }) => fields.error instanceof Error)).toBe(true);
    expect(log).toHaveLength(5);
  });

  test("NODE-36: views that fail do not disturb others that are under way", async () => {
    recordLog();
    const answers = await Promise.all([
      answer("/gated/?gate=none"),
      answer("/async-500/"),
      answer("/500/"),
      answer("/"),
    ]);
    expect(answers.map(([status]) => status)).toEqual([200, 500, 500, 200]);
  });

  test("CVE-2025-48432: what stands in a path or an error cannot write lines of the log", async () => {
    const log = recordLog();
    await get('/nope%0D%0A[22/Nov] "GET /admin" 200%1B[2J%07%C2%85%E2%80%A8');
    await get("/suspicious/");
    await get("/403/");
    expect(log).toHaveLength(3);
    for (const { message } of log) {
      // oxlint-disable-next-line no-control-regex -- these are what must not be there
      expect(message).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028]/);
      expect(message).not.toBe("");
    }
  });

  test("a suspicious request is logged under the name of what it did", async () => {
    const log = recordLog();
    await get("/suspicious/");
    await get("/host/", { headers: { Host: "evil.com" } });
    expect(log.map(({ name }) => name)).toEqual(["tsgo.security.SuspiciousOperation", "tsgo.security.DisallowedHost"]);
  });
});

test("each request is announced when it begins and when it has ended", async () => {
  const events: string[] = [];
  const disconnect = [
    requestStarted.connect(() => events.push("started")),
    requestFinished.connect(() => events.push("finished")),
  ];
  await (await get("/")).text();
  for (const undo of disconnect) undo();
  expect(events).toEqual(["started", "finished"]);
});

test("what needs no promise is answered without one", async () => {
  let sent = false;
  const { plainSource } = await import("@tsgo/http/source");
  const result = site.handle(plainSource({ headers: { Host: "localhost" } }), () => {
    sent = true;
  });
  expect([sent, result]).toEqual([true, undefined]);
});

describe("NODE-34: broken escapes", () => {
  test.each(["%", "%zz", "%E0%A4%A", "%FF", "%u0041", "%ud800", "%".repeat(65_536)])("%#", async (escape) => {
    const log = recordLog();
    const { plainSource } = await import("@tsgo/http/source");
    const statuses: number[] = [];
    for (const target of [`/any/${escape}`, `/nowhere/${escape}`, `/?q=${escape}`])
      await site.handle(
        plainSource({ target, headers: { Host: "localhost", Cookie: `a=${escape}`, Referer: escape } }),
        (response) => {
          statuses.push(response.statusCode);
        },
      );
    expect(statuses.every((status) => [200, 400, 404].includes(status))).toBe(true);
    expect(log.filter(({ level }) => level === "ERROR")).toEqual([]);
  });
});

test("CVE-2026-33034: a body without a length, or with a wrong one, is measured as it comes", async () => {
  recordLog();
  let given = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      given += 65_536;
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  const init = { method: "POST", body: endless, duplex: "half", headers: { "Content-Length": "10" } } as RequestInit;
  await overrideSettings({ DATA_UPLOAD_MAX_MEMORY_SIZE: 200_000 }, async () => {
    expect((await get("/body/", init)).status).toBe(400);
  });
  expect(given).toBeLessThan(200_000 + 4 * 65_536);
});

test("CVE-2025-14550: very many lines of one header are joined or refused, in linear work", async () => {
  const { plainSource } = await import("@tsgo/http/source");
  const headers = { Host: "localhost", "X-A": Array.from({ length: 20_000 }, () => "1") };
  const bodies: string[] = [];
  await site.handle(plainSource({ target: "/meta/", headers }), (response) => {
    bodies.push(new TextDecoder().decode((response as unknown as { content: Uint8Array }).content));
  });
  const { meta } = JSON.parse(bodies[0] ?? "") as { meta: Record<string, string> };
  expect(meta["HTTP_X_A"]?.split(", ")).toHaveLength(20_000);
});

test.each(["Host", "Content-Length", "Content-Type", "Authorization"])(
  "CVE-2025-14550: %s given twice is refused",
  async (name) => {
    recordLog();
    const { plainSource } = await import("@tsgo/http/source");
    const statuses: number[] = [];
    const value = name === "Host" ? "localhost" : "1";
    await site.handle(
      plainSource({ headers: { ...(name !== "Host" && { Host: "localhost" }), [name]: [value, value] } }),
      (response) => {
        statuses.push(response.statusCode);
      },
    );
    expect(statuses).toEqual([400]);
  },
);
