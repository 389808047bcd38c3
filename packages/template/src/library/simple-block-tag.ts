// Tags that give what stands inside of them to a function.

import { type SafeString, markSafe } from "@tsgo/utils/safestring";

import type { Generator } from "../compiler/generator.ts";
import type { Context } from "../context/context.ts";
import type { Token } from "../lexer/token.ts";
import { type ContextUse, Node } from "../nodes/node.ts";
import type { NodeList } from "../nodes/node-list.ts";
import type { Parser } from "../parser/parser.ts";
import { argumentsCode } from "./argument-code.ts";
import { splitTarget } from "./simple-tag.ts";
import {
  type ParameterOptions,
  type TagArguments,
  type TagFunction,
  callWithArguments,
  contextFor,
  parseArguments,
  requiredArguments,
} from "./tag-arguments.ts";

/** Options of `simpleBlockTag`. */
export interface SimpleBlockTagOptions extends ParameterOptions {
  /** The name of the closing tag; `end` and the name of the tag where it is left out. */
  readonly endName?: string;
}

/** The function that reads a simple block tag. */
export function compileSimpleBlockTag(name: string, fn: TagFunction, options: SimpleBlockTagOptions) {
  const required = requiredArguments(fn, options, options.takesContext === true ? 2 : 1);
  const end = options.endName ?? `end${name}`;
  return (parser: Parser, token: Token): Node => {
    const { words, target } = splitTarget(name, token.splitContents().slice(1));
    const args = parseArguments(parser, name, words, required, options);
    const nodelist = parser.parse([end]);
    parser.deleteFirstToken();
    return new SimpleBlockNode(nodelist, fn, args, target, options);
  };
}

/** A use of a simple block tag. Django: `SimpleBlockNode`. */
class SimpleBlockNode extends Node {
  readonly nodelist: NodeList;
  readonly #fn: TagFunction;
  readonly #arguments: TagArguments;
  readonly #target: string | undefined;
  readonly #options: SimpleBlockTagOptions;

  constructor(
    nodelist: NodeList,
    fn: TagFunction,
    args: TagArguments,
    target: string | undefined,
    options: SimpleBlockTagOptions,
  ) {
    super();
    this.nodelist = nodelist;
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
    const content = generator.capture(() => {
      generator.nodes(this.nodelist);
    });
    const call = generator.constant(
      (context: Context, text: string, values: Parameters<typeof callWithArguments>[2]) => {
        const safe: SafeString = markSafe(text);
        return callWithArguments(this.#fn, [...contextFor(context, options), safe], values, options);
      },
    );
    const result = `${call}(c,${content},${argumentsCode(generator, this.#arguments)})`;
    if (this.#target === undefined) generator.printValue(result);
    else generator.assign(this.#target, generator.settled(result));
  }
}
