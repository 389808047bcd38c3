// What has gone wrong in template engines before, each tried on this one.

import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { configureSettings, isConfigured, overrideSettings } from "@tsgo/core/conf";
import { getFormat } from "@tsgo/i18n/formats";
import { SafeString, markSafe } from "@tsgo/utils/safestring";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import { NunjucksTemplates } from "../backends/nunjucks.ts";
import { recordCode, usePrecompiled } from "../compiler/precompiled.ts";
import { Engine } from "../engine.ts";
import { TemplateDoesNotExist, TemplateSyntaxError } from "../errors.ts";
import { CachedLoader } from "../loaders/cached-loader.ts";
import { FilesystemLoader } from "../loaders/filesystem-loader.ts";
import { LocmemLoader } from "../loaders/locmem-loader.ts";
import { loadPrecompiled, writePrecompiled } from "../precompile/module-file.ts";
import { renderBothWays } from "../testdata/render-both-ways.ts";

let folder: string;

beforeAll(() => {
  if (!isConfigured()) configureSettings({ SECRET_KEY: "a-secret-that-no-page-shows" });
  folder = mkdtempSync(join(tmpdir(), "tsgo-templates-"));
  mkdirSync(join(folder, "templates"));
  mkdirSync(join(folder, "templates-other"));
  writeFileSync(join(folder, "secret.html"), "SECRET");
  writeFileSync(join(folder, "templates-other", "x.html"), "SECRET");
  writeFileSync(join(folder, "templates", "page.html"), "page");
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function render(source: string, values: Readonly<Record<string, unknown>> = {}): unknown {
  return renderBothWays(new Engine().fromString(source), values);
}

/** The text that something renders, or the name of its error. */
function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error instanceof Error ? error.name : error;
  }
}

async function nunjucks(): Promise<NunjucksTemplates> {
  const DIRS = [join(folder, "templates")];
  return NunjucksTemplates.create({ BACKEND: "nunjucks", NAME: "nunjucks", DIRS, APP_DIRS: false, OPTIONS: {} });
}

describe("CVE-2022-22818: the debug tag", () => {
  const values = { frag: "<script>alert(1)</script>", "<k>": 1, safe: markSafe("<b>") };

  test("says nothing with DEBUG off", () => {
    expect(render("{% debug %}", values)).toBe("");
  });

  test("escapes keys and values, safe ones too, and shows no settings", () => {
    using settings = overrideSettings({ DEBUG: true });
    expect(settings).toBeDefined();
    const text = String(render("{% debug %}", values));
    expect(text).toContain("frag: &lt;script&gt;");
    expect(text).toContain("&lt;k&gt;");
    expect(text).not.toMatch(/<|SECRET_KEY/);
  });
});

describe("CVE-2021-45116: a key from the user", () => {
  const destroy = vi.fn<() => number>(() => 1);
  class Item {
    readonly name: string;
    readonly password = "hunter2";
    readonly owner: { name: string };
    constructor(name: string) {
      this.name = name;
      this.owner = { name };
    }
    destroy(): number {
      return destroy();
    }
  }
  const items = [new Item("b"), new Item("a")];

  test.each([
    "destroy",
    "password.0",
    "constructor.name",
    "__proto__.x",
    "toString",
    "0.length",
    "constructor",
    "_x",
    "name.length",
    "owner.constructor",
  ])("%s sorts by nothing and calls nothing", (key) => {
    for (const filter of ["dictsort", "dictsortreversed"]) {
      expect(render(`{% for x in items|${filter}:key %}{{ x.name }}{% endfor %}`, { items, key })).toBe("");
    }
    expect(destroy).not.toHaveBeenCalled();
  });

  test("that names data sorts", () => {
    for (const key of ["name", "owner.name"]) {
      expect(render("{% for x in items|dictsort:key %}{{ x.name }}{% endfor %}", { items, key })).toBe("ab");
    }
  });
});

test("CVE-2015-8213: a date format is no name of a setting", () => {
  const date = new Date(Date.UTC(2024, 0, 31, 12));
  for (const format of ["SECRET_KEY", "DATABASES", "constructor", "__proto__"]) {
    for (const filter of ["date", "time"]) {
      const text = String(render(`{{ d|${filter}:fmt }}`, { d: date, fmt: format }));
      expect(text).not.toContain("secret");
      expect(text).not.toMatch(/function|object/);
    }
    expect(getFormat(format)).toBe(format);
  }
});

describe("CVE-2013-4315: a name from a variable", () => {
  const names = [
    "../../../etc/passwd",
    "a/../../../etc/passwd",
    "/etc/passwd",
    "..\\..\\x",
    "%2e%2e/x",
    "./../x",
    "x\0.html",
    "file:///etc/passwd",
    "../secret.html",
    "../templates-other/x.html",
  ];

  test.each(names)("%j leads out of no folder", async (name) => {
    const dir = join(folder, "templates");
    for (const loader of [
      new FilesystemLoader([dir]),
      new CachedLoader([new FilesystemLoader([dir])]),
      new LocmemLoader({ "page.html": "x" }),
    ]) {
      const engine = new Engine({ loaders: [loader] });
      for (const tag of ["include", "extends"]) {
        const source = `{% ${tag} name %}`;
        expect(attempt(() => engine.fromString(source).render({ name }))).toMatch(
          /^Template(?:DoesNotExist|SyntaxError)$/,
        );
      }
    }
    const backend = await nunjucks();
    expect(() => backend.fromString("{% include name %}").render({ name })).toThrow(TemplateDoesNotExist);
    expect(() => backend.getTemplate(name)).toThrow(TemplateDoesNotExist);
  });
});

describe("NODE-06: what lies behind a value", () => {
  class Model {
    readonly name = "n";
    get title(): string {
      return "t";
    }
    describe(): string {
      return "d";
    }
  }
  const call = vi.fn<() => void>();
  const subjects: Readonly<Record<string, unknown>> = {
    object: { a: 1 },
    array: [1],
    string: "s",
    number: 1,
    map: new Map([["a", 1]]),
    model: new Model(),
    date: new Date(0),
    function: Object.assign(() => "called", { bind: call }),
    class: Model,
  };
  const paths = [
    "constructor",
    "constructor.constructor",
    "constructor.name",
    "toString.call",
    "toString",
    "valueOf",
    "bind",
    "call",
    "apply",
    "prototype",
    "hasOwnProperty",
    "isPrototypeOf",
  ];

  test.each(Object.keys(subjects))("%s shows none of it", (kind) => {
    const x = subjects[kind];
    for (const path of paths) expect(render(`{{ x.${path} }}`, { x })).toBe("");
    for (const path of paths) expect(render(`{% with p=x.${path} %}{{ p }}{% endwith %}`, { x })).toBe("");
    for (const path of paths) expect(render(`{% for p in x.${path} %}{{ p }}{% endfor %}`, { x })).toBe("");
    for (const path of paths) expect(render(`{% if x.${path} %}seen{% endif %}`, { x })).toBe("");
    expect(call).not.toHaveBeenCalled();
  });

  test.each([
    "constructor",
    "toString",
    "valueOf",
    "hasOwnProperty",
    "isPrototypeOf",
    "process",
    "globalThis",
    "arguments",
    "this",
  ])("the name %s alone is that of no variable", (name) => {
    expect(render(`{{ ${name} }}{% if ${name} %}seen{% endif %}{% for x in ${name} %}{{ x }}{% endfor %}`)).toBe("");
    expect(() => render(`{{ a|${name} }}`)).toThrow("Invalid filter");
    expect(() => render(`{% ${name} %}`)).toThrow("Invalid block tag");
    expect(() => render(`{% load ${name} %}`)).toThrow("not a registered tag library");
  });

  test("names with underscores in front are no names at all", () => {
    for (const name of ["__proto__", "__defineGetter__", "_private"]) {
      expect(() => render(`{{ x.${name} }}`, { x: {} })).toThrow(TemplateSyntaxError);
    }
  });

  test("a promise shows none of it either", async () => {
    for (const path of paths) expect(await render(`{{ x.${path} }}`, { x: Promise.resolve({ a: 1 }) })).toBe("");
    for (const path of ["then", "catch", "finally"])
      expect(await render(`{{ x.${path} }}`, { x: Promise.resolve({ a: 1 }) })).toBe("");
  });

  test("own properties, methods and getters of classes are there", () => {
    expect(render("{{ x.name }}{{ x.title }}{{ x.describe }}", { x: new Model() })).toBe("ntd");
    const own: unknown = JSON.parse('{"constructor":"mine","toString":"too"}');
    expect(render("{{ x.constructor }}{{ x.toString }}", { x: own })).toBe("minetoo");
  });

  test("getters and methods of classes may have the names that functions have", () => {
    class Phone {
      get name(): string {
        return "phone";
      }
      call(): string {
        return "ring";
      }
      get caller(): string {
        return "ada";
      }
    }
    expect(render("{{ x.name }} {{ x.call }} {{ x.caller }}", { x: new Phone() })).toBe("phone ring ada");
  });

  test("a polluted Object.prototype is not seen", () => {
    // oxlint-disable-next-line no-extend-native -- what a careless dependency does
    Object.defineProperty(Object.prototype, "polluted", { value: "p", configurable: true, writable: true });
    try {
      expect(
        render("{{ x.polluted }}{{ polluted }}{{ m.polluted }}{% for y in l %}{{ y.polluted }}{% endfor %}", {
          x: {},
          m: new Model(),
          l: [{}],
        }),
      ).toBe("");
    } finally {
      delete (Object.prototype as { polluted?: unknown }).polluted;
    }
  });

  test("methods that change a list or mapping are not called", () => {
    const values = { list: [1, 2], map: new Map([["a", 1]]), set: new Set([1]) };
    expect(render("{{ list.pop }}{{ list.reverse }}{{ list.shift }}{{ map.clear }}{{ set.clear }}", values)).toBe("");
    expect([values.list, values.map.size, values.set.size]).toEqual([[1, 2], 1, 1]);
  });
});

describe("NODE-07: a template's text in the code", () => {
  const exit = vi.spyOn(process, "exit").mockImplementation(() => {
    throw new Error("code of the template was run");
  });
  afterAll(() => {
    exit.mockRestore();
  });

  test.each<[string, string]>([
    [String.raw`{{ "a\"+process.exit()+\"" }}`, 'a"+process.exit()+"'],
    ["`${process.exit()}`", "`${process.exit()}`"],
    ["\u2028\u2029\\", "\u2028\u2029\\"],
    ['{% for x";process.exit();" in y %}{% endfor %}', "TemplateSyntaxError"],
    ["{% block a*/process.exit()/* %}x{% endblock %}", "x"],
    ["{% cycle 'a' as __proto__ %}{{ x }}", "a"],
    [
      "{% with constructor=1 this=2 await=3 arguments=4 return=5 %}{{ constructor }}{{ this }}{{ await }}{{ arguments }}{{ return }}{% endwith %}",
      "12345",
    ],
    [`{% verbatim "'\`;process.exit() %}{{ x }}{% endverbatim "'\`;process.exit() %}`, "{{ x }}"],
    ["{{ x|default:'`${process.exit()}`' }}", "`${process.exit()}`"],
    ["{% now '\\\\\\'+process.exit()+\\'' as c %}", ""],
  ])("%s", (source, expected) => {
    expect(attempt(() => render(source))).toBe(expected);
    expect(exit).not.toHaveBeenCalled();
  });

  test("nor when it was compiled ahead", async () => {
    const sources = {
      a: String.raw`{{ "a\"+process.exit()+\"" }}` + "`${process.exit()}`\u2028{{ x|default:'`${process.exit()}`' }}",
      b: "{% block a*/process.exit()/* %}*/{{ y.z }}{% endblock %}",
    };
    const engineOf = (): Engine => new Engine({ loaders: [new LocmemLoader(sources)] });
    const record = recordCode(() => {
      for (const name of ["a", "b"]) engineOf().getTemplate(name).compile();
    });
    const expected = { a: render(sources.a), b: render(sources.b) };
    writePrecompiled(folder, record);
    await loadPrecompiled(folder);
    try {
      expect({ a: engineOf().renderToString("a"), b: engineOf().renderToString("b") }).toEqual(expected);
    } finally {
      usePrecompiled(undefined);
    }
    expect(exit).not.toHaveBeenCalled();
  });

  test("nor does the name of a template get there", () => {
    const name = "x\n;process.exit()//.html";
    const engine = new Engine({ loaders: [new LocmemLoader({ [name]: "{{ a }}{% block b %}c{% endblock %}" })] });
    expect(engine.renderToString(name, { a: 1 })).toBe("1c");
    expect(exit).not.toHaveBeenCalled();
  });

  test("names of variables are those of the context, whatever they are in JavaScript", () => {
    for (const name of [
      "c",
      "o",
      "t",
      "n",
      "a",
      "k0",
      "E",
      "class",
      "yield",
      "eval",
      "undefined",
      "process",
      "globalThis",
      "require",
    ]) {
      expect(render(`{{ ${name} }}{% for ${name} in l %}{{ ${name} }}{% endfor %}`, { l: [1] })).toBe("1");
    }
  });
});

describe("NODE-08: data in the shape of a safe string", () => {
  const shapes = [
    '{"val":"<b>","length":3}',
    '{"safe":true,"toString":"x"}',
    '{"__html__":"<b>"}',
    '{"_isSafe":true,"value":"<b>"}',
    '{"$safe":"<b>"}',
    '{"constructor":{"name":"SafeString"},"value":"<b>"}',
  ];
  const sources = [
    "{{ x }}",
    "{{ l }}",
    "{{ l|join:'' }}",
    "{{ n|default:x }}",
    "{% firstof x %}",
    "{{ l|add:l }}",
    "{{ l|first }}",
    "{% with y=x %}{{ y }}{% endwith %}",
    "{{ x|safeseq|length }}{{ x|upper }}",
  ];

  test.each(shapes)("%s is escaped", async (json) => {
    const x: unknown = JSON.parse(json);
    for (const source of sources) expect(render(source, { x, l: [x], n: "" })).not.toContain("<");
    const backend = await nunjucks();
    // An object that has no text of its own makes nunjucks fail.
    expect(attempt(() => backend.fromString("{{ x }}").render({ x }))).not.toMatch(/</);
  });

  test("copies of a safe string are not safe", () => {
    const safe = markSafe("<b>");
    expect(
      render("{{ a }}{{ b }}", { a: structuredClone(safe), b: JSON.parse(JSON.stringify({ s: safe })) as unknown }),
    ).not.toContain("<");
    expect(render("{{ a }}", { a: safe })).toBe("<b>");
    expect(safe).toBeInstanceOf(SafeString);
  });
});

describe("NODE-09: objects that are more than data", () => {
  class User {
    readonly name = "ada";
    readonly password = "pbkdf2$hash";
    toString(): string {
      return `<User ${this.name}>`;
    }
  }
  class Request {
    readonly headers = { authorization: "Bearer token" };
    toString(): string {
      return "<Request GET />";
    }
  }

  test.each([
    "{{ users }}",
    "{{ user }}",
    "{{ nested }}",
    "{{ request }}",
    "{{ map }}",
    "{{ users|join:', ' }}",
    "{{ users|first }}",
    "{{ users|pprint }}",
    "{{ users|stringformat:'s' }}",
    "{{ error }}",
    "{{ list }}",
  ])("%s stands by its text", (source) => {
    const user = new User();
    const error = Object.assign(new Error("failed"), { password: "pbkdf2$hash" });
    const values = {
      user,
      users: [user],
      nested: { a: { b: [user] } },
      request: new Request(),
      map: new Map([["u", user]]),
      error,
      list: [error, new Request()],
    };
    const text = String(render(source, values));
    expect(text).not.toMatch(/pbkdf2|Bearer|<User|<Request/);
    expect(text).toMatch(/&lt;User ada&gt;|&lt;Request GET \/&gt;|failed/);
  });
});

describe("NODE-10: nunjucks", () => {
  test.each([
    '{{ "".constructor.constructor("return process")() }}',
    '{{ range.constructor("return 1")() }}',
    "{{ cycler.constructor }}",
    "{{ joiner.__proto__ }}",
    "{{ self.constructor }}",
    '{{ constructor.constructor("return 1")() }}',
    "{{ constructor }}",
    '{{ x["constructor"]["constructor"]("return 1")() }}',
    '{{ x["const" + "ructor"] }}',
    "{% set f = x.constructor %}{{ f }}",
  ])("%s is an error or nothing", async (source) => {
    const backend = await nunjucks();
    const text = attempt(() => backend.fromString(source).render({ x: {} }));
    expect(["", "Error"]).toContain(text);
  });

  test("escapes, and knows tsgo's safe strings as tsgo knows its", async () => {
    const backend = await nunjucks();
    expect(
      backend
        .fromString("{{ a }}{{ b }}{{ o.b }}{{ f() }}")
        .render({ a: "<", b: markSafe("<b>"), o: { b: markSafe("<i>") }, f: () => markSafe("<u>") }),
    ).toBe("&lt;<b><i><u>");
    const { default: library } = await import("nunjucks");
    expect(render("{{ s }}", { s: new library.runtime.SafeString("<b>") })).toBe("<b>");
  });
});

function boom(): never {
  throw new Error("inside");
}

test("NODE-66: the message of an error tells what a page without DEBUG does not need, so it is never text of the page", () => {
  const engine = new Engine({ loaders: [new LocmemLoader({ "secret/name.html": "{{ boom }}" })] });
  // Nothing is written before the error is known: a template gives its whole text or none.
  expect(() => engine.renderToString("secret/name.html", { boom })).toThrow("inside");
  expect(render("{{ missing.value }}{{ e }}", { e: null })).toBe("");
});

test.skipIf(process.platform === "win32")("NODE-66: code that was compiled ahead is for its owner only", () => {
  const engine = new Engine({ loaders: [new LocmemLoader({ a: "{{ x }}" })] });
  const path = writePrecompiled(
    folder,
    recordCode(() => engine.getTemplate("a").compile()),
  );
  expect(statSync(path).mode & 0o077).toBe(0);
});

describe("hostile input", () => {
  test("tags that are nested without end are refused", () => {
    expect(() => render("{% if a %}".repeat(50_000) + "{% endif %}".repeat(50_000))).toThrow(TemplateSyntaxError);
  });

  test("a template that includes itself ends with an error", () => {
    const engine = new Engine({ loaders: [new CachedLoader([new LocmemLoader({ a: "{% include 'a' %}" })])] });
    expect(() => engine.renderToString("a")).toThrow(/./);
  });

  test("a value whose text fails makes the rendering fail, not the process", () => {
    const bad = {
      toString: () => {
        throw new RangeError("no text");
      },
    };
    class Bad {
      toString(): string {
        return bad.toString();
      }
    }
    expect(() => render("{{ x }}", { x: new Bad() })).toThrow(RangeError);
  });

  test("filters are linear in their input", () => {
    const cases: readonly (readonly [filter: string, value: string])[] = [
      ["urlize", ".;".repeat(100_000)],
      ["urlize", `&${";:".repeat(100_000)}`],
      ["urlize", `${"(".repeat(100_000)}:${")".repeat(100_000)}`],
      ["urlizetrunc:5", "a@a.".repeat(50_000)],
      ["striptags", "<a>".repeat(100_000)],
      ["wordwrap:20", "ab ".repeat(700_000)],
      ["truncatewords_html:1", "<".repeat(60_000)],
      ["truncatechars_html:5", `${"<".repeat(100_000)}>`],
      ["linebreaks", "\n".repeat(500_000)],
      ["linenumbers", "\n".repeat(100_000)],
      ["slugify", "-".repeat(500_000)],
      ["title", "a'A".repeat(200_000)],
      ["capfirst", "a ".repeat(200_000)],
    ];
    for (const [filter, value] of cases) {
      expect(render(`{% autoescape off %}{{ x|${filter} }}{% endautoescape %}`, { x: value })).toBeTypeOf("string");
    }
  });

  test.each([
    ["floatformat", "1e1000000000", "1e1000000000"],
    ["floatformat:3", `1${"0".repeat(100_000)}`, `1${"0".repeat(100_000)}`],
    ["floatformat:'200000000'", "1.5", "1.5"],
    ["stringformat:'999999999d'", "x", ""],
  ])("%s does not write out what would fill the memory", (filter, value, expected) => {
    expect(render(`{{ x|${filter} }}`, { x: value })).toBe(expected);
    expect(() => render("{{ x|ljust:'999999999' }}", { x: "a" })).toThrow("whole number");
  });
});
