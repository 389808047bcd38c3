import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { configureSettings, overrideSettings } from "@tsgo/core/conf";
import { ImproperlyConfigured, SuspiciousFileOperation } from "@tsgo/core/exceptions";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { MultiPartParserError, UnreadablePostError } from "../exceptions.ts";
import { HttpRequest } from "../request.ts";
import { plainSource } from "../source.ts";
import {
  InMemoryUploadedFile,
  SkipFile,
  StopFutureHandlers,
  StopUpload,
  TemporaryUploadedFile,
  UploadHandler,
} from "./index.ts";

configureSettings({ ALLOWED_HOSTS: ["*"] });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tsgo-uploads-"));
});
afterEach(() => rm(folder, { recursive: true }));

const MIB = 1024 * 1024;
const FILE_HEAD = '--B\r\nContent-Disposition: form-data; name="f"; filename="x.bin"\r\nContent-Type: a/b\r\n\r\n';

async function* upload(bytes: number, end = "\r\n--B--\r\n"): AsyncGenerator<Uint8Array> {
  yield Buffer.from(FILE_HEAD);
  for (let left = bytes; left > 0; left -= 65_536) yield Buffer.alloc(Math.min(left, 65_536), "x");
  yield Buffer.from(end);
}

function post(body: AsyncIterable<Uint8Array>, headers: Record<string, string> = {}): HttpRequest {
  const type = { "Content-Type": "multipart/form-data; boundary=B" };
  return new HttpRequest(plainSource({ method: "POST", headers: { ...type, ...headers }, body }));
}

function inFolder<R>(run: () => Promise<R>): Promise<R> {
  return overrideSettings({ FILE_UPLOAD_TEMP_DIR: folder }, run);
}

describe("where a file waits", () => {
  test("is memory up to FILE_UPLOAD_MAX_MEMORY_SIZE, and the disk beyond", () =>
    inFolder(async () => {
      const small = (await post(upload(2_621_440)).FILES).get("f");
      expect(small).toBeInstanceOf(InMemoryUploadedFile);
      expect(small?.size).toBe(2_621_440);
      const large = post(upload(2_621_441));
      const file = (await large.FILES).get("f");
      expect(file).toBeInstanceOf(TemporaryUploadedFile);
      expect([file?.size, (await file?.read())?.byteLength]).toEqual([2_621_441, 2_621_441]);
      await large.close();
    }));

  test.each([{}, { "Content-Length": "100" }])(
    "CVE-2026-5766: depends on what arrives, not on Content-Length (%j)",
    (headers) =>
      inFolder(async () => {
        const request = post(upload(10 * MIB), headers);
        const file = (await request.FILES).get("f");
        expect(file).toBeInstanceOf(TemporaryUploadedFile);
        expect((file as TemporaryUploadedFile).temporaryFilePath()).toContain(folder);
        await request.close();
      }),
  );

  test("can be chosen with FILE_UPLOAD_HANDLERS, and what is no handler is named", () =>
    inFolder(async () => {
      const temporary = "tsgo/files/uploadhandler:TemporaryFileUploadHandler";
      await overrideSettings({ FILE_UPLOAD_HANDLERS: [temporary] }, async () => {
        const request = post(upload(0));
        const file = (await request.FILES).get("f");
        expect(file).toBeInstanceOf(TemporaryUploadedFile);
        expect(await file?.read()).toHaveLength(0);
        await request.close();
      });
      await overrideSettings({ FILE_UPLOAD_HANDLERS: ["node:path:join"] }, async () => {
        await expect(post(upload(1)).FILES).rejects.toBeInstanceOf(ImproperlyConfigured);
      });
    }));
});

describe("temporary files", () => {
  test("NODE-57: are for their owner alone, and are gone with the request", () =>
    inFolder(async () => {
      const request = post(upload(5 * MIB));
      expect(request.hasOpenFiles).toBe(false);
      await request.FILES;
      expect(request.hasOpenFiles).toBe(true);
      const [name = ""] = await readdir(folder);
      expect(name).toMatch(/^[0-9a-f]{32}\.upload$/);
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
      await request.close();
      expect(await readdir(folder)).toEqual([]);
    }));

  test("NODE-57: are gone when a later part cannot be parsed", () =>
    inFolder(async () => {
      const bad =
        '\r\n--B\r\nContent-Disposition: form-data; name="g"; filename="y"\r\nContent-Transfer-Encoding: base64\r\n\r\nA\r\n--B--\r\n';
      await expect(post(upload(5 * MIB, bad)).FILES).rejects.toBeInstanceOf(MultiPartParserError);
      expect(await readdir(folder)).toEqual([]);
    }));

  test("NODE-57: are gone when the client goes away in the middle of one", () =>
    inFolder(async () => {
      async function* aborted(): AsyncGenerator<Uint8Array> {
        yield* upload(5 * MIB, "");
        expect(await readdir(folder)).toHaveLength(1);
        throw new Error("aborted");
      }
      await expect(post(aborted()).FILES).rejects.toBeInstanceOf(UnreadablePostError);
      expect(await readdir(folder)).toEqual([]);
    }));

  test("NODE-57: are not made for a form that nobody reads", () =>
    inFolder(async () => {
      const request = post(upload(5 * MIB));
      await request.close();
      expect(await readdir(folder)).toEqual([]);
    }));

  test("NODE-57: are gone when the process ends in the middle", async () => {
    const script = join(folder, "upload.mts");
    const [temporary, handler] = ["./temporary.ts", "./handler.ts"].map((file) => new URL(file, import.meta.url).href);
    await writeFile(
      script,
      `import { TemporaryFileUploadHandler } from ${JSON.stringify(temporary)};
       import ${JSON.stringify(handler)};
       import { readdirSync } from "node:fs";
       const folder = ${JSON.stringify(join(folder))};
       const upload = new TemporaryFileUploadHandler(folder);
       upload.newFile({ fieldName: "f", fileName: "x", contentType: "", charset: undefined, contentTypeExtra: new Map() });
       await upload.receiveDataChunk(Buffer.alloc(10), 0);
       console.log(readdirSync(folder).filter((name) => name.endsWith(".upload")).length);
       process.on("SIGTERM", () => process.exit(0));
       process.kill(process.pid, "SIGTERM");
       setInterval(() => {}, 1000);`,
    );
    const run = promisify(execFile);
    const options = ["--conditions=@tsgo/source", "--import", import.meta.resolve("tsx"), script];
    expect((await run(process.execPath, options)).stdout.trim()).toBe("1");
    expect(await readdir(folder)).toEqual(["upload.mts"]);
  });

  test("NODE-57: never follow a link that somebody planted", async () => {
    // Names are random, so no link can be planted under one; what is opened is opened exclusively all the same.
    const { createTemporary } = await import("./temporary.ts");
    const secret = join(folder, "secret");
    await writeFile(secret, "kept");
    await symlink(secret, join(folder, "guessed.upload"));
    await expect(createTemporary(folder, "guessed")).rejects.toMatchObject({ code: "EEXIST" });
    expect(await readFile(secret, "utf8")).toBe("kept");
  });

  test("can be moved away by whoever wants to keep them", () =>
    inFolder(async () => {
      const request = post(upload(5 * MIB));
      const file = (await request.FILES).get("f") as TemporaryUploadedFile;
      await rm(file.temporaryFilePath());
      await expect(request.close()).resolves.toBeUndefined();
    }));
});

describe("upload handlers", () => {
  class Thrower extends UploadHandler {
    readonly #error: Error;
    interrupted = 0;
    constructor(error: Error) {
      super();
      this.#error = error;
    }
    override newFile(): void {
      throw this.#error;
    }
    override receiveDataChunk(): undefined {
      return undefined;
    }
    override fileComplete(): undefined {
      return undefined;
    }
    override uploadInterrupted(): void {
      this.interrupted += 1;
    }
  }

  async function sizes(error: Error): Promise<{ files: number; fields: number; interrupted: number }> {
    const handler = new Thrower(error);
    const request = post(upload(10, '\r\n--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--B--\r\n'));
    request.uploadHandlers = [handler];
    const [fields, files] = [await request.POST, await request.FILES];
    return { files: files.size, fields: fields.size, interrupted: handler.interrupted };
  }

  test("can leave a file out, keep it for themselves, or end the upload", async () => {
    expect(await sizes(new SkipFile())).toEqual({ files: 0, fields: 1, interrupted: 0 });
    expect(await sizes(new StopFutureHandlers())).toEqual({ files: 0, fields: 1, interrupted: 0 });
    expect(await sizes(new StopUpload())).toEqual({ files: 0, fields: 0, interrupted: 1 });
  });

  test("cannot be set when the form has been read", async () => {
    const request = post(upload(1));
    await request.POST;
    expect(() => {
      request.uploadHandlers = [];
    }).toThrow(TypeError);
  });
});

const named = (name: string): string => new InMemoryUploadedFile(new Uint8Array(), { name }).name;

describe("the name of an uploaded file", () => {
  test.each(["/tmp/", "/tmp/..", "/tmp/.", "", ".", ".."])("CVE-2021-31542: %j is none", (name) => {
    expect(() => named(name)).toThrow(SuspiciousFileOperation);
    const file = new InMemoryUploadedFile(new Uint8Array(), { name: "x" });
    expect(() => {
      file.name = name;
    }).toThrow(SuspiciousFileOperation);
  });

  test.each([
    ["/tmp/x.txt", "x.txt"],
    [String.raw`C:\tmp\x.txt`, "x.txt"],
  ])("has no folders: %s is %s", (name, bare) => {
    expect(named(name)).toBe(bare);
  });

  test("has at most 255 bytes, and keeps its extension", () => {
    expect(named(`${"x".repeat(300)}.txt`)).toBe(`${"x".repeat(251)}.txt`);
    const emoji = named(`${"😀".repeat(100)}.png`);
    expect(Buffer.byteLength(emoji)).toBeLessThanOrEqual(255);
    expect(emoji).toMatch(/^(?:😀)+\.png$/u);
  });
});

test("an uploaded file can be read in pieces, again and again", async () => {
  const file = new InMemoryUploadedFile(Buffer.from("abcdef"), { name: "x" });
  for (const _ of [1, 2]) {
    const pieces = [];
    for await (const piece of file.chunks(4)) pieces.push(Buffer.from(piece).toString());
    expect(pieces).toEqual(["abcd", "ef"]);
  }
  expect([file.multipleChunks(), file.multipleChunks(4), String(file)]).toEqual([false, true, "x"]);
});
