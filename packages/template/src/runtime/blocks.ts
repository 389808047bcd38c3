// Blocks, and the chain of templates that each give one.

import { markSafe } from "@tsgo/utils/safestring";

import type { NodeFunction } from "../compiler/node-function.ts";
import type { Context } from "../context/context.ts";
import { TemplateSyntaxError } from "../errors.ts";
import { type Rendered, finallyDo } from "./settle.ts";

/** A block of one template. */
export interface CompiledBlock {
  readonly name: string;
  readonly body: NodeFunction;
  /** Whether code other than the block's own asks the context for `block`. */
  readonly isSeen: boolean;
}

/** Which block is being put out: its place in the chain that leads from the child to the base. */
export interface BlockPlace {
  readonly block: CompiledBlock;
  /** The blocks of this name, the child's first; undefined outside of any inheritance. */
  readonly chain: readonly CompiledBlock[] | undefined;
  readonly index: number;
}

const CHAINS = Symbol("block chains");

/** The blocks of the templates that take part in a rendering, by name. */
export type BlockChains = Map<string, CompiledBlock[]>;

/** The blocks known so far, or undefined where no template extends another. */
export function blockChains(context: Context): BlockChains | undefined {
  return context.renderContext.get(CHAINS) as BlockChains | undefined;
}

/** Adds the blocks of a template behind those of its children. */
export function addBlocks(context: Context, blocks: Iterable<CompiledBlock>): void {
  const chains = context.renderContext.getOrMake<BlockChains>(CHAINS, () => new Map());
  for (const block of blocks) {
    const chain = chains.get(block.name);
    if (chain === undefined) chains.set(block.name, [block]);
    else chain.push(block);
  }
}

/** Puts out a block where it stands: as the outermost child has it. */
export function renderBlock(context: Context, own: CompiledBlock): Rendered {
  const chains = blockChains(context);
  if (chains === undefined) return renderAt(context, { block: own, chain: undefined, index: 0 });
  const chain = chains.get(own.name) ?? [];
  // A block inside of a tag that compiles its nodes by itself comes to light only now.
  if (!chain.includes(own)) addBlocks(context, [own]);
  return renderAt(context, { block: chain[0] ?? own, chain, index: 0 });
}

function renderAt(context: Context, place: BlockPlace): Rendered {
  const { block } = place;
  if (!block.isSeen) return block.body.run(context, place);
  context.push({ block: new BlockHandle(context, place) });
  return finallyDo(
    () => block.body.run(context, place),
    () => {
      context.pop();
    },
  );
}

/** The same block of the next template towards the base, as safe text. */
export function superBlock(context: Context, place: BlockPlace | undefined): unknown {
  if (place === undefined) return undefined;
  const { chain, block, index } = place;
  if (chain === undefined) {
    throw new TemplateSyntaxError(
      `{{ block.super }} stands in the block '${block.name}' of a template that extends none.`,
    );
  }
  const next = chain[index + 1];
  if (next === undefined) return markSafe("");
  const rendered = renderAt(context, { block: next, chain, index: index + 1 });
  return typeof rendered === "string" ? markSafe(rendered) : rendered.then(markSafe);
}

/** The variable `block` inside of a block. */
export class BlockHandle {
  readonly #context: Context;
  readonly #place: BlockPlace | undefined;

  constructor(context: Context, place: BlockPlace | undefined) {
    this.#context = context;
    this.#place = place;
  }

  get name(): string {
    return this.#place?.block.name ?? "";
  }

  /** What the block of the parent template puts out. */
  super(): unknown {
    return superBlock(this.#context, this.#place);
  }

  toString(): string {
    return `<Block Node: ${this.name}>`;
  }
}
