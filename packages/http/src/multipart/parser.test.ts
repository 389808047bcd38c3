import { readdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { configureSettings, overrideSettings } from "@tsgo/core/conf";
import { RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent } from "@tsgo/core/exceptions";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { MultiPartParserError } from "../exceptions.ts";
import { HttpRequest } from "../request.ts";
import { plainSource } from "../source.ts";
import { TemporaryUploadedFile, UploadHandler, type UploadInfo } from "../uploads/index.ts";
import type { UploadedFile } from "../uploads/uploaded-file.ts";

configureSettings({ ALLOWED_HOSTS: ["*"] });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tsgo-uploads-"));
});
afterEach(() => rm(folder, { recursive: true }));

const HEADERS = { "Content-Type": "multipart/form-data; boundary=BOUNDARY" };

function part(disposition: string, data: string | Uint8Array, headers: readonly string[] = []): Buffer {
  const head = [`Content-Disposition: form-data; ${disposition}`, ...headers].join("\r\n");
  return Buffer.concat([Buffer.from(`--BOUNDARY\r\n${head}\r\n\r\n`), Buffer.from(data), Buffer.from("\r\n")]);
}

function form(...parts: readonly Buffer[]): Buffer {
  return Buffer.concat([...parts, Buffer.from("--BOUNDARY--\r\n")]);
}

async function* inChunks(body: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < body.byteLength; start += size) yield body.subarray(start, start + size);
}

function post(body: Uint8Array | AsyncIterable<Uint8Array>): HttpRequest {
  return new HttpRequest(plainSource({ method: "POST", headers: HEADERS, body }));
}

async function firstFile(body: Uint8Array | AsyncIterable<Uint8Array>): Promise<UploadedFile | undefined> {
  return (await post(body).FILES).get("f");
}

/** Records what it is given, and keeps nothing. */
class Recorder extends UploadHandler {
  readonly infos: UploadInfo[] = [];
  readonly sizes: number[] = [];
  override newFile(info: UploadInfo): void {
    this.infos.push(info);
  }
  override receiveDataChunk(chunk: Uint8Array): Uint8Array {
    this.sizes.push(chunk.byteLength);
    return chunk;
  }
  override fileComplete(): undefined {
    return undefined;
  }
}

describe("a form with files", () => {
  const body = form(
    part('name="a"', "1"),
    part('name="f"; filename="x.txt"', "file\r\ndata", ["Content-Type: text/plain; charset=utf-8"]),
    part('name="a"', "2"),
  );

  test.each([1, 2, 7, 64, 100_000])("is the same in chunks of %i bytes", async (size) => {
    const request = post(inChunks(body, size));
    expect((await request.POST).getList("a")).toEqual(["1", "2"]);
    const file = (await request.FILES).get("f");
    expect([file?.name, file?.contentType, file?.charset, file?.size]).toEqual(["x.txt", "text/plain", "utf-8", 10]);
    expect(await file?.text()).toBe("file\r\ndata");
  });

  test("cannot be changed", async () => {
    await expect(post(body).POST.then((fields) => fields.set("a", "3"))).rejects.toThrow("immutable");
  });

  test("NODE-01: takes any name for fields and files", async () => {
    const names = ["__proto__", "constructor", "toString"];
    const request = post(
      form(...names.flatMap((name) => [part(`name="${name}"`, "1"), part(`name="${name}"; filename="x"`, "2")])),
    );
    expect([...(await request.POST).keys()]).toEqual(names);
    expect([...(await request.FILES).keys()]).toEqual(names);
    expect((await request.FILES).get("valueOf")).toBeUndefined();
    expect(Object.hasOwn(Object.prototype, "1")).toBe(false);
  });

  test("NODE-34: a name with broken escapes is a name", async () => {
    expect([...(await post(form(part('name="%E0%A4%A"', "1"), part('name="%"', "2"))).POST).keys()]).toEqual([
      "%E0%A4%A",
      "%",
    ]);
  });
});

describe("limits", () => {
  test("CVE-2023-24580: more files than are allowed are refused, and leave nothing behind", async () => {
    const parts = Array.from({ length: 101 }, (_, i) => part(`name="f${i}"; filename="x"`, "1"));
    const settings = { FILE_UPLOAD_TEMP_DIR: folder, FILE_UPLOAD_MAX_MEMORY_SIZE: 0 };
    await overrideSettings(settings, async () => {
      await expect(post(form(...parts)).FILES).rejects.toBeInstanceOf(TooManyFilesSent);
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test("CVE-2023-24580: files without a name count, and null is no limit", async () => {
    const nameless = Array.from({ length: 101 }, (_, i) => part(`name="f${i}"; filename=""`, ""));
    await expect(post(form(...nameless)).FILES).rejects.toBeInstanceOf(TooManyFilesSent);
    const many = Array.from({ length: 5000 }, (_, i) => part(`name="f${i}"; filename="x"`, "1"));
    await overrideSettings({ DATA_UPLOAD_MAX_NUMBER_FILES: null }, async () => {
      expect((await post(form(...many)).FILES).size).toBe(5000);
    });
  });

  test("count fields and their bytes, but not the bytes of files", async () => {
    await overrideSettings({ DATA_UPLOAD_MAX_MEMORY_SIZE: 20, DATA_UPLOAD_MAX_NUMBER_FIELDS: 2 }, async () => {
      const large = part('name="f"; filename="x"', "x".repeat(1000));
      expect((await post(form(part('name="a"', "1".repeat(17)), large)).FILES).size).toBe(1);
      await expect(post(form(part('name="a"', "1".repeat(18)))).POST).rejects.toBeInstanceOf(RequestDataTooBig);
      const three = [1, 2, 3].map((i) => part(`name="${i}"`, ""));
      await expect(post(form(...three)).POST).rejects.toBeInstanceOf(TooManyFieldsSent);
    });
  });

  test("hold a field without an end to what is allowed", async () => {
    let asked = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield part('name="a"', "");
      for (; asked < 1000; asked += 1) yield Buffer.alloc(65_536, "a");
    }
    await expect(post(endless()).POST).rejects.toBeInstanceOf(RequestDataTooBig);
    expect(asked).toBeLessThan(45);
  });
});

describe("base64", () => {
  const encoding = ["Content-Type: text/plain", "Content-Transfer-Encoding: base64"];
  const upload = (data: string | Uint8Array): Buffer => form(part('name="f"; filename="x"', data, encoding));

  test.each([1, 3, 1000])("is decoded, in chunks of %i bytes too", async (size) => {
    const data = Buffer.from(Array.from({ length: 3000 }, (_, i) => i % 256));
    const lines = data.toString("base64").replaceAll(/.{76}/g, "$&\r\n");
    const file = await firstFile(inChunks(upload(lines), size));
    expect(Buffer.compare(Buffer.from((await file?.read()) ?? []), data)).toBe(0);
  });

  test("CVE-2026-108147: a large file is decoded chunk by chunk, and ends in a temporary file", async () => {
    const recorder = new Recorder();
    const line = Buffer.alloc(65_536, "QUJD");
    async function* body(): AsyncGenerator<Uint8Array> {
      yield part('name="f"; filename="x"', "", encoding).subarray(0, -2);
      for (let i = 0; i < 1024; i += 1) yield line;
      yield Buffer.from("\r\n--BOUNDARY--\r\n");
    }
    await overrideSettings({ FILE_UPLOAD_TEMP_DIR: folder }, async () => {
      const request = post(body());
      const { defaultUploadHandlers } = await import("../uploads/handlers.ts");
      request.uploadHandlers = [recorder, ...(await defaultUploadHandlers(request))];
      const file = (await request.FILES).get("f");
      expect(file).toBeInstanceOf(TemporaryUploadedFile);
      expect(file?.size).toBe(48 * 1024 * 1024);
      let checked = 0;
      for await (const chunk of file ?? []) {
        const expected = Buffer.alloc(chunk.byteLength + 2, "ABC").subarray(
          checked % 3,
          (checked % 3) + chunk.byteLength,
        );
        expect(expected.equals(chunk)).toBe(true);
        checked += chunk.byteLength;
      }
      expect(checked).toBe(48 * 1024 * 1024);
      await request.close();
    });
    expect(Math.max(...recorder.sizes)).toBeLessThanOrEqual(recorder.chunkSize);
    expect(await readdir(folder)).toEqual([]);
  });

  test("CVE-2026-108147: one giant chunk is handed on in small ones", async () => {
    const recorder = new Recorder();
    const request = post(upload(Buffer.alloc(4_000_000, "QUJD")));
    request.uploadHandlers = [recorder];
    await request.FILES;
    expect(recorder.sizes.reduce((sum, size) => sum + size)).toBe(3_000_000);
    expect(Math.max(...recorder.sizes)).toBeLessThanOrEqual(recorder.chunkSize);
  });

  test("CVE-2026-33033: white space without end is passed over in linear work", async () => {
    const file = await firstFile(inChunks(upload(`AAA${" ".repeat(2_600_000)}A`), 4096));
    expect(await file?.read()).toEqual(Buffer.from([0, 0, 0]));
  });

  test.each(["!", "====", "AA=", "A", "QUJDQ", "="])(
    "CVE-2022-23833: the data %j ends with a file or with a bad request",
    async (data) => {
      const outcome = await firstFile(upload(data)).then(
        (file) => file !== undefined && file.size <= 3,
        (error: unknown) => error instanceof MultiPartParserError,
      );
      expect(outcome).toBe(true);
    },
  );

  test("CVE-2022-23833: data that breaks off in the middle of a group ends too", async () => {
    const cut = upload("QUJDREVG").subarray(0, -"EVG\r\n--BOUNDARY--\r\n".length);
    await expect(firstFile(cut)).rejects.toBeInstanceOf(MultiPartParserError);
  });
});

const sent = async (disposition: string): Promise<string[]> => {
  const recorder = new Recorder();
  const request = post(form(Buffer.from(`--BOUNDARY\r\nContent-Disposition: form-data; ${disposition}\r\n\r\nx\r\n`)));
  request.uploadHandlers = [recorder];
  await request.FILES;
  return recorder.infos.map(({ fileName }) => fileName);
};

describe("names of files", () => {
  test.each([
    ['filename="subdir/x.txt"', ["x.txt"]],
    [String.raw`filename="sub/dir\\x.txt"`, ["x.txt"]],
    ['filename="..&#x5C;x.txt"', ["x.txt"]],
    ['filename="%2e%2e%2fx.txt"', ["%2e%2e%2fx.txt"]],
    ["filename*=UTF-8''..%2Fx.txt", ["x.txt"]],
    ['filename="x.txt\0.png"', ["x.txt.png"]],
    ['filename="."', []],
    ['filename=".."', []],
    ['filename=""', []],
    ["filename*=UTF-8''a%0D%0Ab.txt", ["ab.txt"]],
  ])("CVE-2021-28658: %s reaches the handlers as a bare name or not at all", async (disposition, names) => {
    expect(await sent(`name="f"; ${disposition}`)).toEqual(names);
  });

  test.each([
    "../../hax0rd.txt",
    String.raw`..\\..\\hax0rd.txt`,
    String.raw`C:\\Windows\\hax0rd.txt`,
    String.raw`/tmp\\hax0rd.txt`,
    "..&#x2F;hax0rd.txt",
    "..&sol;hax0rd.txt",
  ])("CVE-2021-31542: %s arrives as hax0rd.txt", async (name) => {
    expect(await sent(`name="f"; filename="${name}"`)).toEqual(["hax0rd.txt"]);
  });
});

test("a content type without a usable boundary is a bad request", async () => {
  const request = new HttpRequest(
    plainSource({ method: "POST", headers: { "Content-Type": "multipart/form-data" }, body: "x" }),
  );
  await expect(request.POST).rejects.toBeInstanceOf(MultiPartParserError);
  await expect(request.FILES).rejects.toBeInstanceOf(MultiPartParserError);
});
