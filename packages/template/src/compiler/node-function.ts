import type { Context } from "../context/context.ts";
import type { Node } from "../nodes/node.ts";
import type { BlockPlace } from "../runtime/blocks.ts";
import type { Rendered } from "../runtime/settle.ts";
import type { CompiledFunction } from "./function-code.ts";
import { Generator, type GeneratorOptions } from "./generator.ts";

/**
 * Nodes as a function, with everything inside of them but blocks, which are functions by themselves. It is compiled
 * when it is first run: of many templates that are read, only parts are ever put out.
 */
export class NodeFunction {
  readonly #nodes: Iterable<Node>;
  readonly #options: GeneratorOptions;
  #compiled: CompiledFunction | undefined;

  constructor(nodes: Iterable<Node>, options: GeneratorOptions) {
    this.#nodes = nodes;
    this.#options = options;
  }

  run(context: Context, block: BlockPlace | undefined): Rendered {
    return (this.#compiled ?? this.compile())(context, block);
  }

  /** Compiles now, to find what is wrong, or to save the time later. */
  compile(): CompiledFunction {
    this.#compiled ??= new Generator(this.#nodes, this.#options).toFunction();
    return this.#compiled;
  }
}
