import type { Context } from "../context/context.ts";
import type { Node } from "../nodes/node.ts";
import type { Rendered } from "../runtime/settle.ts";
import { NodeFunction } from "./node-function.ts";

const compiled = new WeakMap<Iterable<Node>, NodeFunction>();

/** Puts out nodes for a tag that has them inside. They are compiled the first time. */
export function runNodes(nodes: Iterable<Node>, context: Context): Rendered {
  const { depth, autoescape } = context;
  try {
    return compiledNodes(nodes, context).run(context, undefined);
  } catch (error) {
    // Whoever catches this finds the context as it was.
    context.cutTo(depth);
    context.autoescape = autoescape;
    throw error;
  }
}

function compiledNodes(nodes: Iterable<Node>, context: Context): NodeFunction {
  const known = compiled.get(nodes);
  if (known !== undefined) return known;
  const template = context.renderContext.template ?? context.template;
  const stringIfInvalid = template?.engine.stringIfInvalid ?? "";
  const fn = new NodeFunction(nodes, { template, stringIfInvalid });
  compiled.set(nodes, fn);
  return fn;
}
