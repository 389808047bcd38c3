import { join } from "node:path";

import { expect, test } from "vitest";

import { tempProject } from "../testdata/temp-project.ts";
import { locateFailure } from "./failure.ts";
import { setProjectRoot } from "./project-root.ts";

function errorWith(message: string, stack: string, Class: new (message: string) => Error = Error): Error {
  return Object.assign(new Class(message), { stack });
}

const root = "/srv/site";
const file = `${root}/mysite/settings.ts`;

test("esbuild tells file and line in its message", () => {
  const error = new Error(`Transform failed with 1 error:\n${file}:2:25: ERROR: Unexpected "="`);
  expect(locateFailure(error, "/other.ts")).toEqual({ file, line: 2, reason: 'SyntaxError: Unexpected "="' });
});

test("Node tells file and line of what it cannot parse ahead of the stack", () => {
  const stack = `file://${file}:3\nexport const x = = 1;\n                 ^\n\nSyntaxError: Expression expected\n    at x (node:internal/y:1:2)`;
  const error = errorWith("Expression expected", stack, SyntaxError);
  expect(locateFailure(error, "/other.ts")).toEqual({ file, line: 3, reason: "SyntaxError: Expression expected" });
});

test.each([
  ["Cannot find package 'nope' imported from %s", 'import "nope";', 2],
  ["Cannot find module '%d/nope.ts' imported from %s", 'import x from "./nope.ts";', 2],
  [`Package subpath './sub' is not defined by "exports" in /x/package.json imported from %s`, 'import "pkg/sub";', 2],
  ["Cannot find package 'elsewhere' imported from %s", 'import "nope";', undefined],
])("a missing module is looked for in the file that imports it: %s", (message, line, expected) => {
  const folder = tempProject({ "a.ts": `// first\n${line}\n` });
  const importer = join(folder, "a.ts");
  const error = new Error(message.replace("%s", importer).replace("%d", folder));
  expect(locateFailure(error, "/other.ts")).toMatchObject({ file: importer, line: expected });
});

test("an error leads to the project's own line, and not to Node's or a package's", () => {
  setProjectRoot(root);
  const stack = [
    "TypeError: boom",
    "    at finalize (node:internal/modules/esm/resolve:322:9)",
    `    at deep (${root}/node_modules/x/index.js:1:1)`,
    "    at tsgo (file:///opt/tsgo/dist/core.js:5:5)",
    `    at async Module.run (file://${root}/polls/views.ts:7:3)`,
    `    at ${root}/mysite/urls.ts:9:1`,
  ].join("\n");
  const error = errorWith("boom", stack, TypeError);
  expect(locateFailure(error, `${root}/mysite/urls.ts`)).toEqual({
    file: `${root}/mysite/urls.ts`,
    line: 9,
    reason: "TypeError: boom",
  });
  expect(locateFailure(error, "/other.ts")).toMatchObject({ file: `${root}/polls/views.ts`, line: 7 });
});

test("what is no error, or has no place, is told as it is", () => {
  expect(locateFailure("nope", file)).toEqual({ file, line: undefined, reason: "nope" });
  expect(locateFailure(errorWith("x", "Error: x"), file)).toEqual({ file, line: undefined, reason: "Error: x" });
});
