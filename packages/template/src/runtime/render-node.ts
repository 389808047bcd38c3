import { isSafe } from "@tsgo/utils/safestring";
import { textForm } from "@tsgo/utils/text-form";

import type { Context } from "../context/context.ts";
import type { Node } from "../nodes/node.ts";
import { type Rendered, isThenable } from "./settle.ts";

/** Puts out a node that has a `render` of its own. */
export function renderNode(node: Node, context: Context): Rendered {
  const rendered: unknown = node.render?.(context);
  if (typeof rendered === "string") return rendered;
  if (isSafe(rendered)) return rendered.value;
  return isThenable(rendered) ? renderLater(rendered) : textForm(rendered);
}

async function renderLater(rendered: PromiseLike<unknown>): Promise<string> {
  return textForm(await rendered);
}
