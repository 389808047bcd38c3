// Puts nodes out by walking through them. Compiling costs a hundred times as much as walking once: a template is compiled
// when it has been put out a few times.

import { blame } from "../compiler/blame.ts";
import type { GeneratorOptions } from "../compiler/generator.ts";
import { runNodes } from "../compiler/run-nodes.ts";
import type { Context } from "../context/context.ts";
import type { Node } from "../nodes/node.ts";
import { renderNode } from "../runtime/render-node.ts";
import type { Rendered, Rendering } from "../runtime/settle.ts";

/** A walk through nodes. */
export interface Walk {
  readonly context: Context;
  /** What the nodes would be compiled with. */
  readonly options: GeneratorOptions;
}

/** What a node gives a walk: text, a promise of it, or a rendering that yields what it waits for. */
export type Walked = Rendered | Rendering;

/** Puts nodes out one by one. Yields what it waits for. */
export function* walkNodes(nodes: Iterable<Node>, walk: Walk): Rendering {
  let text = "";
  let position = 0;
  try {
    for (const node of nodes) {
      if (!node.isText) position = node.token?.start ?? position;
      const walked = node.walk === undefined ? putOut(node, walk) : node.walk(walk);
      if (typeof walked === "string") text += walked;
      else text += "next" in walked ? yield* walked : yield walked;
    }
    return text;
  } catch (error) {
    throw blame(error, walk.options.template, position);
  }
}

const alone = new WeakMap<Node, readonly [Node]>();

// A node that cannot be walked through is compiled by itself.
function putOut(node: Node, { context, options }: Walk): Rendered {
  if (node.compile === undefined) return renderNode(node, context);
  const list = alone.get(node) ?? [node];
  alone.set(node, list);
  return runNodes(list, context, options);
}
