import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { type CodeRecord, type PrecompiledCode, recordCode, usePrecompiled } from "../compiler/precompiled.ts";
import { Engine, type EngineOptions } from "../engine.ts";
import { Library } from "../library/library.ts";
import { LocmemLoader } from "../loaders/locmem-loader.ts";
import { loadPrecompiled, writePrecompiled } from "./module-file.ts";

const SOURCES = {
  "base.html": "<title>{% block title %}none{% endblock %}</title>{% block body %}{% endblock %}",
  "page.html":
    '{% extends "base.html" %}{% block title %}{{ title|upper }}{% endblock %}' +
    "{% block body %}{% for item in items %}{{ forloop.counter }}{{ item.precompiled_name }},{% endfor %}{% endblock %}",
  "part.html": "{% partialdef row %}<i>{{ x }}</i>{% endpartialdef %}{% partial row %}",
};

const VALUES = { title: "t & t", items: [{ precompiledName: "<a>" }, { precompiledName: "b" }], x: 1 };
const PAGE = "<title>T &amp; T</title>1&lt;a&gt;,2b,";

function engineOf(sources: Readonly<Record<string, string>> = SOURCES, options: EngineOptions = {}): Engine {
  return new Engine({ loaders: [new LocmemLoader(sources)], ...options });
}

function compileAll(engine: Engine): CodeRecord {
  return recordCode(() => {
    for (const name of engine.templateNames()) engine.getTemplate(name).compile();
  });
}

function libraryWith(isSafe: boolean): Library {
  const library = new Library();
  library.filter("mark", (text: string) => `${text}<`, { isSafe });
  return library;
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tsgo-precompile-"));
});

afterEach(() => {
  usePrecompiled(undefined);
  rmSync(folder, { recursive: true });
});

/** Writes and loads the code of an engine; the keys that are asked for then, and whether they were found. */
async function precompile(engine: Engine): Promise<{ found: number; missed: number }> {
  writePrecompiled(folder, compileAll(engine));
  await loadPrecompiled(folder);
  const seen = { found: 0, missed: 0 };
  const { functions, members } = (await import(join(folder, "compiled-templates.mjs"))) as PrecompiledCode;
  const counting = new Map(functions);
  counting.get = (key) => {
    const found = functions.get(key);
    seen[found === undefined ? "missed" : "found"] += 1;
    return found;
  };
  usePrecompiled({ functions: counting, members });
  return seen;
}

describe("templates compiled ahead", () => {
  test("are put out by the code of the built project, blocks and partials too", async () => {
    const seen = await precompile(engineOf());
    const engine = engineOf();
    expect(engine.renderToString("page.html", VALUES)).toBe(PAGE);
    expect(engine.renderToString("part.html", VALUES)).toBe("<i>1</i>");
    expect(seen.missed).toBe(0);
    expect(seen.found).toBeGreaterThan(3);
  });

  test("are not used for a template that has changed since", async () => {
    const seen = await precompile(engineOf());
    const changed = engineOf({ ...SOURCES, "page.html": SOURCES["page.html"].replace(",", ";") });
    expect(changed.renderToString("page.html", VALUES)).toBe(PAGE.replaceAll(",", ";"));
    expect(seen.missed).toBeGreaterThan(0);
  });

  test("are not used under other options of the engine", async () => {
    await precompile(engineOf({ a: "[{{ missing }}]" }));
    expect(engineOf({ a: "[{{ missing }}]" }, { stringIfInvalid: "?" }).renderToString("a")).toBe("[?]");
  });

  test("follow the library of the engine, not the one that was there when they were compiled", async () => {
    const source = { a: "{{ x|safe|mark }}" };
    await precompile(engineOf(source, { builtins: [libraryWith(true)] }));
    expect(engineOf(source, { builtins: [libraryWith(true)] }).renderToString("a", { x: "&" })).toBe("&<");
    expect(engineOf(source, { builtins: [libraryWith(false)] }).renderToString("a", { x: "&" })).toBe("&amp;&lt;");
  });

  test("need no code to be made from strings", async () => {
    const source = { a: "{{ b.never_read_elsewhere }}" };
    writePrecompiled(folder, compileAll(engineOf(source)));
    await loadPrecompiled(folder);
    const { Function: original } = globalThis;
    try {
      globalThis.Function = (() => {
        throw new EvalError("forbidden");
      }) as unknown as FunctionConstructor;
      expect(engineOf(source).renderToString("a", { b: { neverReadElsewhere: 1 } })).toBe("1");
    } finally {
      globalThis.Function = original;
    }
  });

  test("are none in a project that was not built", async () => {
    await loadPrecompiled(folder);
    expect(engineOf().renderToString("page.html", VALUES)).toBe(PAGE);
  });
});
