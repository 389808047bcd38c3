import { SuspiciousFileOperation } from "@tsgo/core/exceptions";
import { describe, expect, test } from "vitest";

import { fitBytes, portablePath, splitExtensions, validateFileName } from "./names.ts";

describe("validateFileName()", () => {
  test.each([
    "",
    ".",
    "..",
    "a/",
    "a/..",
    "a/.",
    "../x",
    "a/../x",
    "/x",
    "\\x",
    "..\\x",
    "a\\..\\x",
    "C:\\x",
    "c:/x",
    "a\0b",
  ])("CVE-2021-45452: refuses the path %j", (name) => {
    expect(() => validateFileName(name, { allowFolders: true })).toThrow(SuspiciousFileOperation);
  });

  test.each(["a/b.txt", "a\\b.txt"])("takes folders only where they are allowed: %j", (name) => {
    expect(validateFileName(name, { allowFolders: true })).toBe(name);
    expect(() => validateFileName(name)).toThrow(SuspiciousFileOperation);
  });

  test.each(["x.txt", "..x", "a..b", "~x", "-rf"])("takes %j", (name) => {
    expect(validateFileName(name)).toBe(name);
  });
});

test.each([
  ["con", "_con"],
  ["a/AUX.txt", "a/_AUX.txt"],
  ["com1.tar.gz", "_com1.tar.gz"],
  ["console.txt", "console.txt"],
  ["a.", "a"],
  ["a ", "a"],
  ["a\u202Egpj.exe", "agpj.exe"],
  ["a\nb\u0007.txt", "ab.txt"],
  ["x\uD800y", "xy"],
  ["a\\b", "a/b"],
  ["..", ".."],
])("NODE-59: portablePath() makes %j into %j", (name, expected) => {
  expect(portablePath(name)).toBe(expected);
});

test.each([
  ["a.tar.gz", "a", ".tar.gz"],
  [".htaccess", ".htaccess", ""],
  [".bashrc.swp", ".bashrc", ".swp"],
  ["plain", "plain", ""],
])("splitExtensions(%j)", (name, ...parts) => {
  expect(splitExtensions(name)).toEqual(parts);
});

test("fitBytes() cuts between characters and keeps the extension", () => {
  const [root, tail] = fitBytes("😀".repeat(100), ".png");
  expect([tail, Buffer.byteLength(root + tail) <= 255, root.endsWith("😀")]).toEqual([".png", true, true]);
});
