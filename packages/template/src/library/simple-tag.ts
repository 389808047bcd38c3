// Tags that put out what a function returns.

import type { Generator } from "../compiler/generator.ts";
import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import { type ContextUse, Node } from "../nodes/node.ts";
import type { Parser } from "../parser/parser.ts";
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
import type { Context } from "../context/context.ts";

/** Options of `simpleTag`. */
export interface SimpleTagOptions extends ParameterOptions {}

/** The function that reads a simple tag. */
export function compileSimpleTag(name: string, fn: TagFunction, options: SimpleTagOptions) {
  const required = requiredArguments(fn, options, options.takesContext === true ? 1 : 0);
  return (parser: Parser, token: Token): Node => {
    const { words, target } = splitTarget(name, token.splitContents().slice(1));
    return new SimpleNode(fn, parseArguments(parser, name, words, required, options), target, options);
  };
}

/** Cuts `as variable` off the words of a tag. */
export function splitTarget(
  name: string,
  words: readonly string[],
): { words: readonly string[]; target: string | undefined } {
  if (words.at(-2) !== "as") return { words, target: undefined };
  const target = words.at(-1) ?? "";
  if (target === "") throw new TemplateSyntaxError(`'${name}' needs the name of a variable behind 'as'.`);
  return { words: words.slice(0, -2), target };
}

/** A use of a simple tag. Django: `SimpleNode`. */
class SimpleNode extends Node {
  readonly #fn: TagFunction;
  readonly #arguments: TagArguments;
  readonly #target: string | undefined;
  readonly #options: SimpleTagOptions;

  constructor(fn: TagFunction, args: TagArguments, target: string | undefined, options: SimpleTagOptions) {
    super();
    this.#fn = fn;
    this.#arguments = args;
    this.#target = target;
    this.#options = options;
  }

  override get contextUse(): ContextUse {
    return this.#options.takesContext === true ? "writes" : "none";
  }

  override get assigns(): readonly string[] {
    return this.#target === undefined ? [] : [this.#target];
  }

  override compile(generator: Generator): void {
    const options = this.#options;
    const call = generator.constant((context: Context, values: Parameters<typeof callWithArguments>[2]) =>
      callWithArguments(this.#fn, contextFor(context, options), values, options),
    );
    const result = `${call}(c,${argumentsCode(generator, this.#arguments)})`;
    if (this.#target === undefined) generator.printValue(result);
    else generator.assign(this.#target, generator.settled(result));
  }
}
