import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { afterEach, expect, test } from "vitest";

import { findViolations } from "./layers.ts";

const folders: string[] = [];

function house(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), "layers-"));
  folders.push(root);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

test("the packages import only downwards, and in no ring", () => {
  expect(findViolations(resolve(import.meta.dirname, ".."))).toEqual([]);
});

test("an import that points upwards is named with its file", () => {
  const root = house({
    "packages/core/package.json": "{}",
    "packages/core/src/a.ts": 'import { Model } from "@tsgo/orm/models";\n',
  });
  expect(findViolations(root)).toEqual(["packages/core/src/a.ts imports 'orm', which is not below 'core'"]);
});

test("a dependency that points upwards is found in the manifest, too", () => {
  const root = house({
    "packages/core/package.json": '{"dependencies": {"tsgo": "1", "@tsgo/utils": "1"}}',
    "packages/core/src/a.ts": "",
  });
  expect(findViolations(root)).toEqual(["packages/core/package.json depends on 'tsgo', which is not below 'core'"]);
});

test("files that import each other make a ring, types aside", () => {
  const root = house({
    "packages/core/package.json": "{}",
    "packages/core/src/a.ts": 'import { b } from "./b.ts";\n',
    "packages/core/src/b.ts": 'export {\n  c,\n} from "./c.ts";\n',
    "packages/core/src/c.ts": 'import { a } from "./a.ts";\n',
    "packages/core/src/d.ts": 'import type { e } from "./e.ts";\n',
    "packages/core/src/e.ts": 'import type { d } from "./d.ts";\n',
  });
  expect(findViolations(root)).toEqual(["ring in packages/core/src: a.ts -> b.ts -> c.ts -> a.ts"]);
});

test("a relative import does not leave its package", () => {
  const root = house({
    "packages/core/package.json": "{}",
    "packages/core/src/a.ts": 'import { x } from "../../utils/src/x.ts";\n',
  });
  expect(findViolations(root)).toEqual(["packages/core/src/a.ts reaches out of its package: ../../utils/src/x.ts"]);
});
