import type { Context } from "../context/context.ts";
import type { Node } from "../nodes/node.ts";
import type { BlockPlace } from "../runtime/blocks.ts";
import { type Rendered, run } from "../runtime/settle.ts";
import { walkNodes } from "../walk/walk-nodes.ts";
import type { CompiledFunction } from "./function-code.ts";
import { Generator, type GeneratorOptions } from "./generator.ts";
import { hasPrecompiled } from "./precompiled.ts";

// Compiling costs as much as a dozen walks; many templates are put out once in the life of a process.
const WALKS = 2;

/**
 * Nodes as a function, with everything inside of them but blocks, which are functions by themselves. The first times it
 * walks through the nodes; what is put out more often is compiled.
 */
export class NodeFunction {
  readonly #nodes: Iterable<Node>;
  readonly #options: GeneratorOptions;
  #compiled: CompiledFunction | undefined;
  #walksLeft = WALKS;

  constructor(nodes: Iterable<Node>, options: GeneratorOptions) {
    this.#nodes = nodes;
    this.#options = options;
  }

  run(context: Context, block: BlockPlace | undefined): Rendered {
    if (this.#compiled !== undefined) return this.#compiled(context, block);
    if (this.#walksLeft > 0 && this.#canWalk()) {
      this.#walksLeft -= 1;
      return run(walkNodes(this.#nodes, { context, options: this.#options }));
    }
    return this.compile()(context, block);
  }

  /** Compiles now, to find what is wrong, or to save the time later. */
  compile(): CompiledFunction {
    this.#compiled ??= new Generator(this.#nodes, this.#options).toFunction();
    return this.#compiled;
  }

  // The variable `block` is known to compiled code only, and code that is there already needs no walk.
  #canWalk(): boolean {
    const { template, isBlock = false } = this.#options;
    return (
      template !== undefined && !hasPrecompiled() && !(isBlock && /\bblock\b/.test(withoutBlockTags(template.source)))
    );
  }
}

function withoutBlockTags(source: string): string {
  return source.replaceAll(/\{%\s*(?:end)?block\b/g, "");
}
