// Tags and filters of one's own.

import { configureSettings, isConfigured } from "@tsgo/core/conf";
import { formatHtml } from "@tsgo/utils/html";
import type { SafeString } from "@tsgo/utils/safestring";
import { beforeAll, describe, expect, test } from "vitest";

import type { Context } from "../context/context.ts";
import { Engine } from "../engine.ts";
import { InvalidTemplateLibrary, TemplateSyntaxError } from "../errors.ts";
import { LocmemLoader } from "../loaders/locmem-loader.ts";
import { renderBothWays } from "../testdata/render-both-ways.ts";
import { Node } from "../nodes/node.ts";
import type { NodeList } from "../nodes/node-list.ts";
import { Library } from "./library.ts";
import { stringfilter } from "./stringfilter.ts";

beforeAll(() => {
  if (!isConfigured()) configureSettings();
});

function render(
  register: Library,
  source: string,
  values: Readonly<Record<string, unknown>> = {},
  templates: Readonly<Record<string, string>> = {},
): unknown {
  const engine = new Engine({ loaders: [new LocmemLoader(templates)], builtins: [register] });
  return renderBothWays(engine.fromString(source), values);
}

describe("a filter", () => {
  test("gets the value, and an argument where it has a second parameter", () => {
    const register = new Library();
    register.filter("half", (value: number) => value / 2);
    register.filter("times", (value: number, factor: number) => value * factor);
    register.filter("plus", (value: number, other = 1) => value + other, { argument: "optional" });
    expect(render(register, "{{ 8|half|times:3 }} {{ 1|plus }} {{ 1|plus:5 }}")).toBe("12 2 6");
    expect(() => render(register, "{{ 8|half:2 }}")).toThrow("takes no argument");
    expect(() => render(register, "{{ 8|times }}")).toThrow("requires an argument");
  });

  test("that is safe keeps safe what was, and nothing else", () => {
    const register = new Library();
    register.filter(
      "dots",
      stringfilter((text) => `${text}...`),
      { isSafe: true },
    );
    register.filter(
      "brackets",
      stringfilter((text) => `<${text}>`),
    );
    expect(render(register, "{{ '<b>'|dots }}{{ v|dots }}{{ '<b>'|brackets }}", { v: "<" })).toBe(
      "<b>...&lt;...&lt;&lt;b&gt;&gt;",
    );
  });

  test("can learn whether its result is escaped", () => {
    const register = new Library();
    register.filter("state", (_value: unknown, _argument: undefined, { autoescape }) => String(autoescape), {
      needsAutoescape: true,
      argument: "none",
    });
    expect(render(register, "{{ 1|state }}{% autoescape off %}{{ 1|state }}{% endautoescape %}")).toBe("truefalse");
  });

  test("may be asynchronous", async () => {
    const register = new Library();
    register.filter("later", async (value: string) => Promise.resolve(`${value}!`), { isSafe: true });
    expect(await render(register, "{{ 'a'|later|upper }}")).toBe("A!");
  });
});

describe("a simple tag", () => {
  test("gives its arguments to a function, by place and by name", () => {
    const register = new Library();
    register.simpleTag(
      "link",
      (href: string, text = "here", { target = "_self" }: { target?: string } = {}) =>
        formatHtml('<a href="{}" target="{}">{}</a>', href, target, text),
      {
        parameters: ["href", "linkText"],
        keywords: true,
      },
    );
    expect(render(register, "{% link '/a?b&c' %}")).toBe('<a href="/a?b&c" target="_self">here</a>');
    expect(render(register, "{% link u link_text='x' target='_top' %}", { u: "/a?b&c" })).toBe(
      '<a href="/a?b&amp;c" target="_top">x</a>',
    );
    expect(() => render(register, "{% link %}")).toThrow("missing the argument 'href'");
    expect(() => render(register, "{% link 'a' href='b' %}")).toThrow("more than once");
    expect(() => render(register, "{% link 'a' 'b' 'c' %}")).toThrow("takes no more than 2");
  });

  test("escapes what it returns, or keeps it in a variable", () => {
    const register = new Library();
    register.simpleTag("raw", () => "<x>");
    expect(render(register, "{% raw %}{% raw as v %}[{{ v }}]{% autoescape off %}{% raw %}{% endautoescape %}")).toBe(
      "&lt;x&gt;[&lt;x&gt;]<x>",
    );
  });

  test("can get the context, and write into it", () => {
    const register = new Library();
    register.simpleTag(
      "remember",
      (context: Context, value: string) => {
        context.set("remembered", value);
        return "";
      },
      { takesContext: true },
    );
    expect(
      render(register, "{% for x in l %}{% remember x %}{{ remembered }}{% endfor %}[{{ remembered }}]", {
        l: ["a", "b"],
      }),
    ).toBe("ab[]");
  });

  test("takes any number of arguments where it says so", () => {
    const register = new Library();
    register.simpleTag("sum", (values: readonly number[]) => values.reduce((total, value) => total + value, 0), {
      variadic: true,
    });
    expect(render(register, "{% sum 1 2 3 %}{% sum %}")).toBe("60");
  });
});

test("a simple block tag gives what is inside to a function", async () => {
  const register = new Library();
  register.simpleBlockTag(
    "box",
    (content: SafeString, kind = "note") => formatHtml('<div class="{}">{}</div>', kind, content),
    { parameters: ["kind"] },
  );
  expect(render(register, "{% box %}a<b>{{ v }}</b>{% endbox %}", { v: "<" })).toBe(
    '<div class="note">a<b>&lt;</b></div>',
  );
  expect(await render(register, "{% box 'x' as y %}{{ v }}{% endbox %}{{ y }}", { v: Promise.resolve(1) })).toBe(
    '<div class="x">1</div>',
  );
});

test("an inclusion tag puts out a template with the variables that a function gives", async () => {
  const register = new Library();
  register.inclusionTag("results", "results.html", (choices: readonly string[]) => ({ choices }));
  register.inclusionTag(
    "whoami",
    ["missing.html", "who.html"],
    async (context: Context) => Promise.resolve({ user: context.get("user") }),
    { takesContext: true },
  );
  const templates = {
    "results.html": "{% for c in choices %}<li>{{ c }}</li>{% endfor %}{{ user }}",
    "who.html": "{{ user }}",
  };
  expect(render(register, "{% results l %}", { l: ["<a>"], user: "ada" }, templates)).toBe("<li>&lt;a&gt;</li>");
  expect(await render(register, "{% whoami %}", { user: "ada" }, templates)).toBe("ada");
});

describe("a tag with a node", () => {
  class RepeatNode extends Node {
    readonly nodelist: NodeList;
    readonly #times: number;

    constructor(nodelist: NodeList, times: number) {
      super();
      this.nodelist = nodelist;
      this.#times = times;
    }

    override async render(context: Context): Promise<string> {
      let text = "";
      for (let i = 0; i < this.#times; i += 1) text += await context.with({ i }, () => this.nodelist.render(context));
      return text;
    }
  }

  function library(): Library {
    const register = new Library();
    register.tag("repeat", (parser, token) => {
      const [, times = ""] = token.splitContents();
      if (!/^\d+$/.test(times)) throw new TemplateSyntaxError("'repeat' takes a number.");
      const nodelist = parser.parse(["endrepeat"]);
      parser.deleteFirstToken();
      return new RepeatNode(nodelist, Number(times));
    });
    return register;
  }

  test("reads up to its closing tag, and puts out what is inside as often as it likes", async () => {
    expect(
      await render(
        library(),
        "{% for x in l %}{% repeat 2 %}{{ x }}{{ i }}{{ forloop.counter }} {% endrepeat %}{% endfor %}",
        { l: ["a", "b"] },
      ),
    ).toBe("a01 a11 b02 b12 ");
  });

  test("works inside of blocks and with blocks inside", async () => {
    const templates = { base: "<{% block a %}A{% endblock %}>" };
    const engine = new Engine({ loaders: [new LocmemLoader(templates)], builtins: [library()] });
    const child = engine.fromString(
      "{% extends 'base' %}{% block a %}{% repeat 2 %}{{ block.super }}{% endrepeat %}{% endblock %}",
    );
    expect(await child.render()).toBe("<AA>");
    const parent = engine.fromString("{% repeat 2 %}{% block b %}{{ i }}{% endblock %}{% endrepeat %}");
    expect(
      await engine.fromString("{% extends p %}{% block b %}[{{ block.super }}]{% endblock %}").render({ p: parent }),
    ).toBe("[0][1]");
  });

  test("that is wrong is told with its place", () => {
    expect(() => render(library(), "\n{% repeat x %}{% endrepeat %}")).toThrow(
      /'repeat' takes a number[^]*line 2, column 1/,
    );
    expect(() => render(library(), "{% repeat 2 %}")).toThrow("Unclosed tag on line 1: 'repeat'");
  });
});

test("names that no template can write are refused", () => {
  const register = new Library();
  for (const name of ["", "a b", "a|b", "a:b"])
    expect(() => {
      register.filter(name, (value: unknown) => value);
    }).toThrow(InvalidTemplateLibrary);
});

test("the words of other libraries are found after load, all or by name", () => {
  const one = new Library();
  one.filter("double", (value: number) => value * 2);
  one.simpleTag("hello", () => "hello");
  const engine = new Engine({ libraries: [["one", one]] });
  expect(engine.fromString("{% load one %}{{ 2|double }}{% hello %}").render()).toBe("4hello");
  expect(engine.fromString("{% load double from one %}{{ 2|double }}").render()).toBe("4");
  expect(() => engine.fromString("{% load double from one %}{% hello %}")).toThrow("Invalid block tag");
  expect(() => engine.fromString("{% load on %}")).toThrow("Did you mean 'one'?");
});
