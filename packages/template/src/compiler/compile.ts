// From a tree of nodes to functions.

import type { TemplateSource } from "../debug.ts";
import type { Node } from "../nodes/node.ts";
import type { CompiledBlock } from "../runtime/blocks.ts";
import { Generator } from "./generator.ts";
import { type CompiledFunction, ModuleCode } from "./module-code.ts";

/** A template, ready to be run. */
export interface CompiledTemplate {
  readonly run: CompiledFunction;
  readonly blocks: readonly CompiledBlock[];
}

/** Compiles nodes with everything inside of them. */
export function compileNodes(
  nodes: Iterable<Node>,
  options: { readonly template: TemplateSource | undefined; readonly stringIfInvalid: string },
): CompiledTemplate {
  const module = new ModuleCode();
  const main = module.addFunction(new Generator(module, nodes, options).body());
  const run = module.instantiate()[main];
  if (run === undefined) throw new Error("The code of a template has no function.");
  return { run, blocks: module.blocks };
}
