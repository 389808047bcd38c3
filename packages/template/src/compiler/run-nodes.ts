import type { Context } from "../context/context.ts";
import type { Node } from "../nodes/node.ts";
import type { Rendered } from "../runtime/settle.ts";
import type { CompiledFunction } from "./function-code.ts";
import { Generator, type GeneratorOptions } from "./generator.ts";

const compiled = new WeakMap<Iterable<Node>, CompiledFunction>();

/**
 * Puts out nodes for a tag that has them inside. They are compiled the first time.
 *
 * @param options Where they stand; unless given, in the template that is being rendered.
 */
export function runNodes(
  nodes: Iterable<Node>,
  context: Context,
  options: GeneratorOptions = optionsOf(context),
): Rendered {
  const { depth, autoescape } = context;
  try {
    return compiledNodes(nodes, options)(context, undefined);
  } catch (error) {
    // Whoever catches this finds the context as it was.
    context.cutTo(depth);
    context.autoescape = autoescape;
    throw error;
  }
}

function optionsOf(context: Context): GeneratorOptions {
  const template = context.renderContext.template ?? context.template;
  return { template, stringIfInvalid: template?.engine.stringIfInvalid ?? "" };
}

function compiledNodes(nodes: Iterable<Node>, options: GeneratorOptions): CompiledFunction {
  const known = compiled.get(nodes);
  if (known !== undefined) return known;
  const fn = new Generator(nodes, options).toFunction();
  compiled.set(nodes, fn);
  return fn;
}
