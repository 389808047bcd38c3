// Tags that put out another template.

import type { Generator } from "../compiler/generator.ts";
import type { Context, ContextValues } from "../context/context.ts";
import type { Token } from "../lexer/token.ts";
import { type ContextUse, Node } from "../nodes/node.ts";
import type { Parser } from "../parser/parser.ts";
import { type Rendered, isThenable } from "../runtime/settle.ts";
import type { Template } from "../template.ts";
import { argumentsCode } from "./argument-code.ts";
import {
  type ParameterOptions,
  type TagArguments,
  type TagFunction,
  callWithArguments,
  contextFor,
  parseArguments,
  requiredArguments,
} from "./tag-arguments.ts";

/** Options of `inclusionTag`. */
export interface InclusionTagOptions extends ParameterOptions {}

/** The template of an inclusion tag: its name, several of which the first that exists is taken, or itself. */
export type TemplateChoice = string | readonly string[] | Template;

type Values = Parameters<typeof callWithArguments>[2];

/** The function that reads an inclusion tag. */
export function compileInclusionTag(
  name: string,
  template: TemplateChoice,
  fn: TagFunction,
  options: InclusionTagOptions,
) {
  const required = requiredArguments(fn, options, options.takesContext === true ? 1 : 0);
  return (parser: Parser, token: Token): Node => {
    const args = parseArguments(parser, name, token.splitContents().slice(1), required, options);
    return new InclusionNode(template, fn, args, options);
  };
}

/** A use of an inclusion tag. Django: `InclusionNode`. */
class InclusionNode extends Node {
  readonly #template: TemplateChoice;
  readonly #fn: TagFunction;
  readonly #arguments: TagArguments;
  readonly #options: InclusionTagOptions;

  constructor(template: TemplateChoice, fn: TagFunction, args: TagArguments, options: InclusionTagOptions) {
    super();
    this.#template = template;
    this.#fn = fn;
    this.#arguments = args;
    this.#options = options;
  }

  override get contextUse(): ContextUse {
    return this.#options.takesContext === true ? "writes" : "reads";
  }

  override compile(generator: Generator): void {
    const call = generator.constant((context: Context, values: Values) => this.#run(context, values));
    generator.writeRendered(`${call}(c,${argumentsCode(generator, this.#arguments)})`);
  }

  #run(context: Context, values: Values): Rendered {
    const variables = callWithArguments(this.#fn, contextFor(context, this.#options), values, this.#options);
    return isThenable(variables)
      ? Promise.resolve(variables).then((settled) => this.#include(context, settled))
      : this.#include(context, variables);
  }

  #include(context: Context, variables: unknown): Rendered {
    const values = typeof variables === "object" && variables !== null ? (variables as ContextValues) : {};
    const inner = context.new(values);
    // Forms inside of an included template need the token as well.
    const token = context.lookup("csrf_token");
    if (token !== undefined) inner.set("csrf_token", token);
    return this.#find(context).renderIn(inner);
  }

  #find(context: Context): Template {
    const choice = this.#template;
    if (typeof choice === "object" && "renderIn" in choice) return choice;
    const engine = (context.renderContext.template ?? context.template)?.engine;
    if (engine === undefined) throw new Error("An inclusion tag can only be rendered as a part of a template.");
    return typeof choice === "string" ? engine.getTemplate(choice) : engine.selectTemplate(choice);
  }
}
