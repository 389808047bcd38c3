import { configureSettings, overrideSettings } from "@tsgo/core/conf";
import { BadRequest, RequestDataTooBig } from "@tsgo/core/exceptions";
import { describe, expect, test } from "vitest";

import { RawPostDataException, UnreadablePostError } from "../exceptions.ts";
import { HttpRequest } from "../request.ts";
import { type PlainSourceOptions, plainSource } from "../source.ts";

configureSettings({ ALLOWED_HOSTS: ["*"], DATA_UPLOAD_MAX_MEMORY_SIZE: 2_621_440 });

function post(body: PlainSourceOptions["body"], headers: PlainSourceOptions["headers"] = {}): HttpRequest {
  return new HttpRequest(plainSource({ method: "POST", headers, body: body ?? null }));
}

/** A body of many chunks that counts how many were asked for. */
function countingBody(chunkSize: number, chunks: number): { asked: number } & AsyncIterable<Uint8Array> {
  const chunk = new Uint8Array(chunkSize).fill(0x61);
  const body = {
    asked: 0,
    async *[Symbol.asyncIterator]() {
      for (; body.asked < chunks; body.asked += 1) yield chunk;
    },
  };
  return body;
}

async function* broken(): AsyncGenerator<Uint8Array> {
  yield Buffer.from("a");
  throw new Error("ECONNRESET");
}

describe("the body", () => {
  test("can be asked for whole as often as one likes, in any form", async () => {
    const request = post("a=1", { "Content-Type": "application/x-www-form-urlencoded" });
    expect(Buffer.from(await request.body).toString()).toBe("a=1");
    expect((await request.POST).get("a")).toBe("1");
    expect(await request.body).toBe(await request.body);
  });

  test("is empty where there is none", async () => {
    expect(await post(null).body).toHaveLength(0);
  });

  test("can be streamed once, and not asked for whole afterwards", async () => {
    const request = post("abc");
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe("abc");
    await expect(request.body).rejects.toBeInstanceOf(RawPostDataException);
    await expect(request.stream()[Symbol.asyncIterator]().next()).rejects.toBeInstanceOf(RawPostDataException);
  });

  test("can be streamed after it was asked for whole", async () => {
    const request = post("abc");
    await request.body;
    for await (const chunk of request.stream()) expect(Buffer.from(chunk).toString()).toBe("abc");
  });

  test("CVE-2026-33034: without a Content-Length no more than the limit and one chunk is taken", async () => {
    const body = countingBody(65_536, 320);
    await expect(post(body).body).rejects.toBeInstanceOf(RequestDataTooBig);
    expect(body.asked).toBe(40);
  });

  test("CVE-2026-33034: a Content-Length that lies is not believed", async () => {
    const body = countingBody(65_536, 320);
    const form = { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": "10" };
    await expect(post(body, form).POST).rejects.toBeInstanceOf(RequestDataTooBig);
    expect(body.asked).toBe(40);
  });

  test("CVE-2026-33034: one that says too much is refused before a byte is read", async () => {
    const body = countingBody(10, 1);
    await expect(post(body, { "Content-Length": "2621441" }).body).rejects.toBeInstanceOf(RequestDataTooBig);
    expect(body.asked).toBe(0);
  });

  test("CVE-2026-33034: the limit is off where the setting is null", async () => {
    await overrideSettings({ DATA_UPLOAD_MAX_MEMORY_SIZE: null }, async () => {
      expect(await post(countingBody(65_536, 50)).body).toHaveLength(50 * 65_536);
    });
  });

  test("that breaks off is a bad request", async () => {
    await expect(post(broken()).body).rejects.toBeInstanceOf(UnreadablePostError);
    expect(new UnreadablePostError(undefined)).toBeInstanceOf(BadRequest);
  });

  test("that is too large is left open, for the server to read the rest away", async () => {
    const body = countingBody(65_536, 60);
    let returned = false;
    const steps = body[Symbol.asyncIterator]();
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: () => steps.next(),
        return: async () => {
          returned = true;
          return { done: true as const, value: undefined };
        },
      }),
    };
    await expect(post(source).body).rejects.toBeInstanceOf(RequestDataTooBig);
    expect(returned).toBe(false);
    expect((await steps.next()).done).toBe(false);
  });
});

describe("urlencoded forms", () => {
  test("are read for POST alone", async () => {
    const options = { headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: "a=1" };
    expect((await new HttpRequest(plainSource({ ...options, method: "PUT" })).POST).size).toBe(0);
  });

  test("in another character set than UTF-8 are refused", async () => {
    const type = { "Content-Type": "application/x-www-form-urlencoded; charset=latin-1" };
    await expect(post("a=1", type).POST).rejects.toBeInstanceOf(BadRequest);
  });
});

describe("JSON", () => {
  test("is read from the body", async () => {
    expect(await post('{"a": [1, "é"]}').json()).toEqual({ a: [1, "é"] });
  });

  test("NODE-02: a key __proto__ is a key, and nothing is polluted", async () => {
    const text = '{"__proto__":{"isStaff":true},"constructor":{"prototype":{"isStaff":true}},"a":1}';
    const data = await post(text).json<Record<string, unknown>>();
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
    expect(Object.keys(data)).toEqual(["__proto__", "constructor", "a"]);
    expect(JSON.stringify(data)).toBe(text);
    expect(({} as { isStaff?: unknown }).isStaff).toBeUndefined();
  });

  test.each([
    ["lists", "[".repeat(600_000) + "]".repeat(600_000)],
    ["objects", '{"a":'.repeat(300_000) + "1" + "}".repeat(300_000)],
    ["lists that nobody closes", "[".repeat(2_000_000)],
  ])("NODE-16: %s nested without end are a bad request", async (_what, text) => {
    await expect(post(text).json()).rejects.toBeInstanceOf(BadRequest);
  });

  test("NODE-16: brackets in strings are no nesting, huge numbers and many keys are values", async () => {
    expect(await post(`["${"[".repeat(1000)}", "\\"${"{".repeat(1000)}"]`).json()).toHaveLength(2);
    const numbers = await post(`[${"1e400,".repeat(300_000)}1]`).json<number[]>();
    expect([numbers.length, numbers[0]]).toEqual([300_001, Infinity]);
    const keys = Array.from({ length: 150_000 }, (_, i) => `"k${i}":${i}`).join(",");
    expect(Object.keys(await post(`{${keys}}`).json<object>())).toHaveLength(150_000);
  });

  test("NODE-16: what was accepted can be written again", async () => {
    const deep = "[".repeat(500) + "]".repeat(500);
    expect(JSON.stringify(await post(deep).json())).toBe(deep);
    await expect(post(`[${deep}]`).json()).rejects.toBeInstanceOf(BadRequest);
  });

  test.each([
    ["invalid UTF-8", Buffer.from([0x22, 0xff, 0x22])],
    ["nothing", Buffer.alloc(0)],
    ["no JSON", Buffer.from("{a:1}")],
  ])("NODE-16: %s is a bad request", async (_what, body) => {
    await expect(post(body).json()).rejects.toBeInstanceOf(BadRequest);
  });
});
