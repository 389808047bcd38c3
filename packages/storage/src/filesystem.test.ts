import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { configureSettings, overrideSettings } from "@tsgo/core/conf";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import {
  File,
  FileSystemStorage,
  InMemoryStorage,
  InvalidStorageError,
  NotSupportedByStorage,
  Storage,
  defaultStorage,
  storages,
} from "./index.ts";

configureSettings({});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tsgo-media-"));
});
afterEach(() => rm(folder, { recursive: true }));

const modeOf = async (path: string): Promise<number> => (await stat(join(folder, path))).mode & 0o777;

/** Runs with another mask; only a test may set it, since it belongs to the whole process. */
async function masked(mask: number, run: () => Promise<void>): Promise<void> {
  const before = process.umask(mask);
  try {
    await run();
  } finally {
    process.umask(before);
  }
}

describe("modes", () => {
  test.each([0o022, 0o077])(
    "CVE-2026-25674: are those configured under the mask %o, which stays as it is",
    async (mask) => {
      const secret = new FileSystemStorage({
        location: join(folder, "a"),
        filePermissionsMode: 0o600,
        directoryPermissionsMode: 0o711,
      });
      const open = new FileSystemStorage({
        location: join(folder, "b"),
        filePermissionsMode: 0o644,
        directoryPermissionsMode: 0o755,
      });
      await masked(mask, async () => {
        const umask = vi.spyOn(process, "umask");
        const saves = Array.from({ length: 100 }, (_, i) => [
          secret.save(`d${i % 5}/x.txt`, "x"),
          open.save(`d${i % 5}/x.txt`, "x"),
        ]);
        await Promise.all(saves.flat());
        expect(umask.mock.calls.filter((args) => args.length > 0)).toEqual([]);
        umask.mockRestore();
      });
      for (const [root, file, directory] of [
        ["a", 0o600, 0o711],
        ["b", 0o644, 0o755],
      ] as const) {
        for (const entry of await readdir(join(folder, root), { recursive: true, withFileTypes: true })) {
          const path = join(entry.parentPath, entry.name).slice(folder.length + 1);
          expect([path, await modeOf(path)]).toEqual([path, entry.isDirectory() ? directory : file]);
        }
        expect(await modeOf(root)).toBe(directory);
      }
    },
  );

  test("of every folder in between are FILE_UPLOAD_DIRECTORY_PERMISSIONS, or what the mask leaves where that is null", () =>
    masked(0o077, async () => {
      await overrideSettings({ MEDIA_ROOT: folder, FILE_UPLOAD_DIRECTORY_PERMISSIONS: 0o755 }, () =>
        defaultStorage.save("a/b/c/x.txt", "x"),
      );
      expect([await modeOf("a"), await modeOf("a/b"), await modeOf("a/b/c"), await modeOf("a/b/c/x.txt")]).toEqual([
        0o755, 0o755, 0o755, 0o644,
      ]);
      await overrideSettings({ MEDIA_ROOT: folder, FILE_UPLOAD_PERMISSIONS: null }, () =>
        defaultStorage.save("d/x.txt", "x"),
      );
      expect([await modeOf("d"), await modeOf("d/x.txt")]).toEqual([0o700, 0o600]);
    }));
});

test("a link that was put under the name is not followed", async () => {
  const target = join(folder, "precious");
  await writeFile(target, "precious");
  await mkdir(join(folder, "media"));
  await symlink(target, join(folder, "media", "x.txt"));
  await symlink(join(folder, "nowhere"), join(folder, "media", "y.txt"));
  const storage = new FileSystemStorage({ location: join(folder, "media") });
  expect(await storage.save("x.txt", "new")).not.toBe("x.txt");
  expect(await storage.save("y.txt", "new")).not.toBe("y.txt");
  expect(await readFile(target, "utf8")).toBe("precious");
});

test("half a file does not stay behind", async () => {
  class Broken extends File {
    readonly name = "x";
    readonly size = 10;
    override async *chunks(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(5);
      throw new Error("the client went away");
    }
    override async read(): Promise<Uint8Array> {
      return new Uint8Array();
    }
    override async close(): Promise<void> {}
  }
  const storage = new FileSystemStorage({ location: folder });
  await expect(storage.save(null, new Broken())).rejects.toThrow("went away");
  expect(await readdir(folder)).toEqual([]);
});

test("allowOverwrite lets a file take the place of another", async () => {
  const storage = new FileSystemStorage({ location: folder, allowOverwrite: true });
  await storage.save("x.txt", "a longer text");
  expect(await storage.save("x.txt", "short")).toBe("x.txt");
  expect(await readFile(storage.path("x.txt"), "utf8")).toBe("short");
});

test("a temporary file is taken over, and its owner may remove it", async () => {
  const temporary = join(folder, "1.upload");
  await writeFile(temporary, "upload");
  class Upload extends File {
    readonly name = "x.txt";
    readonly size = 6;
    temporaryFilePath(): string {
      return temporary;
    }
    override chunks(): AsyncIterable<Uint8Array> {
      throw new Error("not read");
    }
    override async read(): Promise<Uint8Array> {
      throw new Error("not read");
    }
    override async close(): Promise<void> {
      await rm(temporary);
    }
  }
  const storage = new FileSystemStorage({ location: join(folder, "media") });
  const upload = new Upload();
  const names = [await storage.save(null, upload), await storage.save(null, upload)];
  await upload.close();
  for (const name of names) expect(await readFile(storage.path(name), "utf8")).toBe("upload");
});

describe("storages", () => {
  test("are made of STORAGES, and anew when that changes", () => {
    const memory = { BACKEND: "tsgo/files/storage:InMemoryStorage", OPTIONS: { baseUrl: "/m/" } };
    expect(defaultStorage).toBeInstanceOf(FileSystemStorage);
    overrideSettings({ STORAGES: { default: memory } }, () => {
      expect(storages.get("default")).toBe(storages.get("default"));
      expect(defaultStorage).toBeInstanceOf(InMemoryStorage);
      expect(defaultStorage).toBeInstanceOf(Storage);
      expect(defaultStorage.url("x")).toBe("/m/x");
    });
    expect(defaultStorage).toBeInstanceOf(FileSystemStorage);
  });

  test("that are not there or are none are named", () => {
    expect(() => storages.get("defualt")).toThrow("Did you mean 'default'?");
    overrideSettings({ STORAGES: { x: { BACKEND: "mysite/nowhere:Storage" } } }, () => {
      expect(() => storages.get("x")).toThrow("mysite/nowhere");
      expect(() => storages.get("default")).toThrow(InvalidStorageError);
    });
  });

  test("refuse options that they do not have", () => {
    const BACKEND = "tsgo/files/storage:FileSystemStorage";
    overrideSettings({ STORAGES: { default: { BACKEND, OPTIONS: { loction: "x" } } } }, () => {
      expect(() => storages.get("default")).toThrow("has no option 'loction'. Did you mean 'location'?");
    });
    expect(() => new InMemoryStorage({ location: "x" } as never)).toThrow(InvalidStorageError);
  });

  test("have no address without MEDIA_URL", () => {
    expect(() => new FileSystemStorage({ location: folder }).url("x")).toThrow(NotSupportedByStorage);
    overrideSettings({ MEDIA_URL: "/media" }, () => {
      expect(new FileSystemStorage({ location: folder }).url("x")).toBe("/media/x");
    });
  });
});
