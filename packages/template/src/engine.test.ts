// The engine as its users see it: sources in, text out.

import { configureSettings, isConfigured, overrideSettings } from "@tsgo/core/conf";
import { markSafe } from "@tsgo/utils/safestring";
import { beforeAll, describe, expect, test } from "vitest";

import { Context } from "./context/context.ts";
import { templateDebug } from "./debug.ts";
import { Engine } from "./engine.ts";
import { TemplateDoesNotExist, TemplateSyntaxError } from "./errors.ts";
import { CachedLoader } from "./loaders/cached-loader.ts";
import { LocmemLoader } from "./loaders/locmem-loader.ts";
import { renderBothWays } from "./testdata/render-both-ways.ts";
import { templateRendered } from "./signals.ts";

beforeAll(() => {
  if (!isConfigured()) configureSettings();
});

type Values = Readonly<Record<string, unknown>>;

function render(source: string, values: Values = {}, others: Readonly<Record<string, string>> = {}): unknown {
  const engine = new Engine({ loaders: [new CachedLoader([new LocmemLoader({ ...others, main: source })])] });
  return renderBothWays(engine.getTemplate("main"), values);
}

describe("a variable", () => {
  class Question {
    readonly questionText = "What's <up>?";
    readonly #secret = 7;
    get total(): number {
      return this.#secret;
    }
    shortened(): string {
      return "short";
    }
    withArgument(name: string): string {
      return name;
    }
    delete(): string {
      throw new Error("deleted");
    }
  }
  // oxlint-disable-next-line typescript/unbound-method -- it is marked, not called
  Object.assign(Question.prototype.delete, { altersData: true });
  class Status extends Question {
    static readonly NAME = "open";
  }
  class Poll extends Question {
    override delete(): string {
      return "deleted by a subclass";
    }
  }

  test.each<[string, unknown, string]>([
    ["{{ x.questionText }}", new Question(), "What&#x27;s &lt;up&gt;?"],
    ["{{ x.question_text }}", new Question(), "What&#x27;s &lt;up&gt;?"],
    ["{{ x.total }}", new Question(), "7"],
    ["{{ x.shortened }}", new Question(), "short"],
    ["{{ x.with_argument }}", new Question(), ""],
    ["{{ x.delete }}", new Question(), ""],
    ["{{ x.delete }}", new Poll(), ""],
    ["{{ x.a.b.1 }}", { a: { b: ["c", "d"] } }, "d"],
    ["{{ x.a }}", new Map([["a", 1]]), "1"],
    ["{{ x.a }}", { a: () => "called" }, "called"],
    ["{{ x.a.b }}", { a: () => ({ b: 2 }) }, "2"],
    ["{{ x }}", () => "called", "called"],
    ["{{ x.NAME }}", Status, "open"],
    ["{{ x.missing.more }}", {}, ""],
    ["{{ x.nothing.more }}", { nothing: null }, ""],
    ["{{ x }}", true, "true"],
    ["{{ x }}", undefined, ""],
    ["{{ x }}", [1, "<a>"], "[1,&quot;&lt;a&gt;&quot;]"],
    ["{{ x }}", markSafe("<b>"), "<b>"],
    ["{% for k, v in x.items %}{{ k }}={{ v }};{% endfor %}", { a: 1, b: 2 }, "a=1;b=2;"],
  ])("%s of %j", (source, x, expected) => {
    expect(render(source, { x })).toBe(expected);
  });

  test("whose error asks for silence prints nothing, and any other error goes through", () => {
    const silent = { get: Object.assign(new Error("gone"), { silentVariableFailure: true }) };
    expect(
      render("[{{ x.boom }}]", {
        x: {
          boom: () => {
            throw silent.get;
          },
        },
      }),
    ).toBe("[]");
    expect(() =>
      render("{{ x.boom }}", {
        x: {
          boom: () => {
            throw new RangeError("own");
          },
        },
      }),
    ).toThrow(RangeError);
  });

  test("that does not exist is shown by stringIfInvalid", () => {
    const engine = new Engine({ stringIfInvalid: "?%s?" });
    expect(engine.fromString("{{ a.b }}{{ a|upper }}").render()).toBe("?a.b??a?");
  });
});

async function* numbers(): AsyncGenerator<number> {
  yield 1;
  yield 2;
}

function later<T>(value: T): Promise<T> {
  return Promise.resolve(value);
}

describe("asynchrony", () => {
  test("a template that meets nothing to wait for gives its text at once", () => {
    expect(render("{{ a }}{% for x in l %}{{ x }}{% endfor %}", { a: 1, l: [2] })).toBe("12");
  });

  test.each<[string, Values, string]>([
    ["{{ a }}", { a: later("<p>") }, "&lt;p&gt;"],
    ["{{ a.b.c }}", { a: later({ b: later({ c: 1 }) }) }, "1"],
    ["{{ a|upper }}", { a: later("x") }, "X"],
    ["{{ a|default:b }}", { a: "", b: later("y") }, "y"],
    ["{{ a }}", { a: async () => later("called") }, "called"],
    ["{% for x in a %}{{ x }}{% endfor %}", { a: later([1, 2]) }, "12"],
    [
      "{% for x in a %}{{ x }}{{ forloop.last }}{% endfor %}",
      { a: { [Symbol.asyncIterator]: numbers } },
      "1false2true",
    ],
    ["{% for x in a %}{{ x.name }}{% endfor %}", { a: [later({ name: "n" })] }, "n"],
    ["{% if a %}yes{% else %}no{% endif %}", { a: later([]) }, "no"],
    ["{% if a == 3 and b %}yes{% endif %}", { a: later(3), b: later(1) }, "yes"],
    ["{% with x=a %}{{ x }}{{ x }}{% endwith %}", { a: later(1) }, "11"],
    ["{% include 'part' with x=a %}", { a: later(1) }, "[1]"],
    ["{% include name %}", { name: later("part"), x: 2 }, "[2]"],
    ["{% extends 'base' %}{% block b %}{{ block.super }}{{ a }}{% endblock %}", { a: later(1) }, "<super1>"],
    ["{% firstof a b %}", { a: later(""), b: later("b") }, "b"],
    [
      "{% regroup a by k as g %}{% for x in g %}{{ x.grouper }}{{ x.list|length }}{% endfor %}",
      { a: later([{ k: later("q") }]) },
      "q1",
    ],
    ["{% filter upper %}{{ a }}{% endfilter %}", { a: later("f") }, "F"],
  ])("%s waits", async (source, values, expected) => {
    const rendered = render(source, values, { part: "[{{ x }}]", base: "<{% block b %}super{% endblock %}>" });
    expect(rendered).toBeInstanceOf(Promise);
    expect(await rendered).toBe(expected);
  });

  test("a QuerySet is asked for its members before it is awaited", async () => {
    const queryset = {
      count: () => 2,
      all: () => queryset,
      // oxlint-disable-next-line unicorn/no-thenable -- that is what a QuerySet is
      then: (done: (rows: unknown) => void) => {
        done(["a", "b"]);
      },
    };
    expect(render("{{ q.all.count }}", { q: queryset })).toBe("2");
    expect(await render("{% for x in q.all %}{{ x }}{% endfor %}", { q: queryset })).toBe("ab");
  });

  test("an error in a promise is told with its place", async () => {
    const error: unknown = await Promise.resolve(
      render("\n {{ a }}", { a: Promise.reject(new RangeError("later")) }),
    ).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RangeError);
    expect(templateDebug(error)).toMatchObject({ name: "main", line: 2, column: 2 });
  });

  test("renderings at the same time do not see each other's variables", async () => {
    const source = "{% for x in l %}{{ wait }}{% cycle 'a' 'b' as c %}{{ x }}{% endfor %}";
    const [first, second] = await Promise.all([
      render(source, { l: [1, 2, 3], wait: later("-") }),
      render(source, { l: [7, 8], wait: later("+") }),
    ]);
    expect([first, second]).toEqual(["-a1-b2-a3", "+a7+b8"]);
  });
});

describe("inheritance", () => {
  const base = "<{% block a %}A{% block b %}B{% endblock %}{% endblock %}>";

  test.each<[string, Values, string]>([
    ["{% extends 'base' %}", {}, "<AB>"],
    ["{% extends 'base' %}{% block b %}{{ block.super }}2{% endblock %}", {}, "<AB2>"],
    ["{% extends p %}{% block a %}{{ v }}{% endblock %}", { p: "base", v: 1 }, "<1>"],
    ["{% extends 'middle' %}{% block b %}c{{ block.super }}{% endblock %}", {}, "<AcmB>"],
    ["{% extends 'base' %}{% block a %}{% include 'reads' %}{% endblock %}", {}, "<(AB)>"],
  ])("%s", (source, values, expected) => {
    const others = {
      base,
      middle: "{% extends 'base' %}{% block b %}m{{ block.super }}{% endblock %}",
      reads: "({{ block.super }})",
    };
    expect(render(source, values, others)).toBe(expected);
  });

  test("a template may be its own parent's child: the name then means the next place", () => {
    const engine = new Engine({
      loaders: [
        new LocmemLoader({ page: "{% extends 'page' %}{% block a %}mine{% endblock %}" }),
        new LocmemSecond({ page: "<{% block a %}theirs{% endblock %}>" }),
      ],
    });
    expect(engine.renderToString("page")).toBe("<mine>");
  });
});

class LocmemSecond extends LocmemLoader {
  override *origins(name: string) {
    for (const origin of super.origins(name))
      yield Object.assign(Object.create(Object.getPrototypeOf(origin) as object) as typeof origin, origin, {
        loaderName: "second",
      });
  }
}

describe("partials", () => {
  const page =
    "a{% partialdef row %}<{{ x }}>{% endpartialdef %}b{% partial row %}{% for x in l %}{% partial row %}{% endfor %}";

  test("are put out where they are used, and by name alone", () => {
    const engine = new Engine({ loaders: [new LocmemLoader({ page })] });
    expect(engine.renderToString("page", { x: 0, l: [1, 2] })).toBe("ab<0><1><2>");
    expect(engine.renderToString("page#row", { x: 9 })).toBe("<9>");
    expect(() => engine.getTemplate("page#other")).toThrow(TemplateDoesNotExist);
  });

  test("can be included from another template", () => {
    expect(render("{% include 'page#row' with x=1 %}", {}, { page })).toBe("<1>");
  });
});

function catchError(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

describe("errors", () => {
  test("of the language name template, line and column, and show the source around", () => {
    const engine = new Engine({
      loaders: [new LocmemLoader({ "polls/index.html": "{% if a %}\n  {% fro x in y %}\n{% endif %}" })],
    });
    const error = catchError(() => engine.getTemplate("polls/index.html"));
    expect(error).toBeInstanceOf(TemplateSyntaxError);
    expect(templateDebug(error)).toMatchObject({
      name: "polls/index.html",
      line: 2,
      column: 3,
      during: "{% fro x in y %}",
    });
    expect(String(error)).toContain(
      "in polls/index.html, line 2, column 3\n  1 | {% if a %}\n> 2 |   {% fro x in y %}",
    );
    expect(String(error)).toContain("Did you mean 'for'?");
  });

  test("of a value keep their class, and name the innermost template", () => {
    const values = {
      boom: () => {
        throw new RangeError("own");
      },
    };
    const error = catchError(() => render("{% include 'part' %}", values, { part: "1\n2 {{ boom }}" }));
    expect(error).toBeInstanceOf(RangeError);
    expect(templateDebug(error)).toMatchObject({ name: "part", line: 2, column: 3 });
    expect((error as Error).stack).toContain("at part:2:3 (template part)");
  });

  test("of a template that does not exist name every place that was tried", () => {
    const engine = new Engine({ loaders: [new LocmemLoader({}), new CachedLoader([new LocmemLoader({})])] });
    const error = catchError(() => engine.selectTemplate(["a.html", "b.html"])) as TemplateDoesNotExist;
    expect(error.tried.map(([origin]) => `${origin.loaderName}:${origin.name}`)).toEqual([
      "LocmemLoader:a.html",
      "LocmemLoader:a.html",
      "LocmemLoader:b.html",
      "LocmemLoader:b.html",
    ]);
    expect(error.chain.map(({ templateName }) => templateName)).toEqual(["a.html", "b.html"]);
  });
});

describe("a context", () => {
  test("given by a view is not changed by a template", () => {
    const values = { a: 1 };
    expect(render("{% now 'Y' as a %}{% cycle 'x' as b %}{{ b }}", values)).toBe("xx");
    expect(values).toEqual({ a: 1 });
  });

  test("has layers", () => {
    const context = new Context({ a: 1, b: undefined });
    context.push({ a: 2 });
    context.set("c", 3);
    expect([context.get("a"), context.get("b"), context.get("c"), context.get("d", 4), context.get("True")]).toEqual([
      2,
      null,
      3,
      4,
      true,
    ]);
    context.pop();
    expect([context.get("a"), context.has("c")]).toEqual([1, false]);
    expect(() => {
      context.pop();
    }).toThrow("more often than push()");
  });
});

test("numbers and dates follow the language and the options of the context", () => {
  using settings = overrideSettings({ USE_THOUSAND_SEPARATOR: true });
  expect(settings).toBeDefined();
  expect(render("{{ n }} {{ f }}", { n: 1234567, f: 1234.5 })).toBe("1,234,567 1,234.5");
  expect(render("{% load l10n %}{% localize off %}{{ n }}{% endlocalize %}{{ n|unlocalize }}", { n: 1234 })).toBe(
    "12341234",
  );
});

test("each template that takes part is announced by a signal", () => {
  const names: unknown[] = [];
  const stop = templateRendered.connect(({ template }) => names.push(template.name));
  render(
    "{% extends 'base' %}{% block a %}{% include 'part' %}{% endblock %}",
    {},
    { base: "{% block a %}{% endblock %}", part: "" },
  );
  stop();
  // Once when it was new, and once when it was compiled.
  expect(names).toEqual(["main", "base", "part", "main", "base", "part"]);
});

test("tags in a loop see its variables, and what they set stays in the loop", () => {
  expect(
    render(
      "{% for x in l %}{% with y=x %}{% include 'part' %}{% endwith %}{% endfor %}[{{ y }}{{ x }}]",
      { l: [1, 2] },
      { part: "({{ x }}{{ y }}{{ forloop.counter }})" },
    ),
  ).toBe("(111)(222)[]");
  expect(render("{% for x in l %}{% now 'Y' as y %}{% endfor %}[{{ y }}]", { l: [1] })).toBe("[]");
  expect(render("{% for x in l %}{{ y }}{% firstof x as y %}{% endfor %}", { l: [1, 2, 3], y: 0 })).toBe("012");
});
