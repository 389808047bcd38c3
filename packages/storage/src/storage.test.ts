// One suite for both storages, so that what passes in a test with one passes with the other.

import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { configureSettings } from "@tsgo/core/conf";
import { SuspiciousFileOperation } from "@tsgo/core/exceptions";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import {
  ContentFile,
  type File,
  FileDoesNotExist,
  FileSystemStorage,
  InMemoryStorage,
  type NameOptions,
  Storage,
} from "./index.ts";

configureSettings({});

let outer: string;
let folder: string;
beforeEach(async () => {
  outer = await mkdtemp(join(tmpdir(), "tsgo-storage-"));
  folder = join(outer, "media");
});
afterEach(() => rm(outer, { recursive: true }));

const OUTSIDE = [
  "../evil.txt",
  "a/../../evil.txt",
  "/etc/evil.txt",
  "..\\evil.txt",
  "a\\..\\..\\evil.txt",
  "",
  ".",
  "..",
];

describe.each([
  ["FileSystemStorage", () => new FileSystemStorage({ location: folder, baseUrl: "/media/" })],
  ["InMemoryStorage", () => new InMemoryStorage({ baseUrl: "/media/" })],
])("%s", (_name, make) => {
  test("keeps what it is given, and tells about it", async () => {
    const storage = make();
    const name = await storage.save("2026/11/note.txt", "hello");
    expect(name).toBe("2026/11/note.txt");
    const file = await storage.open(name);
    expect([file.name, file.size, await file.text()]).toEqual([name, 5, "hello"]);
    expect([await storage.exists(name), await storage.exists("2026/11"), await storage.exists("x")]).toEqual([
      true,
      true,
      false,
    ]);
    expect(await storage.size(name)).toBe(5);
    expect(await storage.listdir("")).toEqual([["2026"], []]);
    expect(await storage.listdir("2026/11")).toEqual([[], ["note.txt"]]);
    expect((await storage.getModifiedTime(name)).getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect(storage.url("2026/ü?.txt")).toBe("/media/2026/%C3%BC%3F.txt");
    await storage.delete(name);
    await storage.delete(name);
    expect(await storage.exists(name)).toBe(false);
  });

  test("gives chunks, however large the file", async () => {
    const storage = make();
    const name = await storage.save("big", new Uint8Array(200_000).fill(7));
    const sizes: number[] = [];
    for await (const chunk of await storage.open(name)) sizes.push(chunk.byteLength);
    expect(sizes).toEqual([65_536, 65_536, 65_536, 3392]);
  });

  test("says which file is not there", async () => {
    const storage = make();
    await expect(storage.open("a/none.txt")).rejects.toThrow(FileDoesNotExist);
    await expect(storage.size("none.txt")).rejects.toThrow("'none.txt'");
    await expect(storage.getCreatedTime("none.txt")).rejects.toThrow(FileDoesNotExist);
    await expect(storage.listdir("none")).rejects.toThrow(FileDoesNotExist);
  });

  test("keeps names within maxLength by cutting them, and says where there is no room", async () => {
    const storage = make();
    await storage.save("abcdefghijklmnop.txt", "1");
    const second = await storage.save("abcdefghijklmnop.txt", "2", { maxLength: 16 });
    expect(second).toMatch(/^abcd_\w{7}\.txt$/);
    await expect(storage.save("abc.txt".padStart(30, "x"), "3", { maxLength: 11 })).rejects.toThrow(
      SuspiciousFileOperation,
    );
  });

  test.each(OUTSIDE)("CVE-2021-45452: never leaves its root for %j", async (name) => {
    const storage = make();
    for (const attempt of [
      () => storage.save(name, "x"),
      () => storage.open(name),
      () => storage.delete(name),
      () => storage.exists(name),
      () => storage.size(name),
    ])
      await expect(attempt()).rejects.toThrow(SuspiciousFileOperation);
    expect(() => storage.url(name)).toThrow(SuspiciousFileOperation);
    expect(await readdir(outer)).toEqual([]);
  });

  test("CVE-2014-0481: finds another name for a taken one in one or two looks, 500 times over", async () => {
    const storage = make();
    let looks = 0;
    const exists = storage.exists.bind(storage);
    storage.exists = async (name) => {
      looks += 1;
      return exists(name);
    };
    const names = new Set<string>();
    for (let i = 0; i < 500; i += 1) {
      looks = 0;
      names.add(await storage.save("x.txt", String(i)));
      expect(looks).toBeLessThanOrEqual(2);
    }
    expect(names.size).toBe(500);
    names.delete("x.txt");
    for (const name of names) expect(name).toMatch(/^x_[A-Za-z0-9]{7}\.txt$/);
  });

  test("CVE-2014-0481: two that save at once get two files", async () => {
    const storage = make();
    const names = await Promise.all(Array.from({ length: 20 }, (_, i) => storage.save("x.txt", String(i))));
    expect(new Set(names).size).toBe(20);
    const texts = await Promise.all(names.map(async (name) => (await storage.open(name)).text()));
    expect(texts).toEqual(Array.from({ length: 20 }, (_, i) => String(i)));
  });

  test.each([
    "con",
    "aux.txt",
    "file.txt::$DATA",
    "a.",
    "a ",
    "-rf",
    "~x",
    "a\u202Egpj.exe",
    "\u00E9",
    "e\u0301",
    ".htaccess",
    ".env",
    `${"x".repeat(300)}.txt`,
    `${"😀".repeat(100)}.png`,
  ])("NODE-59: gives %j a name that every file system keeps", async (name) => {
    const storage = make();
    for (const saved of [
      await storage.save(name, "content"),
      await storage.save(storage.generateFilename(name), "content"),
    ]) {
      expect(Buffer.byteLength(saved)).toBeLessThanOrEqual(255);
      expect(saved).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(saved.endsWith(/\.(?:txt|exe|png)$/.exec(name)?.[0] ?? "")).toBe(true);
      expect(await (await storage.open(saved)).text()).toBe("content");
    }
  });
});

/** A storage that trusts whatever it is told, as one of a project may. */
class Trusting extends Storage {
  written: string[] = [];
  available: string | undefined;
  answered: string | undefined;

  override generateFilename(filename: string): string {
    return filename;
  }
  override async getAvailableName(name: string, options?: NameOptions): Promise<string> {
    return this.available ?? super.getAvailableName(name, options);
  }
  override async delete(): Promise<void> {}
  override async exists(): Promise<boolean> {
    return false;
  }
  override async listdir(): Promise<[string[], string[]]> {
    return [[], []];
  }
  override async size(): Promise<number> {
    return 0;
  }
  protected override async openFile(name: string): Promise<File> {
    return new ContentFile("", name);
  }
  protected override async writeFile(name: string): Promise<string> {
    if (this.answered === undefined) this.written.push(name);
    return this.answered ?? name;
  }
}

describe("a storage that makes its own names", () => {
  const BAD = ["path/to/../test.file", "/path/to/test.file", "..\\x"];

  test.each(BAD)("CVE-2024-39330: cannot save under %j", async (name) => {
    const storage = new Trusting();
    await expect(storage.save(storage.generateFilename(name), "x")).rejects.toThrow(SuspiciousFileOperation);
    storage.available = name;
    await expect(storage.save("fine.txt", "x")).rejects.toThrow(SuspiciousFileOperation);
    expect(storage.written).toEqual([]);
    storage.available = undefined;
    storage.answered = name;
    await expect(storage.save("fine.txt", "x")).rejects.toThrow(SuspiciousFileOperation);
  });
});
