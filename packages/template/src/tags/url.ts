import { textForm } from "@tsgo/utils/text-form";
import { type AnyView, NoReverseMatch, reverse } from "@tsgo/urls";

import type { Generator } from "../compiler/generator.ts";
import type { Context } from "../context/context.ts";
import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import { Node } from "../nodes/node.ts";
import { splitKeyword } from "../library/tag-arguments.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import type { Parser } from "../parser/parser.ts";

/** `{% url "detail" question.id as target %}`: the URL of a view. */
export function url(parser: Parser, token: Token): Node {
  const [, name, ...words] = token.splitContents();
  if (name === undefined) {
    throw new TemplateSyntaxError("The tag 'url' takes at least one argument, the name of a URL pattern.");
  }
  const target = words.at(-2) === "as" ? words.at(-1) : undefined;
  const args: FilterExpression[] = [];
  const kwargs = new Map<string, FilterExpression>();
  for (const word of target === undefined ? words : words.slice(0, -2)) {
    const pair = splitKeyword(word);
    if (pair === undefined) args.push(parser.compileFilter(word));
    else kwargs.set(pair[0], parser.compileFilter(pair[1]));
  }
  return new UrlNode(parser.compileFilter(name), args, kwargs, target);
}

class UrlNode extends Node {
  readonly #name: FilterExpression;
  readonly #args: readonly FilterExpression[];
  readonly #kwargs: ReadonlyMap<string, FilterExpression>;
  readonly #target: string | undefined;

  constructor(
    name: FilterExpression,
    args: readonly FilterExpression[],
    kwargs: ReadonlyMap<string, FilterExpression>,
    target: string | undefined,
  ) {
    super();
    this.#name = name;
    this.#args = args;
    this.#kwargs = kwargs;
    this.#target = target;
  }

  override get assigns(): readonly string[] {
    return this.#target === undefined ? [] : [this.#target];
  }

  override compile(generator: Generator): void {
    const args = this.#args.map((expression) => generator.value(expression)).join(",");
    const kwargs = Array.from(
      this.#kwargs,
      ([name, value]) => `[${JSON.stringify(name)}]:${generator.value(value)}`,
    ).join(",");
    const find = generator.constant(this.#target === undefined ? findUrl : findUrlOrNothing);
    const js = `${find}(c,${generator.value(this.#name)},[${args}],{__proto__:null,${kwargs}})`;
    if (this.#target !== undefined) {
      generator.assign(this.#target, js);
      return;
    }
    const path = generator.temp();
    generator.statement(`${path}=${js};`);
    generator.write(generator.escaped(path));
  }
}

function findUrl(
  context: Context,
  name: unknown,
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
): string {
  const view = typeof name === "function" ? (name as AnyView) : textForm(name);
  const currentApp = currentAppOf(context);
  return reverse(view, { args, kwargs, ...(currentApp === undefined ? {} : { currentApp }) });
}

function findUrlOrNothing(...args: Parameters<typeof findUrl>): string {
  try {
    return findUrl(...args);
  } catch (error) {
    if (error instanceof NoReverseMatch) return "";
    throw error;
  }
}

function currentAppOf({ request }: Context): string | undefined {
  const { currentApp, resolverMatch } = (request ?? {}) as {
    currentApp?: string | undefined;
    resolverMatch?: { namespace?: string } | undefined;
  };
  return currentApp ?? resolverMatch?.namespace;
}
