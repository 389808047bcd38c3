import { describe, expect, test } from "vitest";

import { templateDebug } from "../debug.ts";
import { Engine } from "../engine.ts";
import { CachedLoader } from "../loaders/cached-loader.ts";
import { LocmemLoader } from "../loaders/locmem-loader.ts";

const PARTS = {
  part: "<{{ x }}|{{ forloop.counter }}>",
  loop: "{% for y in list %}{{ forloop.parentloop.counter }}{% endfor %}",
  base: "[{% block a %}base{% endblock %}]",
};

const later = (value: unknown): Promise<unknown> => Promise.resolve(value);

const values = (): Record<string, unknown> => ({
  name: "<Ada>",
  list: ["a", "b", "c"],
  pairs: [
    ["k", 1],
    ["l", 2],
  ],
  empty: [],
  later: later("<later>"),
  laterList: later([1, 2]),
  listOfLater: [later("x"), later("y")],
  laterPair: [later(["k", "v"])],
  deep: later({ member: () => later("deep") }),
  number: 5,
  laterNumber: later(3),
  laterFalse: later(false),
  parent: later("base"),
  failing: () => {
    throw Object.assign(new Error("quiet"), { silentVariableFailure: true });
  },
});

/** What a template puts out when it is new, when it is used for the first time again, and when it is compiled. */
async function render(source: string, options: { stringIfInvalid?: string } = {}): Promise<string> {
  const loader = new CachedLoader([new LocmemLoader({ ...PARTS, it: source })]);
  const engine = new Engine({ loaders: [loader], ...options });
  const outputs: string[] = [];
  for (let times = 0; times < 4; times += 1) outputs.push(await engine.renderToString("it", values()));
  for (const name of engine.templateNames()) engine.getTemplate(name).compile();
  outputs.push(await engine.renderToString("it", values()));
  expect([...new Set(outputs)]).toHaveLength(1);
  return outputs[0] ?? "";
}

describe("a template that is not compiled yet puts out what its code will", () => {
  test.each([
    ["{{ name }}{{ name|lower }}{{ missing }}{{ failing }}", "&lt;Ada&gt;&lt;ada&gt;"],
    ["{{ later }}{{ later|upper }}{{ deep.member }}", "&lt;later&gt;&lt;LATER&gt;deep"],
    ['{{ missing|default:"none" }}{{ missing|default:later }}{{ later|cut:later }}', "none&lt;later&gt;"],
    ["{{ laterNumber|add:laterNumber|add:1 }}", "7"],
    ["{% for x in list %}{{ forloop.counter }}{{ x }}{{ forloop.last }} {% endfor %}", "1afalse 2bfalse 3ctrue "],
    ["{% for x in list reversed %}{{ x }}{% empty %}none{% endfor %}", "cba"],
    ["{% for x in empty %}{{ x }}{% empty %}none{% endfor %}{{ x }}", "none"],
    ["{% for k, v in pairs %}{{ k }}={{ v }};{% endfor %}", "k=1;l=2;"],
    ["{% for x in laterList %}{{ x }}{% endfor %}{% for x in listOfLater %}{{ x }}{% endfor %}", "12xy"],
    ["{% for k, v in laterPair %}{{ k }}{{ v }}{% endfor %}", "kv"],
    ["{% for x in list %}{% for y in list %}{{ forloop.parentloop.counter }}{% endfor %}{% endfor %}", "111222333"],
    ["{% for x in list %}{% include 'loop' %}{% endfor %}{% include 'loop' %}", "111222333"],
    ["{% for x in list %}{% cycle 1 2 as c %}{% ifchanged c %}!{% endifchanged %}{% endfor %}", "1!2!1!"],
    ["{% for x in list %}{% with y=x %}{{ y|upper }}{% endwith %}{% endfor %}{{ y }}", "ABC"],
    ["{% if laterFalse %}1{% elif laterNumber > 2 and not missing %}2{% else %}3{% endif %}", "2"],
    ["{% if laterFalse or number in laterList %}1{% else %}2{% endif %}", "2"],
    ["{% if number|add:missing %}1{% else %}2{% endif %}{% if missing is None %}3{% endif %}", "23"],
    [
      "{% for x in list %}{% include 'part' %}{% include 'part' with x=later only %}{% endfor %}",
      "<a|1><&lt;later&gt;|><b|2><&lt;later&gt;|><c|3><&lt;later&gt;|>",
    ],
    ["{% extends parent %}{% block a %}{{ block.super }}+{{ later }}{% endblock %}", "[base+&lt;later&gt;]"],
    ["{% extends 'base' %}{% block a %}{% if block.name == 'a' %}{{ name }}{% endif %}{% endblock %}", "[&lt;Ada&gt;]"],
    [
      "{% autoescape off %}{{ name }}{% for x in list %}{{ name }}{% endfor %}{% endautoescape %}",
      "<Ada><Ada><Ada><Ada>",
    ],
  ])("%s", async (source, expected) => {
    expect(await render(source)).toBe(expected);
  });

  test("with stringIfInvalid", async () => {
    expect(
      await render("{{ missing }}{{ missing|upper }}{% if missing %}1{% endif %}", { stringIfInvalid: "(%s)" }),
    ).toBe("(missing)(missing)");
  });

  test("for a loop that is long enough to be compiled at once", async () => {
    const engine = new Engine();
    const numbers = Array.from({ length: 1000 }, (_, index) => index);
    const template = engine.fromString("{% for n in numbers %}{{ n }}{{ forloop.revcounter0 }},{% endfor %}");
    expect(template.render({ numbers })).toBe(numbers.map((n) => `${n}${999 - n},`).join(""));
  });
});

function bad(): never {
  throw new Error("boom");
}

describe("an error in a template that is not compiled yet", () => {
  test.each([
    [
      "now",
      () => {
        throw new Error("boom");
      },
    ],
    ["later", () => Promise.reject(new Error("boom"))],
  ])("tells its place (%s)", async (_when, bad) => {
    const engine = new Engine();
    const template = engine.fromString("one\n{% for x in list %}\n  {% if x %}{{ bad }}{% endif %}{% endfor %}");
    for (let times = 0; times < 4; times += 1) {
      const error: unknown = await Promise.resolve()
        .then(() => template.render({ list: [1], bad }))
        .catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(Error);
      expect(templateDebug(error)).toMatchObject({ line: 3, column: 13, during: "{{ bad }}" });
    }
  });

  test("in the template where it stands, a parent's as well", () => {
    const base = "{% block a %}{% endblock %}\n{% with y=1 %}{% for x in list %}{{ bad }}{% endfor %}{% endwith %}";
    const engine = new Engine({
      loaders: [new CachedLoader([new LocmemLoader({ base, child: "{% extends 'base' %}" })])],
    });
    for (let times = 0; times < 4; times += 1) {
      let error: unknown;
      try {
        void engine.renderToString("child", { bad, list: [1] });
      } catch (caught) {
        error = caught;
      }
      expect(templateDebug(error)).toMatchObject({ name: "base", line: 2, column: 34 });
    }
  });
});
