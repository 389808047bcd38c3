// Renders the examples of the reference of tags and filters, and asks that nothing is missing in it.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { configureSettings, isConfigured, overrideSettings } from "@tsgo/core/conf";
import { HttpResponse } from "@tsgo/http/response";
import { Engine } from "@tsgo/template";
import { builtins } from "@tsgo/template/builtins";
import { LocmemLoader } from "@tsgo/template/loaders";
import { path, setUrlconf } from "@tsgo/urls";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { decode } from "../../conformance/values.ts";
import { listingsOf } from "../../scripts/listings.ts";

const page = readFileSync(join(import.meta.dirname, "templates.md"), "utf8");
const examples = listingsOf(page).filter(({ info }) => info[0] === "template");

interface Example {
  readonly source: string;
  readonly files: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
  readonly gives: string;
}

function parse(code: string): Example {
  const [, head = "", gives = ""] = /^([^]*?)\ngives (?<output>[^]*)$/.exec(code) ?? [];
  const lines = head.split("\n");
  const files = lines.flatMap((line) =>
    [...line.matchAll(/^file (\S+): (.*)$/g)].map(([, name, text]) => [name, text]),
  );
  const values = lines.find((line) => line.startsWith("with "))?.slice("with ".length) ?? "{}";
  const source = lines.filter((line) => !line.startsWith("with ") && !line.startsWith("file ")).join("\n");
  return {
    source,
    files: Object.fromEntries(files) as Record<string, string>,
    values: decode(JSON.parse(values)) as Record<string, unknown>,
    gives,
  };
}

let settings: Disposable;

beforeAll(() => {
  if (!isConfigured()) configureSettings();
  setUrlconf([path("polls/<int:id>/", () => new HttpResponse(), { name: "detail" })]);
  settings = overrideSettings({ STATIC_URL: "/static/", MEDIA_URL: "/media/", TIME_ZONE: "UTC", USE_TZ: true });
  vi.useFakeTimers({ now: new Date("2026-03-17T14:25:36Z"), toFake: ["Date"] });
});

afterAll(() => {
  vi.useRealTimers();
  settings[Symbol.dispose]();
});

test.each(examples.map(({ code, line }) => [line, parse(code)] as const))(
  "the example on line %i",
  async (_line, { source, files, values, gives }) => {
    const engine = new Engine({ loaders: [new LocmemLoader({ ...files, main: source })] });
    expect(await engine.renderToString("main", values)).toBe(gives);
  },
);

test("every tag and filter is there", () => {
  const libraries = [...builtins, ...new Engine().libraries.values()];
  const names = libraries.flatMap((library) => [...library.tags.keys(), ...library.filters.keys()]);
  const documented = new Set([...page.matchAll(/`(\w+)`/g)].map(([, name]) => name));
  expect(names.filter((name) => !documented.has(name))).toEqual([]);
});
