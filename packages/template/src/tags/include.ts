import { textForm } from "@tsgo/utils/text-form";

import type { Generator } from "../compiler/generator.ts";
import type { Context, ContextValues } from "../context/context.ts";
import { TemplateDoesNotExist, TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import { splitKeyword } from "../library/tag-arguments.ts";
import { type ContextUse, Node } from "../nodes/node.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import type { Parser } from "../parser/parser.ts";
import { toItems } from "../runtime/iterate.ts";
import { type Rendered, type Rendering, finallyDo } from "../runtime/settle.ts";
import type { Template } from "../template.ts";
import { awaited } from "../walk/resolve.ts";
import type { Walk } from "../walk/walk-nodes.ts";
import { parseAssignments } from "./assignments.ts";
import { constantName, engineOf, relativeName, toTemplate } from "./template-name.ts";

/** `{% include "part.html" with name=value only %}`: puts another template out in this place. */
export function include(parser: Parser, token: Token): Node {
  const [, name, ...options] = token.splitContents();
  if (name === undefined) {
    throw new TemplateSyntaxError("The tag 'include' takes at least one argument, the name of the template.");
  }
  const { values, only } = parseOptions(parser, options);
  const template = parser.compileFilter(relativeName(parser.origin.templateName, name));
  return new IncludeNode(template, values, only, parser.origin.templateName);
}

function parseOptions(parser: Parser, words: readonly string[]) {
  let values: ReadonlyMap<string, FilterExpression> = new Map();
  const seen = new Set<string>();
  for (let at = 0; at < words.length;) {
    const option = words[at] ?? "";
    if (seen.has(option)) throw new TemplateSyntaxError(`The option '${option}' was given more than once.`);
    if (option !== "with" && option !== "only") {
      throw new TemplateSyntaxError(`'${option}' is no option of the tag 'include'; there are 'with' and 'only'.`);
    }
    seen.add(option);
    at += 1;
    if (option === "only") continue;
    const rest = words.slice(at);
    const count = rest.findIndex((word) => splitKeyword(word) === undefined);
    const pairs = count === -1 ? rest : rest.slice(0, count);
    if (pairs.length === 0) throw new TemplateSyntaxError("'with' in an 'include' needs at least one name=value.");
    values = parseAssignments(parser, pairs).values;
    at += pairs.length;
  }
  return { values, only: seen.has("only") };
}

/** A use of another template. Django: `IncludeNode`. */
export class IncludeNode extends Node {
  readonly #template: FilterExpression;
  readonly #values: ReadonlyMap<string, FilterExpression>;
  readonly #only: boolean;
  readonly #within: string | undefined;

  constructor(
    template: FilterExpression,
    values: ReadonlyMap<string, FilterExpression>,
    only: boolean,
    within: string | undefined,
  ) {
    super();
    this.#template = template;
    this.#values = values;
    this.#only = only;
    this.#within = within;
  }

  /** The name of the template, where this one says it outright. */
  get constantName(): string | undefined {
    return constantName(this.#template);
  }

  override get contextUse(): ContextUse {
    return "reads";
  }

  override *walk(walk: Walk): Rendering {
    const values = Object.create(null) as Record<string, unknown>;
    for (const [name, value] of this.#values) values[name] = yield* awaited(value, walk);
    const rendered = this.#include(walk.context, yield* awaited(this.#template, walk), values);
    return typeof rendered === "string" ? rendered : ((yield rendered) as string);
  }

  override compile(generator: Generator): void {
    const pairs = Array.from(this.#values, ([name, value]) => `[${JSON.stringify(name)}]:${generator.value(value)}`);
    const call = generator.constant((context: Context, named: unknown, values: ContextValues) =>
      this.#include(context, named, values),
    );
    generator.writeRendered(`${call}(c,${generator.value(this.#template)},{__proto__:null,${pairs.join(",")}})`);
  }

  #include(context: Context, named: unknown, values: ContextValues): Rendered {
    const template = this.#find(context, named);
    if (this.#only) return template.renderIn(context.new(values));
    context.push(values);
    return finallyDo(
      () => template.renderIn(context),
      () => {
        context.pop();
      },
    );
  }

  #find(context: Context, named: unknown): Template {
    const template = toTemplate(named);
    if (template !== undefined) return template;
    if (Array.isArray(named) || (typeof named === "object" && named !== null && Symbol.iterator in named)) {
      return engineOf(context).selectTemplate(toItems(named).map(String));
    }
    const name = textForm(named);
    if (name === "") throw new TemplateDoesNotExist("No template names provided");
    // A template that is included in a loop is looked for once.
    const found = context.renderContext.shared<Map<string, Template>>(this, () => new Map());
    const known = found.get(name) ?? engineOf(context).getTemplate(relativeName(this.#within, name));
    found.set(name, known);
    return known;
  }
}
