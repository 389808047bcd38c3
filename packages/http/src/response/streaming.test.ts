import { mkdtemp, open, readdir, rm, writeFile } from "node:fs/promises";
import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import type { Readable } from "node:stream";
import { join } from "node:path";

import { configureSettings } from "@tsgo/core/conf";
import { parseHeaderParameters } from "@tsgo/utils/http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { InMemoryUploadedFile } from "../uploads/index.ts";
import { FileResponse, StreamingHttpResponse } from "./index.ts";

configureSettings();

async function textOf(response: StreamingHttpResponse): Promise<string> {
  const chunks = [];
  for await (const chunk of response.wireChunks()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function* later(): AsyncGenerator<string> {
  yield "a";
  yield "é";
}

describe("a streamed response", () => {
  test("is made of pieces, at once or in time", async () => {
    expect(await textOf(new StreamingHttpResponse(["a", 1, Buffer.from("b")]))).toBe("a1b");
    expect(await textOf(new StreamingHttpResponse(later()))).toBe("aé");
    expect(await textOf(new StreamingHttpResponse("whole"))).toBe("whole");
    expect(await textOf(new StreamingHttpResponse(Buffer.from("whole")))).toBe("whole");
  });

  test("asks for a piece when the one before was taken", async () => {
    let made = 0;
    function* pieces(): Generator<string> {
      while (true) {
        made += 1;
        yield "x";
      }
    }
    const chunks = new StreamingHttpResponse(pieces()).wireChunks();
    await chunks.next();
    await chunks.next();
    expect(made).toBe(2);
    await chunks.return();
  });

  test("closes its source when the reader goes, and when nobody came", async () => {
    const closed: string[] = [];
    async function* source(name: string): AsyncGenerator<string> {
      try {
        yield "1";
        yield "2";
      } finally {
        closed.push(name);
      }
    }
    const left = new StreamingHttpResponse(source("left"));
    for await (const _ of left.wireChunks()) break;
    const begun = new StreamingHttpResponse(source("begun"));
    await begun.wireChunks().next();
    await begun.close();
    expect(closed).toEqual(["left", "begun"]);
    const stream = createReadStream(import.meta.filename);
    await new StreamingHttpResponse(stream).close();
    expect(stream.destroyed).toBe(true);
  });

  test("can be changed on its way", async () => {
    const response = new StreamingHttpResponse(["a", "b"]);
    const before = response.streamingContent as string[];
    response.streamingContent = before.map((piece) => piece.toUpperCase());
    expect([await textOf(response), response.streaming]).toEqual(["AB", true]);
    expect(response.wireHeaders()).not.toContain("Content-Length");
  });
});

const openFiles = async (): Promise<number> => (await readdir("/proc/self/fd").catch(() => [])).length;

const disposition = (filename: string): string | undefined =>
  new FileResponse(Buffer.from("x"), { asAttachment: true, filename }).headers.get("Content-Disposition");

describe("a file", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "tsgo-files-"));
    await writeFile(join(folder, "x.txt"), "content");
  });
  afterEach(() => rm(folder, { recursive: true }));

  test("that is open has its length and is closed with the response", async () => {
    const before = await openFiles();
    const response = new FileResponse(await open(join(folder, "x.txt")), { filename: "y.txt" });
    expect(Object.fromEntries(response.headers)).toEqual({
      "Content-Type": "text/plain",
      "Content-Length": "7",
      "Content-Disposition": 'inline; filename="y.txt"',
    });
    expect(await textOf(response)).toBe("content");
    await response.close();
    const unread = new FileResponse(await open(join(folder, "x.txt")));
    await unread.close();
    await expect.poll(openFiles).toBeLessThanOrEqual(before);
  });

  test("that is a stream over a whole file has its name and length", async () => {
    const response = new FileResponse(createReadStream(join(folder, "x.txt")), { asAttachment: true });
    expect(response.headers.get("Content-Disposition")).toBe('attachment; filename="x.txt"');
    expect(response.headers.get("Content-Length")).toBe("7");
    expect(await textOf(response)).toBe("content");
  });

  test("that cannot be opened fails where it is read", async () => {
    const response = new FileResponse(createReadStream(join(folder, "missing.txt")));
    await new Promise((resolve) => {
      (response.streamingContent as Readable).once("close", resolve);
    });
    await expect(textOf(response)).rejects.toMatchObject({ code: "ENOENT" });
    await response.close();
  });

  test("that is a part of a file, or a stream of anything, has no length", async () => {
    const part = new FileResponse(createReadStream(join(folder, "x.txt"), { start: 3 }));
    expect(part.headers.has("Content-Length")).toBe(false);
    expect(await textOf(part)).toBe("tent");
    const anything = new FileResponse(["a", "b"]);
    expect([...anything.headers]).toEqual([["Content-Type", "application/octet-stream"]]);
  });

  test("that was uploaded can be sent back, by its name and not by the type that was claimed", async () => {
    const upload = new InMemoryUploadedFile(Buffer.from("<x>"), { name: "x.pdf", contentType: "text/html" });
    const response = new FileResponse(upload);
    expect(response.headers.get("Content-Type")).toBe("application/pdf");
    expect(response.headers.get("Content-Length")).toBe("3");
    expect(await textOf(response)).toBe("<x>");
  });

  test.each([
    'multi-part-one";" dummy".txt',
    String.raw`back\slash.txt`,
    "new\r\nline.txt",
    "nul\0.txt",
    "semi;colon.txt",
    "é.txt",
    "日本.txt",
  ])("CVE-2022-36359: the name %j gives one header that parses back to it", (filename) => {
    const header = new FileResponse(Buffer.from("x"), { asAttachment: true, filename }).headers.get(
      "Content-Disposition",
    );
    expect(header).toMatch(/^[\t\x20-\x7e]*$/);
    expect([...parseHeaderParameters(header ?? "")[1]]).toEqual([["filename", filename]]);
  });

  test("CVE-2022-36359: quotes are escaped, half a character is replaced", () => {
    expect(disposition('multi-part-one";" dummy".txt')).toBe(
      String.raw`attachment; filename="multi-part-one\";\" dummy\".txt"`,
    );
    expect(disposition("\ud800.txt")).toBe("attachment; filename*=utf-8''%EF%BF%BD.txt");
  });

  // Ranges are not served: whatever is asked for, the answer is the whole file, once.
  test.each([`bytes=${"0-,".repeat(4000)}0-`, "bytes=0-0,0-0", "bytes=-1-", "bytes=5-2", "items=0-1", "bytes=0-1"])(
    "NODE-35: a Range header never makes more of a file than the file",
    async (range) => {
      const server = createServer(async (_, answer) => {
        const response = new FileResponse(Buffer.from("0123456789"), { filename: "x.txt" });
        answer.writeHead(response.statusCode, response.reasonPhrase, response.wireHeaders());
        for await (const chunk of response.wireChunks()) answer.write(chunk);
        answer.end();
      });
      await new Promise<void>((resolve) => {
        server.listen(0, "127.0.0.1", resolve);
      });
      const { port } = server.address() as AddressInfo;
      const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { Range: range, Connection: "close" } });
      expect([answer.status, answer.headers.get("content-length")]).toEqual([200, "10"]);
      expect(await answer.text()).toBe("0123456789");
      server.close();
    },
  );
});
