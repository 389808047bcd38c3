import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { FilePathField } from "./file-path.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tsgo-paths-"));
  await mkdir(join(folder, "sub"));
  await Promise.all(["a.txt", "b.csv", "sub/c.txt"].map((name) => writeFile(join(folder, name), "")));
});
afterEach(() => rm(folder, { recursive: true }));

test.each([
  [{}, ["a.txt", "b.csv"]],
  [{ match: /\.txt$/g, recursive: true }, ["a.txt", "sub/c.txt"]],
  [{ match: "csv" }, ["b.csv"]],
  [{ allowFolders: true }, ["a.txt", "b.csv", "sub"]],
  [{ allowFiles: false, allowFolders: true }, ["sub"]],
])("a field with %j offers %j", async (options, labels) => {
  const field = new FilePathField({ path: () => folder, ...options });
  expect(await field.getPathChoices()).toEqual(labels.map((label) => [join(folder, label), label]));
});
