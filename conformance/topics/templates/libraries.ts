// The tag libraries of Django's own test suite, as far as the recorded cases use them.

import { conditionalEscape, formatHtml } from "@tsgo/utils/html";

import { textForm } from "@tsgo/utils/text-form";
import { type Context, Engine, Library, Node, stringfilter } from "@tsgo/template";

const RESULT = "Expected result";

class EchoNode extends Node {
  readonly #words: readonly string[];

  constructor(words: readonly string[]) {
    super();
    this.#words = words;
  }

  override render(): string {
    return this.#words.join(" ");
  }
}

class CounterNode extends Node {
  #count = 0;

  override render(): string {
    this.#count += 1;
    return String(this.#count - 1);
  }
}

class FailingNode extends Node {
  override render(): never {
    throw Object.assign(new Error("I am a bad tag"), { name: "RuntimeError" });
  }
}

function testtags(): Library {
  const register = new Library();
  for (const name of ["echo", "other_echo"]) {
    register.tag(name, (_parser, token) => new EchoNode(token.contents.split(/\s+/).slice(1)));
  }
  register.filter(
    "upper",
    stringfilter((text) => text.toUpperCase()),
  );
  return register;
}

function subpackageEcho(): Library {
  const register = new Library();
  register.simpleTag("echo2", (text: unknown) => text);
  return register;
}

function badTag(): Library {
  const register = new Library();
  register.tag("badtag", () => new FailingNode());
  return register;
}

function tag27584(): Library {
  const register = new Library();
  register.tag("badtag", (parser) => {
    parser.parse(["endbadtag"]);
    parser.deleteFirstToken();
    throw Object.assign(new Error("error"), { name: "TemplateSyntaxError" });
  });
  return register;
}

const joined = (...values: readonly unknown[]): string => values.map(textForm).join(", ");
const pairs = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${textForm(value)}`)
    .join(", ");

/** The texts of the functions behind tags, which simple tags print and inclusion tags put into a template. */
function registerResults(
  register: (
    name: string,
    text: (...args: never[]) => string,
    options: { takesContext?: boolean; parameters?: readonly string[]; variadic?: boolean; keywords?: boolean },
  ) => void,
  prefix: string,
): void {
  const start = (name: string): string => `${prefix}${name} - ${RESULT}`;
  register("one_default", (one: unknown, two: unknown = "hi") => `${start("one_default")}: ${joined(one, two)}`, {
    parameters: ["one", "two"],
  });
  register(
    "unlimited_args",
    (one: unknown, two: unknown = "hi", args: readonly unknown[] = []) =>
      `${start("unlimited_args")}: ${joined(one, two, ...args)}`,
    { parameters: ["one", "two"], variadic: true },
  );
  register("only_unlimited_args", (args: readonly unknown[]) => `${start("only_unlimited_args")}: ${joined(...args)}`, {
    variadic: true,
  });
  register(
    "unlimited_args_kwargs",
    (one: unknown, two: unknown, args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>) =>
      `${start("unlimited_args_kwargs")}: ${joined(one, two ?? "hi", ...args)} / ${pairs(kwargs)}`,
    { parameters: ["one", "two"], variadic: true, keywords: true },
  );
}

function registerCommon(
  register: (name: string, text: (...args: never[]) => string, options: { takesContext?: boolean }) => void,
  prefix: string,
): void {
  register(`${prefix}no_params`, () => `${prefix}no_params - ${RESULT}`, {});
  register(`${prefix}one_param`, (arg: unknown) => `${prefix}one_param - ${RESULT}: ${joined(arg)}`, {});
  register(
    `${prefix}explicit_no_context`,
    (arg: unknown) => `${prefix}explicit_no_context - ${RESULT}: ${joined(arg)}`,
    {},
  );
  register(
    `${prefix}no_params_with_context`,
    (context: Context) =>
      `${prefix}no_params_with_context - ${RESULT} (context value: ${joined(context.get("value"))})`,
    { takesContext: true },
  );
  register(
    `${prefix}params_and_context`,
    (context: Context, arg: unknown) =>
      `${prefix}params_and_context - ${RESULT} (context value: ${joined(context.get("value"))}): ${joined(arg)}`,
    { takesContext: true },
  );
}

function greeting(context: Context): string {
  return `Hello ${textForm(context.get("name"))}!`;
}

function custom(): Library {
  const register = new Library();
  register.filter("noop", (value: unknown) => value, { argument: "optional" });
  register.filter("trim", (value: unknown, count: number) => textForm(value).slice(0, count));
  register.filter("make_data_div", (value: unknown) => formatHtml('<div data-name="{}"></div>', value), {
    isSafe: true,
  });
  register.tag("counter", () => new CounterNode());
  register.simpleTag("minustwo", (value: number) => value - 2);
  register.simpleTag("use_l10n", (context: Context) => context.useL10n, { takesContext: true });
  register.simpleTag("escape_naive", greeting, { takesContext: true });
  register.simpleTag("escape_explicit", (context: Context) => conditionalEscape(greeting(context)), {
    takesContext: true,
  });
  register.simpleTag("escape_format_html", (context: Context) => formatHtml("Hello {}!", context.get("name")), {
    takesContext: true,
  });
  registerCommon((name, text, options) => register.simpleTag(name, text, options), "");
  register.simpleTag(
    "simple_two_params",
    (one: unknown, two: unknown) => `simple_two_params - ${RESULT}: ${joined(one, two)}`,
  );
  register.simpleTag(
    "simple_keyword_only_param",
    ({ kwarg }: { kwarg: unknown }) => `simple_keyword_only_param - ${RESULT}: ${joined(kwarg)}`,
    { keywords: true },
  );
  register.simpleTag(
    "simple_keyword_only_default",
    ({ kwarg = 42 }: { kwarg?: unknown }) => `simple_keyword_only_default - ${RESULT}: ${joined(kwarg)}`,
    { keywords: true },
  );
  registerResults((name, text, options) => register.simpleTag(`simple_${name}`, text, options), "simple_");
  return register;
}

function inclusion(): Library {
  const register = new Library();
  const template = new Engine().fromString("{{ result }}\n");
  const add = (file: string | typeof template, suffix: string): void => {
    const put = (name: string, text: (...args: never[]) => string, options: object): void => {
      const fn = (...args: never[]): { result: string } => {
        const result = text(...args);
        return { result: suffix === "" ? result : result.replace(" - ", `${suffix} - `) };
      };
      Object.defineProperty(fn, "length", { value: text.length });
      register.inclusionTag(`${name}${suffix}`, file, fn, options);
    };
    registerCommon(put, "inclusion_");
    registerResults((name, text, options) => {
      put(`inclusion_${name}`, text, options);
    }, "inclusion_");
  };
  add("inclusion.html", "");
  add(template, "_from_template");
  register.inclusionTag("inclusion_extends1", "inclusion_extends1.html", () => ({}));
  register.inclusionTag("inclusion_extends2", "inclusion_extends2.html", () => ({}));
  register.inclusionTag("inclusion_tag_use_l10n", "test_incl_tag_use_l10n.html", () => ({}));
  return register;
}

/** The libraries by the names that the recorded cases load them by. */
export function testLibraries(): Map<string, Library> {
  return new Map([
    ["testtags", testtags()],
    ["subpackage.echo", subpackageEcho()],
    ["bad_tag", badTag()],
    ["tag_27584", tag27584()],
    ["custom", custom()],
    ["inclusion", inclusion()],
  ]);
}
