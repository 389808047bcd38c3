import type { Context } from "../context/context.ts";
import type { Node } from "../nodes/node.ts";
import type { Rendered } from "../runtime/settle.ts";
import type { CompiledFunction } from "./function-code.ts";
import { Generator } from "./generator.ts";

const compiled = new WeakMap<Iterable<Node>, CompiledFunction>();

/** Puts out nodes for a tag that has them inside. They are compiled the first time. */
export function runNodes(nodes: Iterable<Node>, context: Context): Rendered {
  const { depth, autoescape } = context;
  try {
    return compiledNodes(nodes, context)(context, undefined);
  } catch (error) {
    // Whoever catches this finds the context as it was.
    context.cutTo(depth);
    context.autoescape = autoescape;
    throw error;
  }
}

function compiledNodes(nodes: Iterable<Node>, context: Context): CompiledFunction {
  const known = compiled.get(nodes);
  if (known !== undefined) return known;
  const template = context.renderContext.template ?? context.template;
  const stringIfInvalid = template?.engine.stringIfInvalid ?? "";
  const fn = new Generator(nodes, { template, stringIfInvalid }).toFunction();
  compiled.set(nodes, fn);
  return fn;
}
