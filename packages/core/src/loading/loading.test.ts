import { describe, expect, test } from "vitest";

import { ImproperlyConfigured } from "../exceptions/configuration.ts";
import { tempProject } from "../testdata/temp-project.ts";
import { importModule, importString, loadedExport, setProjectRoot } from "./index.ts";

function project(files: Record<string, string>): string {
  const root = tempProject(files);
  setProjectRoot(root);
  return root;
}

async function failure(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ImproperlyConfigured);
  return (error as Error).message;
}

describe("importModule", () => {
  test("finds a module of the project, typed or plain, or a folder's index", async () => {
    project({
      "mysite/urls.ts": "export const a: number = 1;",
      "mysite/plain.js": "export const b = 2;",
      "mysite/views/index.ts": "export const c = 3;",
    });
    expect((await importModule("mysite/urls"))["a"]).toBe(1);
    expect((await importModule("mysite/plain"))["b"]).toBe(2);
    expect((await importModule("mysite/views"))["c"]).toBe(3);
  });

  test("finds a module of a package, also one that can only be imported", async () => {
    project({
      "node_modules/blog/package.json": JSON.stringify({
        type: "module",
        exports: { ".": "./index.js", "./only": { import: "./only.js" } },
      }),
      "node_modules/blog/index.js": "export const a = 1;",
      "node_modules/blog/only.js": "export const b = 2;",
    });
    expect((await importModule("blog"))["a"]).toBe(1);
    expect((await importModule("blog/only"))["b"]).toBe(2);
  });

  test("NODE-62: takes a package only where the project's package.json names it", async () => {
    const files = {
      "node_modules/blog62/package.json": '{"type":"module","exports":"./index.js"}',
      "node_modules/blog62/index.js": "globalThis.blog62 = true; export const a = 1;",
    };
    project({ ...files, "package.json": '{"dependencies":{}}' });
    expect(await failure(importModule("blog62", { from: "INSTALLED_APPS[0]" }))).toMatch(
      /^INSTALLED_APPS\[0\]: There is no/,
    );
    expect(globalThis).not.toHaveProperty("blog62");
    project({ ...files, "package.json": '{"dependencies":{"blog62":"^1"}}' });
    expect((await importModule("blog62"))["a"]).toBe(1);
  });

  test.each([
    "data:text/javascript,process.exit()",
    "node:child_process:exec",
    "child_process:exec",
    "https://evil/x.js:x",
    "file:///tmp/x.js",
    "../../outside:x",
    "/tmp/x:x",
    "x?y:x",
    "polls:__proto__",
    "polls:constructor",
    "polls:toString",
  ])("NODE-62: imports nothing for %j, and says where it stood", async (reference) => {
    const root = project({ "polls/index.ts": "export const a = 1;" });
    setProjectRoot(root);
    expect(await failure(importString(reference, { from: "MIDDLEWARE[3]" }))).toMatch(/^MIDDLEWARE\[3\]: /);
    expect(await failure(importModule(`${reference}?`, { from: "ROOT_URLCONF" }))).toMatch(/^ROOT_URLCONF: /);
  });

  test("names the nearest module where there is none", async () => {
    project({ "mysite/urls.ts": "", "polls/views.ts": "" });
    expect(await failure(importModule("mysite/url"))).toContain("Did you mean 'mysite/urls'?");
    expect(await failure(importModule("pols"))).toContain("Did you mean 'polls'?");
    expect(await failure(importModule("mysite.urls"))).toContain("Did you mean 'mysite/urls'?");
  });

  test("tells where the reference stood", async () => {
    project({ "mysite/urls.ts": "" });
    expect(await failure(importModule("mysite/url", { from: "ROOT_URLCONF" }))).toMatch(
      /^ROOT_URLCONF: .*'mysite\/url'/,
    );
  });

  test.each(["../secret", "/etc/passwd", "./urls", "a/../../b", "node:fs", "file:///x", "a\\b", "a//b", ""])(
    "refuses %j, which is no reference",
    async (reference) => {
      project({ "secret.ts": "" });
      expect(await failure(importModule(reference))).toContain("is not a reference to a module");
    },
  );

  test("tells file, line and cause of a module that throws", async () => {
    project({ "mysite/urls.ts": "const x: number = 1;\n\nthrow new TypeError('boom ' + x);\n" });
    expect(await failure(importModule("mysite/urls"))).toBe("mysite/urls.ts:3: TypeError: boom 1");
  });

  test("tells the file that is at fault and not only the one asked for", async () => {
    project({
      "mysite/urls.ts": 'import { a } from "./views.ts";\nexport const b = a;\n',
      "mysite/views.ts": "\nexport const a: string = undefined.name;\n",
    });
    expect(await failure(importModule("mysite/urls"))).toMatch(
      /^mysite\/views\.ts:2: TypeError: .* \(loaded by mysite\/urls\.ts\)$/,
    );
  });
});

describe("importString", () => {
  test("gives the export, and again without waiting", async () => {
    project({ "mysite/wsgi.ts": "export const application = 'app';" });
    expect(await importString("mysite/wsgi:application")).toBe("app");
    expect(loadedExport("mysite/wsgi:application")).toBe("app");
  });

  test("names the nearest export", async () => {
    project({ "mysite/wsgi2.ts": "export const application = 1;" });
    expect(await failure(importString("mysite/wsgi2:aplication"))).toContain("Did you mean 'application'?");
  });

  test.each(["mysite/wsgi", "mysite/wsgi:", ":application", "a:b:c"])("refuses %j", async (reference) => {
    project({});
    expect(await failure(importString(reference))).toContain("does not name an export");
  });

  test("does not take what every object has for an export", async () => {
    project({ "mysite/wsgi3.ts": "export const a = 1;" });
    expect(await failure(importString("mysite/wsgi3:constructor"))).toContain("has no export 'constructor'");
  });
});
