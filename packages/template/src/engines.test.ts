// TEMPLATES in a project: folders, applications, several engines.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { apps } from "@tsgo/core/apps";
import { configureSettings, isConfigured, overrideSettings } from "@tsgo/core/conf";
import { setProjectRoot } from "@tsgo/core/loading";
import { fileChanged } from "@tsgo/core/server-signals";
import { HttpRequest } from "@tsgo/http/request";
import { plainSource } from "@tsgo/http/source";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import checks from "./checks/index.ts";
import { engines, getTemplate, prepareEngines, renderToString } from "./engines.ts";
import { TemplateDoesNotExist } from "./errors.ts";

let root: string;

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

const contextProcessors = ["tsgo/template/context-processors:request", "polls/context:menu"];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "tsgo-engines-"));
  setProjectRoot(root);
  write({
    "package.json": "{}",
    "site/page.html": "site {{ x }}",
    "polls/templates/polls/index.html": "{% extends 'page.html' %}",
    "polls/templates/page.html": "app",
    "polls/templates/tagged.html": "{% load polls_tags %}{{ 'a'|shout }} {{ request.path }} {{ menu }}",
    "polls/templates/broken/one.html": "a\n{% if x %}\n",
    "polls/templates/broken/two.html": "{% extends 'nowhere.html' %}{% include 'page.html' %}",
    "polls/templates/broken/three.html":
      "{% extends 'base.html' %}{% block content %}{% endblock %}{% block contents %}{% endblock %}",
    "polls/templates/base.html": "{% block content %}{% endblock %}",
    "polls/templatetags/polls_tags.js":
      `import { Library } from "@tsgo/template"; export const register = new Library(); register.filter("shout", (text) => text + "!");`.replace(
        "@tsgo/template",
        join(import.meta.dirname, "library", "library.ts"),
      ),
    "polls/context.js": "export const menu = async () => ({ menu: 'home' });",
    "polls/nunjucks/only.njk": "{{ x | upper }}",
  });
  if (!isConfigured()) configureSettings({ INSTALLED_APPS: ["polls"] });
  await apps.populate(["polls"]);
});

afterAll(() => {
  engines.clear();
  rmSync(root, { recursive: true });
});

function templates() {
  return [
    { BACKEND: "django", DIRS: [join(root, "site")], APP_DIRS: true, OPTIONS: { contextProcessors } },
    { BACKEND: "nunjucks", NAME: "second", DIRS: [], APP_DIRS: true },
  ];
}

async function inProject<T>(run: () => T | Promise<T>): Promise<T> {
  const settings = overrideSettings({ TEMPLATES: templates() });
  try {
    return await run();
  } finally {
    settings.disable();
  }
}

describe("TEMPLATES", () => {
  test("makes its engines at the first use, and needs no promise afterwards", async () => {
    await inProject(async () => {
      const first = renderToString("page.html", { x: 1 });
      expect(first).toBeInstanceOf(Promise);
      expect(await first).toBe("site 1");
      expect(renderToString("page.html", { x: 2 })).toBe("site 2");
    });
  });

  test("finds templates in DIRS first, then in applications, then in the next engine", async () => {
    await inProject(async () => {
      await prepareEngines();
      expect(renderToString("polls/index.html", { x: "<" })).toBe("site &lt;");
      expect(renderToString("only.njk", { x: "a<" })).toBe("A&lt;");
      expect(renderToString(["missing.html", "page.html"])).toBe("site ");
      expect(() => getTemplate("only.njk", "django")).toThrow(TemplateDoesNotExist);
      expect(() => getTemplate("page.html", "secnd")).toThrow("Did you mean 'second'?");
    });
  });

  test("gives the libraries of applications, and what context processors say of the request", async () => {
    await inProject(async () => {
      const request = new HttpRequest(plainSource({ target: "/polls/" }));
      expect(await renderToString("tagged.html", {}, request)).toBe("a! /polls/ home");
      expect(await renderToString("tagged.html", { menu: "mine" }, request)).toBe("a! /polls/ mine");
    });
  });

  test("reads a template again when its file was saved", async () => {
    await inProject(async () => {
      await prepareEngines();
      const file = join(root, "site", "page.html");
      expect(renderToString("page.html")).toBe("site ");
      write({ "site/page.html": "changed", "site/fresh.html": "fresh" });
      expect(() => getTemplate("gone.html")).toThrow(TemplateDoesNotExist);
      expect(fileChanged.send({ sender: undefined, path: file }).map(([, handled]) => handled)).toContain(true);
      expect(
        fileChanged.send({ sender: undefined, path: join(root, "polls", "views.js") }).map(([, handled]) => handled),
      ).not.toContain(true);
      expect([renderToString("page.html"), renderToString("fresh.html")]).toEqual(["changed", "fresh"]);
      write({ "site/page.html": "site {{ x }}" });
    });
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["an option", { BACKEND: "django", OPTIONS: { contextProcesors: [] } }, "Did you mean 'contextProcessors'?"],
    ["a backend", { BACKEND: "jinja" }, "Write 'django', 'nunjucks'"],
    ["a processor", { BACKEND: "django", OPTIONS: { contextProcessors: ["polls/context:men"] } }, "polls/context"],
    [
      "loaders beside APP_DIRS",
      { BACKEND: "django", APP_DIRS: true, OPTIONS: { loaders: [] } },
      "Take one of them away",
    ],
    ["a loader", { BACKEND: "django", OPTIONS: { loaders: ["memory"] } }, "A loader is one of"],
  ])("with %s that is wrong says what is right", async (_what, entry, message) => {
    const settings = overrideSettings({ TEMPLATES: [entry] as never });
    try {
      await expect(prepareEngines()).rejects.toThrow(message);
    } finally {
      settings.disable();
    }
  });

  test("takes loaders by their names and with arguments", async () => {
    const loaders = [["cached", [["locmem", { "a.txt": "kept {{ x }}" }], "filesystem"]]];
    const settings = overrideSettings({
      TEMPLATES: [{ BACKEND: "django", DIRS: [join(root, "site")], OPTIONS: { loaders } }] as never,
    });
    try {
      expect(await renderToString("a.txt", { x: 1 })).toBe("kept 1");
      expect(renderToString("page.html", { x: 1 })).toBe("site 1");
    } finally {
      settings.disable();
    }
  });
});

test("the check reads every template, and names the places of what is wrong", async () => {
  await inProject(async () => {
    const found = await Promise.all(
      checks.map(async ({ check }) => check({ appConfigs: undefined, databases: undefined })),
    );
    const told = found.flat().map(({ id, msg, obj }) => [id, String(obj), msg]);
    expect(told).toEqual([
      ["templates.E010", "broken/one.html:2:1", expect.stringContaining("Unclosed tag on line 2: 'if'")],
      ["templates.W012", "broken/three.html:1:59", expect.stringContaining("The block 'contents' is in none")],
      ["templates.E011", "broken/two.html:1:1", "There is no template 'nowhere.html'."],
    ]);
  });
});
